"""The page on which somebody takes stances out of a claim: tick them, say where to, see it, confirm."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from claims.admin.base import BaseAdmin, user_of
from claims.admin.claim_tools import ClaimChoice, as_seen, attempt, claim_or_404, number, page, require_merge
from claims.models import Claim, ClaimEdit, Stance, StanceQuerySet, limits
from claims.review import move_stances, split_claim
from claims.selectors import merged_ids

A_PAGE = 100
LONGEST_SEARCH = 200


class WordingForm(forms.Form):
    """The wording of the claim to be made of the ticked stances."""

    text = forms.CharField(
        required=False,
        max_length=limits.CLAIM_TEXT,
        label="Wording",
        widget=forms.TextInput(attrs={"class": "vTextField", "placeholder": "A clause of its own: who does what"}),
    )


def stances_view(model_admin: BaseAdmin, request: HttpRequest, key: int) -> HttpResponse:
    """Tick stances and choose (GET), see what would move (POST), move (POST with ``confirm``).

    Raises ``PermissionDenied`` for who may not split claims, and ``Http404``.
    """
    require_merge(request)
    claim = claim_or_404(key)
    choice, wording = ClaimChoice(model_admin, request.POST), WordingForm(request.POST or None)
    ticked: list[str] = request.POST.getlist("stance")[:A_PAGE]
    if request.method == "POST":
        target, text = choice.chosen, wording.data.get("text", "").strip()
        if "confirm" in request.POST:
            edit = _moved(request, claim, ticked, target, text)
            if edit is not None:
                messages.success(request, f"Moved {edit.summary}. Under “Edits” below it can be undone.")
                return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim.pk]))
        elif "back" not in request.POST and _is_complete(request, ticked, target, text, wording):
            context = {"claim": claim, "stances": _seen(ticked), "ticked": ticked, "target": target, "text": text}
            context["version"] = request.POST.get("version", "")
            return page(model_admin, request, "claim/stances_confirm", "Move these stances?", context)
    search = request.GET.get("q", "")[:LONGEST_SEARCH]
    rows = _stances(claim, search)
    context = {
        "claim": claim,
        "form": choice,
        "wording": wording,
        "media": model_admin.media + choice.media,
        "page_obj": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "ticked": {number(each.partition(".")[0]) for each in ticked},
        "search": search,
    }
    return page(model_admin, request, "claim/stances", "Split a claim, or move stances", context)


def _stances(claim: Claim, search: str) -> StanceQuerySet:
    rows = Stance.objects.filter(claim__in=merged_ids(claim)).select_related("article__outlet", "actor", "claim")
    if search:
        rows = rows.filter(
            Q(content_text__icontains=search)
            | Q(actor_as_printed__icontains=search)
            | Q(actor__name__icontains=search)
            | Q(claim__text__icontains=search)
        )
    return rows.defer("article__text", "extracted").order_by("content_text", "pk")


def _is_complete(
    request: HttpRequest, ticked: Sequence[str], target: Claim | None, text: str, wording: WordingForm
) -> bool:
    if not ticked:
        messages.error(request, "Tick the stances to move first.")
    elif (target is None) == (not text):
        messages.error(request, "Say where to: either the wording of a new claim, or one that there is.")
    elif not wording.is_valid():
        messages.error(request, " ".join(map(str, wording.errors["text"])))
    else:
        return True
    return False


def _seen(ticked: Sequence[str]) -> list[Stance]:
    """The stances of ``ticked``, each "key.version", with the versions that the page had."""
    versions = dict(each.split(".", 1) for each in ticked if "." in each)
    keys = [key for key in map(number, versions) if key is not None]
    rows = Stance.objects.filter(pk__in=keys).select_related("article", "actor").defer("article__text", "extracted")
    found = [
        as_seen(row, versions[str(row.pk)]) for row in rows.order_by("content_text", "pk") if str(row.pk) in versions
    ]
    return found + [Stance(pk=0, version=0) for _ in range(len(versions) - len(found))]


def _moved(
    request: HttpRequest, claim: Claim, ticked: Sequence[str], target: Claim | None, text: str
) -> ClaimEdit | None:
    as_seen(claim, request.POST.get("version"))
    stances, user = _seen(ticked), user_of(request)
    if target is None:
        return attempt(request, lambda: split_claim(claim, stances, text, user=user))
    chosen = as_seen(target, request.POST.get("target_version"))
    return attempt(request, lambda: move_stances(claim, stances, chosen, user=user))
