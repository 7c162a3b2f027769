"""Rejecting: there is no such stance, or it is past mending."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from claims.models import Judgement, Stance
from claims.review.decide import decide_all
from claims.review.outcome import Outcome


def reject(stances: Iterable[Stance], *, user: User, reason: str, blind: bool = False) -> Outcome:
    """Reject ``stances`` for ``reason``; those that are rejected already stay as they are.

    A rejected stance is kept, so that a later run does not find it anew. Raises ``ValidationError`` where the reason
    is missing and ``PermissionDenied`` where ``user`` may not judge.
    """
    if not reason.strip():
        raise ValidationError("Say why the stance is rejected.", code="required")
    return decide_all(
        stances,
        user=user,
        decision=Judgement.Decision.REJECTED,
        state=Stance.State.REJECTED,
        leave=(Stance.State.REJECTED,),
        note=reason.strip(),
        blind=blind,
    )
