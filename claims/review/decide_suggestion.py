"""Deciding whether two claims are one, as a run suggested."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.decisions import lasting_claims
from claims.models import Claim, ClaimEdit, ClaimSuggestion
from claims.review.changes import Entry
from claims.review.claim_locks import ChangedMeanwhileError, RefusedError, require_permission
from claims.review.merge_claim import merge_claim, suggestions_between


def apply_suggestion(suggestion: ClaimSuggestion, source: Claim, target: Claim, *, user: User) -> ClaimEdit:
    """The two claims of ``suggestion`` are one: merge ``source`` into ``target``, both as they were loaded.

    They are the claims that last of those it names. ``undo_edit`` takes back the merge and opens the suggestion again.
    Raises ``PermissionDenied``, ``RefusedError`` and ``ChangedMeanwhileError``.
    """
    require_permission(user)
    with transaction.atomic():
        _require_open(ClaimSuggestion.objects.get(pk=suggestion.pk))
        if {source.pk, target.pk} != set(pair_of(suggestion)):
            raise RefusedError("These are not the claims that the suggestion is about.")
        edit = merge_claim(source, target, user=user)
        # The merge has locked the suggestion; what it found tells whether somebody decided in between.
        found = next(each["before"] for each in edit.changes if _is_of(each, suggestion))
        if found["state"] != ClaimSuggestion.State.OPEN:
            raise ChangedMeanwhileError("Somebody has decided this suggestion meanwhile.")
        return edit


def dismiss_suggestion(suggestion: ClaimSuggestion, *, user: User) -> int:
    """The two claims of ``suggestion`` are not the same, under whichever rows: no run joins or suggests them again.

    Gives how many suggestions that settles. Raises ``PermissionDenied``, and ``ChangedMeanwhileError`` where somebody
    has decided it meanwhile.
    """
    require_permission(user)
    with transaction.atomic():
        # Claims are locked before suggestions, as a merge does.
        one, other = Claim.objects.filter(pk__in=pair_of(suggestion)).order_by("pk").select_for_update()
        _require_open(ClaimSuggestion.objects.select_for_update().get(pk=suggestion.pk))
        rows = [each.pk for each in suggestions_between(one, other) if each.state == ClaimSuggestion.State.OPEN]
        return ClaimSuggestion.objects.filter(pk__in=rows).update(
            state=ClaimSuggestion.State.DISMISSED, decided_by=user, decided_at=timezone.now()
        )


def reopen_suggestion(suggestion: ClaimSuggestion, *, user: User) -> None:
    """Take back that the two are not the same. Raises ``PermissionDenied`` and ``ChangedMeanwhileError``.

    A suggestion that was applied is opened by undoing its merge.
    """
    require_permission(user)
    changed = ClaimSuggestion.objects.filter(pk=suggestion.pk, state=ClaimSuggestion.State.DISMISSED).update(
        state=ClaimSuggestion.State.OPEN, decided_by=None, decided_at=None
    )
    if not changed:
        raise ChangedMeanwhileError("This suggestion is not dismissed; somebody has decided otherwise meanwhile.")


def pair_of(suggestion: ClaimSuggestion) -> tuple[int, int]:
    """The claims (keys) that last of the two that ``suggestion`` names; the same twice where they are one by now."""
    ends = lasting_claims([suggestion.first_id, suggestion.second_id])
    return ends[suggestion.first_id], ends[suggestion.second_id]


def _require_open(row: ClaimSuggestion) -> None:
    if row.state != ClaimSuggestion.State.OPEN:
        raise ChangedMeanwhileError(
            f"{row.decided_by} has decided this suggestion meanwhile: {row.get_state_display()}."
        )


def _is_of(entry: Entry, suggestion: ClaimSuggestion) -> bool:
    return bool(entry["model"] == "claimsuggestion" and entry["pk"] == suggestion.pk)
