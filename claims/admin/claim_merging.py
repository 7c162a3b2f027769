"""The page on which somebody merges a claim into another: choose, see what moves, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from claims.admin.base import BaseAdmin, user_of
from claims.admin.claim_side import side_of
from claims.admin.claim_tools import ClaimChoice, as_seen, attempt, claim_or_404, page, require_merge
from claims.models import Claim
from claims.review import merge_claim, plan_merge


def merge_view(model_admin: BaseAdmin, request: HttpRequest, key: int) -> HttpResponse:
    """Choose a claim (GET), see both (GET with ``target``), merge (POST).

    Raises ``PermissionDenied`` for who may not merge, and ``Http404``.
    """
    require_merge(request)
    source = claim_or_404(key)
    if request.method == "POST":
        target = claim_or_404(request.POST.get("target"))
        return _merged(request, source, target)
    choice = ClaimChoice(model_admin, request.GET)
    target_chosen = choice.chosen
    if target_chosen is not None and target_chosen.pk == source.pk:
        messages.error(request, "A claim can't be merged into itself; choose another one.")
        target_chosen = None
    context = {
        "claim": source,
        "form": choice,
        "media": model_admin.media + choice.media,
        "sides": [side_of(source), side_of(target_chosen)] if target_chosen else [],
        "target": target_chosen,
        "plan": plan_merge(source, target_chosen) if target_chosen else None,
    }
    return page(model_admin, request, "claim/merge", "Merge a claim into another", context)


def _merged(request: HttpRequest, source: Claim, target: Claim) -> HttpResponse:
    as_seen(source, request.POST.get("version"))
    as_seen(target, request.POST.get("target_version"))
    edit = attempt(request, lambda: merge_claim(source, target, user=user_of(request)))
    if edit is None:
        return HttpResponseRedirect(f"{reverse('admin:claims_claim_merge', args=[source.pk])}?target={target.pk}")
    messages.success(request, f"Merged {edit.summary}. Under “Edits” below it can be undone.")
    return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[target.pk]))
