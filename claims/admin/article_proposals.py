"""What a later run proposes for one article, beside what people decided there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from claims.admin.base import BaseAdmin, user_of
from claims.admin.versions import in_words
from claims.models import Article, Proposal
from claims.review import ChangedMeanwhileError, ConflictError
from claims.review.correct import SPANS, different_columns
from claims.review.decide import PERMISSION
from claims.review.decide_proposal import apply_proposal, dismiss_proposals, values_of

if TYPE_CHECKING:
    Base = BaseAdmin
else:
    Base = object

#: Proposals of one article on a page.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal in words: whose stance, and each field with what people have and what the run read.

    ``applies`` tells whether it can be applied: sources and addressees are not for people to change, and what is no
    stance is refused.
    """

    proposal: Proposal
    who: str
    act: str
    content: str
    differences: tuple[tuple[str, str, str], ...]
    applies: bool


class ProposalsMixin(Base):
    """The page of an article's proposals."""

    def get_urls(self) -> list[Any]:
        """The page's addresses and the others'."""
        site = self.admin_site
        return [
            path(
                "<int:pk>/proposals/",
                site.admin_view(require_safe(self.proposals)),
                name="claims_article_proposals",
            ),
            path(
                "<int:pk>/proposals/decide/",
                site.admin_view(require_POST(self.decide_proposals)),
                name="claims_article_decide_proposals",
            ),
            *super().get_urls(),
        ]

    def proposals(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is new, changed and gone in the latest reading of the article against what people have."""
        if not self.has_view_permission(request):
            raise PermissionDenied("You may not see articles.")
        article = get_object_or_404(Article, pk=pk)
        found = article.proposals.select_related("stance__article", "stance__actor", "stance__target_actor", "run")
        rows = [_row(proposal) for proposal in found.filter(state=Proposal.State.OPEN).order_by("kind", "pk")[:SHOWN]]
        kinds = [
            (title, [row for row in rows if row.proposal.kind == kind])
            for kind, title in (
                (Proposal.Kind.ADD, "New in this reading"),
                (Proposal.Kind.CHANGE, "Read otherwise"),
                (Proposal.Kind.DROP, "No longer found"),
            )
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": "Proposals",
            "article": article,
            "kinds": [(title, listed) for title, listed in kinds if listed],
            "may_judge": request.user.has_perm(PERMISSION),
            "decided": article.proposals.exclude(state=Proposal.State.OPEN).count(),
        }
        return TemplateResponse(request, "admin/claims/article/proposals.html", context)

    def decide_proposals(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Apply or dismiss the proposal whose button was pressed, or dismiss all that are open."""
        user = user_of(request)
        if not user.has_perm(PERMISSION):
            raise PermissionDenied("You may not judge stances.")
        article = get_object_or_404(Article, pk=pk)
        here = HttpResponseRedirect(reverse("admin:claims_article_proposals", args=[pk]))
        if "dismiss_all" in request.POST:
            # Only those that were on the page: what a run proposed since has not been seen.
            keys = [key for key in request.POST.getlist("shown") if key.isdecimal() and len(key) < 19]
            number = dismiss_proposals(article.proposals.filter(pk__in=keys), user=user)
            messages.success(request, f"{number} dismissed.")
            return here
        proposal = get_object_or_404(article.proposals.select_related("article"), pk=_number(request, "proposal"))
        if "dismiss" in request.POST:
            dismissed = dismiss_proposals([proposal], user=user)
            messages.info(request, "Dismissed." if dismissed else "Somebody has decided this proposal meanwhile.")
            return here
        try:
            stance = apply_proposal(proposal, user=user, version=_number(request, "version") or None)
        except (ChangedMeanwhileError, ConflictError):
            messages.warning(request, "Somebody changed the stance or the proposal just now. Look again.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"Applied: {stance}")
        return here


def _row(proposal: Proposal) -> Row:
    record = proposal.payload
    is_change = proposal.stance is not None and proposal.kind == Proposal.Kind.CHANGE
    differences, applies = _differences(proposal) if is_change else ([], True)
    return Row(
        proposal=proposal,
        who=str(record.get("actor") or record.get("mention") or "not known"),
        act=str(record.get("act") or record.get("cue") or ""),
        content=str(record.get("content") or ""),
        differences=tuple(differences),
        applies=applies,
    )


def _differences(proposal: Proposal) -> tuple[list[tuple[str, str, str]], bool]:
    """The fields that differ, and whether the proposal can be applied."""
    stance: Any = proposal.stance
    try:
        columns = different_columns(stance, values_of(proposal.payload))
    except ValidationError as error:
        return [("refused", in_words(""), " ".join(error.messages))], False
    found = []
    for name, value in columns.items():
        # A span is told by its words.
        if name.endswith(("_start", "_end")) and name.rpartition("_")[0] in SPANS:
            continue
        label = str(stance._meta.get_field(name).verbose_name).removesuffix(" text")
        found.append((label, in_words(getattr(stance, name)), in_words(value)))
    return (found, True) if found else ([("sources or addressees", "as you have them", "otherwise")], False)


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 else 0
