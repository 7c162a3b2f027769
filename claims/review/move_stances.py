"""Moving: stances belong to another claim than the machine put them under."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.extraction.claims import normal_wording
from claims.models import Claim, ClaimEdit, ClaimPlacement, ClaimWording, PositionChange, Stance
from claims.review.carry_dismissals import carry_dismissals
from claims.review.changes import PASSAGE, Recorder
from claims.review.claim_locks import RefusedError, lock_claims, lock_stances, require_permission
from claims.selectors import merged_ids


def move_stances(claim: Claim, stances: Sequence[Stance], target: Claim, *, user: User) -> ClaimEdit:
    """Move ``stances`` of ``claim`` to ``target``, all as they were loaded; ``undo_edit`` takes it back.

    That holds for the passages, whatever run reads them again. Moving judges nothing: pending stances stay pending.
    Raises ``PermissionDenied``, ``RefusedError`` and ``ChangedMeanwhileError``; then nothing was moved.
    """
    require_permission(user)
    if claim.pk == target.pk:
        raise RefusedError("The stances belong to this claim already; choose another one.")
    recorder = Recorder()
    with transaction.atomic():
        rows = lock_stances(stances)
        claim, target = lock_claims([claim, target])
        require_belonging(rows, claim)
        place(rows, target, user, recorder)
        return ClaimEdit.objects.create(
            kind=ClaimEdit.Kind.MOVE,
            claim=claim,
            other=target,
            summary=f"{counted(rows)} of “{claim}” to “{target}”",
            user=user,
            changes=recorder.entries,
        )


def require_belonging(stances: Sequence[Stance], claim: Claim) -> None:
    """Raises ``RefusedError`` unless there are ``stances``, and all belong to ``claim``, also by merges."""
    if not stances:
        raise RefusedError("No stance is ticked.")
    rows = merged_ids(claim)
    if any(stance.claim_id not in rows for stance in stances):
        raise RefusedError("Some of the stances don't belong to this claim. Nothing was moved.")


def place(stances: Sequence[Stance], claim: Claim, user: User, recorder: Recorder) -> None:
    """Put ``stances``, locked, under ``claim``, and remember their passages for runs to come.

    Wordings that only they have follow them: new articles that say so belong to ``claim`` too.
    """
    recorder.update(_own_wordings(stances), {"claim_id": claim.pk})
    recorder.update(stances, {"claim_id": claim.pk})
    shown = PositionChange.objects.filter(claim__isnull=False, earlier__in=stances, later__in=stances)
    carry_dismissals(shown, claim, recorder)
    placed = {_passage(row): row for row in ClaimPlacement.objects.filter(article__in={s.article_id for s in stances})}
    now = timezone.now()
    again = [placed[_passage(stance)] for stance in stances if _passage(stance) in placed]
    recorder.update(again, {"claim_id": claim.pk, "user_id": user.pk, "at": now})
    recorder.create(
        [
            ClaimPlacement(**dict(zip(PASSAGE, _passage(stance), strict=True)), claim=claim, user=user, at=now)
            for stance in stances
            if _passage(stance) not in placed
        ]
    )


def _own_wordings(stances: Sequence[Stance]) -> list[ClaimWording]:
    """The wordings of the claims of ``stances`` that no other stance on these claims has; locked."""
    claims = {stance.claim_id for stance in stances if stance.claim_id is not None}
    others = Stance.objects.filter(claim__in=claims).exclude(pk__in=[stance.pk for stance in stances])
    left = {_wording_key(*each) for each in others.values_list("extracted__claim", "content_text").distinct()}
    own = {_wording_key(stance.extracted.get("claim"), stance.content_text) for stance in stances} - left
    rows = ClaimWording.objects.filter(wording_key__in=own, claim__in=claims).order_by("pk")
    return list(rows.select_for_update())


def _wording_key(claim: str | None, content: str) -> str:
    """The key under which the claim of a stance is gathered: as the machine worded it, or else by its content."""
    return Claim.key_for(normal_wording(claim or content))


def counted(stances: Sequence[Stance]) -> str:
    """How many ``stances`` there are: "1 stance", "12 stances"."""
    return f"{len(stances):,} {'stance' if len(stances) == 1 else 'stances'}"


def _passage(row: Stance | ClaimPlacement) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in PASSAGE)
