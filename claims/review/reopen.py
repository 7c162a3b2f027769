"""Reopening: the judgement is taken back, and somebody has to judge again."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User

from claims.models import Judgement, Stance
from claims.review.decide import decide_all
from claims.review.outcome import Outcome


def reopen(stances: Iterable[Stance], *, user: User, note: str = "", blind: bool = False) -> Outcome:
    """Make judged ``stances`` pending again; those that are pending stay as they are.

    Corrected fields keep their correction, and the judgements so far stay in the history. Raises ``PermissionDenied``
    where ``user`` may not judge.
    """
    return decide_all(
        stances,
        user=user,
        decision=Judgement.Decision.REOPENED,
        state=Stance.State.PENDING,
        leave=(Stance.State.PENDING,),
        note=note,
        blind=blind,
    )
