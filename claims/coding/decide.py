"""Deciding: what holds of a stance that several people coded, written into it as one more judgement."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from claims.coding.compare import coded, differing, ends_of_merges
from claims.coding.fields import CODES, FLAGS
from claims.coding.permissions import require_lead
from claims.coding.queue import Which, units_of
from claims.models import Coding, CodingRound, CodingUnit, Stance
from claims.review import ConflictError, RefusedError, accept, correct, reject
from claims.review.correct import SPANS

#: Stances that are decided at once where all agree, and how many are looked at at a time.
MOST: Final = 200
BATCH: Final = 200


def decide(unit: CodingUnit, values: Mapping[str, Any] | None, *, user: User, version: int, note: str = "") -> Stance:
    """Make of the stance what ``values`` says, as ``claims.coding.code`` takes them; None rejects it.

    The stance is accepted, corrected or rejected through ``claims.review``, so the log tells who decided and that it
    was on codings; where it is so already, only the unit notes the decision. ``version`` is that of the stance which
    the person saw. A decided unit may be decided again.

    Raises ``PermissionDenied`` where ``user`` may not lead or not judge, ``RefusedError`` while somebody has still to
    code the stance, ``ConflictError`` where somebody changed it since, and ``ValidationError`` where the values are
    no stance.
    """
    require_lead(user)
    with transaction.atomic():
        # Whoever codes the stance takes the same lock.
        unit = CodingUnit.objects.select_for_update(of=("self",)).select_related("round").get(pk=unit.pk)
        require_coded(unit)
        stance = Stance.objects.select_for_update(of=("self",)).select_related("article").get(pk=unit.stance_id)
        if stance.version != version:
            raise ConflictError(stance)
        why = f"coding round {unit.round}"
        why = f"{note.strip()} ({why})" if note.strip() else why
        if values is None:
            reject([stance], user=user, reason=why)
        elif not correct(stance, values, user=user, note=why):
            accept([stance], user=user, note=why)
        unit.decided_by, unit.decided_at = user, timezone.now()
        unit.save(update_fields=["decided_by", "decided_at"])
    return stance


def decide_agreed(coding_round: CodingRound, *, user: User) -> int:
    """Decide the stances of which all coders say the same in every field, ``MOST`` at once; gives how many it were.

    Those that somebody judged since they were drawn are left for a person to look at. Raises ``PermissionDenied`` where
    ``user`` may not lead or not judge.
    """
    require_lead(user)
    ends = ends_of_merges()
    waiting = units_of(coding_round, Which.TO_DECIDE).filter(stance__state=Stance.State.PENDING)
    done, after = 0, 0
    while done < MOST and (batch := list(waiting.filter(order__gt=after).select_related("stance")[:BATCH])):
        after = batch[-1].order
        said: dict[int, list[Coding]] = {}
        people = Coding.objects.filter(unit__in=batch, coder__isnull=False).select_related("actor")
        for coding in coded(people).order_by("pk"):
            said.setdefault(coding.unit_id, []).append(coding)
        for unit in batch:
            codings = said.get(unit.pk, [])
            if len(codings) < 2 or differing(codings, ends) or done == MOST:
                continue
            # What can't be written as people say it is for a person to look at, too.
            with contextlib.suppress(ConflictError, RefusedError, ValidationError):
                version = unit.stance.version
                decide(unit, values_of(codings[0]), user=user, version=version, note="all agree")
                done += 1
    return done


def require_coded(unit: CodingUnit) -> None:
    """Raises ``RefusedError`` while somebody has still to code ``unit``: a decision would no longer be on all of it."""
    missing = unit.codings.filter(coder__isnull=False, verdict="").select_related("coder")
    if unit.round.closed is None and (names := sorted(str(each.coder) for each in missing)):
        raise RefusedError(f"Not coded yet by {', '.join(names)}.")
    if not unit.codings.filter(coder__isnull=False).exclude(verdict="").exists():
        raise RefusedError("Nobody has coded this stance.")


def values_of(coding: Coding) -> dict[str, Any] | None:
    """What ``coding`` says, as ``decide`` takes it."""
    if coding.verdict != Coding.Verdict.STANCE:
        return None
    return {
        "actor": coding.actor,
        **{name: getattr(coding, name) for name in (*CODES, *FLAGS)},
        **{span: span_of(coding, span) for span in SPANS},
    }


def span_of(coding: Coding, span: str) -> tuple[int, int] | None:
    """The offsets of ``span``; None where ``coding`` has none."""
    start, end = getattr(coding, f"{span}_start"), getattr(coding, f"{span}_end")
    return None if start is None else (start, end)
