"""Changes of position: the list of them, newest first, and their dismissal by an analyst."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from claims.models import Actor, PositionChange, Stance
from claims.pages.cards import LONGEST_QUOTATION, Card, card, card_rows, shortened
from claims.pages.paging import page_of, query_without_page
from claims.pages.readable import readable_stances, sees_unjudged
from claims.review.dismiss_change import PERMISSION, dismiss_change
from claims.selectors import canonical, merged_ids

CHANGES_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """One change in words, with both stances as cards."""

    pk: int
    actor: str
    actor_url: str
    subject: str
    subject_url: str
    is_on_claim: bool
    days: int
    before: Card
    after: Card


@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    """Show the changes of position that nobody has dismissed, newest first; ``actor`` in the address chooses whose."""
    changes = readable_changes(request)
    actor = None
    if slug := request.GET.get("actor", ""):
        actor = canonical(get_object_or_404(Actor, slug=slug[:100]))
        changes = changes.filter(actor__in=merged_ids(actor))
    page = page_of(request, changes, CHANGES_A_PAGE)
    return render(
        request,
        "pages/change_list.html",
        {
            "page": page,
            "changes": change_cards(list(page.object_list), request),
            "actor": actor,
            "query": query_without_page(request),
            "may_dismiss": request.user.has_perm(PERMISSION),
            "sees_unjudged": sees_unjudged(request),
            "section": "changes",
        },
    )


def readable_changes(request: HttpRequest) -> QuerySet[PositionChange]:
    """The changes that the visitor may see, newest first: those of which they may see both stances."""
    readable = readable_stances(request).select_related(None).order_by()
    changes = PositionChange.objects.filter(
        # Asked for each change: as sets, the stances that may be seen would be nearly all there are.
        Exists(readable.filter(pk=OuterRef("earlier"))),
        Exists(readable.filter(pk=OuterRef("later"))),
        dismissed_by=None,
    )
    return changes.select_related("actor__merged_into", "claim__merged_into", "topic").order_by("-later_on", "-pk")


def change_cards(changes: list[PositionChange], request: HttpRequest) -> list[ChangeCard]:
    """The cards of ``changes``, in the same order."""
    keys = [key for change in changes for key in (change.earlier_id, change.later_id)]
    stances = {stance.pk: stance for stance in card_rows(readable_stances(request).filter(pk__in=keys))}
    return [_card(change, stances) for change in changes]


def _card(change: PositionChange, stances: dict[int, Stance]) -> ChangeCard:
    actor = canonical(change.actor)
    # The query for the page asked that both stances are there.
    earlier, later = stances[change.earlier_id or 0], stances[change.later_id or 0]
    claim = canonical(change.claim) if change.claim else None
    topic_url = reverse("topic", args=[change.topic.slug]) if change.topic else ""

    def of(stance: Stance) -> Card:
        is_own = stance.actor is not None and canonical(stance.actor).pk == actor.pk
        return card(stance, speaks_for="" if is_own else actor.name)

    return ChangeCard(
        pk=change.pk,
        actor=actor.name,
        actor_url=reverse("actor", args=[actor.slug]),
        subject=claim.text if claim else shortened(later.target_text, LONGEST_QUOTATION),
        subject_url=reverse("claim", args=[claim.pk]) if claim else topic_url,
        is_on_claim=claim is not None,
        days=change.days,
        before=of(earlier),
        after=of(later),
    )


@require_POST
@login_required
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Dismiss one change for the reason that is posted, and go back to the list."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    get_object_or_404(PositionChange, pk=pk)
    try:
        done = dismiss_change([pk], user=request.user, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Dismissed." if done else "Somebody had dismissed it already.")
    return redirect("change_list")
