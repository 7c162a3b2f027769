"""Deciding: what holds of a stance that several people coded, written into it as one more judgement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.coding.fields import CODES, FLAGS
from claims.coding.permissions import require_lead
from claims.models import Coding, CodingUnit, Stance
from claims.review import ConflictError, RefusedError, accept, correct, reject
from claims.review.correct import SPANS


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
