"""Judging in bulk: accepting what the machine is surest of, after seeing what that would be; rejecting; reopening."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User
from django.db.models import Count, Max, Min, QuerySet

from claims.models import Stance
from claims.review.accept import accept
from claims.review.decide import BATCH, require_permission
from claims.review.outcome import Outcome
from claims.review.reject import reject
from claims.review.reopen import reopen

#: SQLite lets one connection write at a time; without a pause between two transactions nobody else gets a turn.
PAUSE_SECONDS: Final = 0.02
#: Stances of a preview that are shown whole.
SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """What accepting would do: to how many stances, of which acts, from which confidence; and some of them.

    ``last`` is the key of the youngest stance counted: what comes in later is not part of it. ``shown`` are the least
    sure ones, among which errors are likeliest.
    """

    number: int
    last: int
    lowest: float | None
    acts: tuple[tuple[str, int], ...]
    shown: tuple[Stance, ...]


@dataclass(slots=True)
class Judged:
    """How many stances were judged, and how many somebody else changed at the same moment."""

    done: int = 0
    conflicts: int = 0


def waiting_above(stances: QuerySet[Stance], confidence: float) -> QuerySet[Stance]:
    """The pending ones of ``stances`` of which the machine is at least so sure, from 0 to 1."""
    return stances.filter(state=Stance.State.PENDING, confidence__gte=confidence)


def preview(stances: QuerySet[Stance], confidence: float) -> Preview:
    """What ``accept_above`` would do to ``stances``; nothing is written."""
    rows = waiting_above(stances, confidence).order_by()
    figures = rows.aggregate(number=Count("pk"), last=Max("pk"), lowest=Min("confidence"))
    acts = rows.values_list("act").annotate(number=Count("pk")).order_by("-number", "act")
    least = rows.select_related("article__outlet", "actor").defer("article__text", "extracted")
    return Preview(
        number=figures["number"],
        last=figures["last"] or 0,
        lowest=figures["lowest"],
        acts=tuple(acts),
        shown=tuple(least.order_by("confidence", "pk")[:SHOWN]),
    )


def accept_above(
    stances: QuerySet[Stance],
    confidence: float,
    *,
    user: User,
    last: int,
    note: str = "",
    watch: Callable[[int], None] = lambda number: None,
) -> Judged:
    """Accept those of ``stances`` that ``preview`` counted: pending, at least so sure, with keys up to ``last``.

    Each stance gets a judgement of ``user`` as if it had been accepted alone. Work goes in transactions of ``BATCH``
    rows, between which others write; ``watch`` is called after each with the number of its stances. Run again after a
    break it goes on where it stopped.

    Raises ``PermissionDenied`` where ``user`` may not judge.
    """
    require_permission(user)
    rows = waiting_above(stances, confidence).filter(pk__lte=last)
    return _in_batches(rows, lambda batch: accept(batch, user=user, note=note), watch)


def reject_all(
    stances: QuerySet[Stance], *, user: User, reason: str, watch: Callable[[int], None] = lambda number: None
) -> Judged:
    """Reject the pending ones of ``stances`` for ``reason``, in transactions as ``accept_above`` does.

    Raises ``ValidationError`` where the reason is missing and ``PermissionDenied`` where ``user`` may not judge.
    """
    require_permission(user)
    rows = stances.filter(state=Stance.State.PENDING)
    return _in_batches(rows, lambda batch: reject(batch, user=user, reason=reason), watch)


def reopen_all(
    stances: QuerySet[Stance], *, user: User, note: str = "", watch: Callable[[int], None] = lambda number: None
) -> Judged:
    """Make the judged ones of ``stances`` pending again, in transactions as ``accept_above`` does.

    Raises ``PermissionDenied`` where ``user`` may not judge.
    """
    require_permission(user)
    rows = stances.exclude(state=Stance.State.PENDING)
    return _in_batches(rows, lambda batch: reopen(batch, user=user, note=note), watch)


def _in_batches(
    stances: QuerySet[Stance], step: Callable[[Sequence[Stance]], Outcome], watch: Callable[[int], None]
) -> Judged:
    """Let ``step`` judge ``stances`` in the order of their keys; what it has judged is no longer among them."""
    judged = Judged()
    rows = stances.order_by("pk").only("state", "version")
    after = 0
    while batch := list(rows.filter(pk__gt=after)[:BATCH]):
        after = batch[-1].pk
        outcome = step(batch)
        judged.done += len(outcome.done)
        judged.conflicts += len(outcome.conflicts)
        watch(len(batch))
        time.sleep(PAUSE_SECONDS)
    return judged
