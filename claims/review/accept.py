"""Accepting: the stance is right as it is."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User

from claims.models import Judgement, Stance
from claims.review.decide import decide_all
from claims.review.outcome import Outcome


def accept(stances: Iterable[Stance], *, user: User, note: str = "", blind: bool = False) -> Outcome:
    """Accept ``stances``, pending or rejected; those that are accepted or corrected already stay as they are.

    Raises ``PermissionDenied`` where ``user`` may not judge.
    """
    return decide_all(
        stances,
        user=user,
        decision=Judgement.Decision.ACCEPTED,
        state=Stance.State.ACCEPTED,
        leave=(Stance.State.ACCEPTED, Stance.State.CORRECTED),
        note=note,
        blind=blind,
    )
