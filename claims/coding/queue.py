"""The stances of a round in their order: what one coder has to code, what waits for others, what is to be decided."""

from __future__ import annotations

import enum
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from claims.models import Coding, CodingRound, CodingUnit, Stance


class Which(enum.StrEnum):
    """What may be asked for of the stances of a round."""

    ALL = "all"
    WAITING = "waiting"
    TO_DECIDE = "to-decide"
    DECIDED = "decided"


class Progress(NamedTuple):
    """How many stances are assigned to somebody, and how many of them are coded."""

    assigned: int
    coded: int


def assigned_to(user: User, coding_round: CodingRound) -> QuerySet[Coding]:
    """The codings of ``user`` in the round, in their order."""
    return Coding.objects.filter(unit__round=coding_round, coder=user).order_by("unit__order")


def progress_of(codings: QuerySet[Coding]) -> Progress:
    """How far ``codings`` are."""
    figures = codings.order_by().aggregate(assigned=Count("pk"), coded=Count("pk", filter=~Q(verdict="")))
    return Progress(figures["assigned"], figures["coded"])


def next_to_code(codings: QuerySet[Coding], *, behind: int = 0) -> int | None:
    """The place of the next that is not coded, behind the place ``behind`` if there is one; None where all are."""
    places = codings.filter(verdict="").values_list("unit__order", flat=True)
    return places.filter(unit__order__gt=behind).first() or places.first()


def neighbours(codings: QuerySet[Coding], order: int) -> tuple[int | None, int | None]:
    """The places before and behind ``order``, coded or not; None at the ends."""
    places = codings.values_list("unit__order", flat=True)
    before = places.filter(unit__order__lt=order).order_by("-unit__order").first()
    return before, places.filter(unit__order__gt=order).first()


def without_own(stances: QuerySet[Stance], user: User) -> QuerySet[Stance]:
    """``stances`` without those that ``user`` has still to code: the desk would show what they are not to see yet.

    One query; who has nothing to code gets ``stances`` as they are, which is quicker to read.
    """
    own = Coding.objects.filter(coder=user, verdict="", unit__decided_at=None, unit__round__closed=None)
    return stances.filter(~Exists(own.filter(unit__stance=OuterRef("pk")))) if own.exists() else stances


class UnitProgress(NamedTuple):
    """How many stances a round has; how many somebody has still to code, wait to be decided, and are decided."""

    units: int
    waiting: int
    to_decide: int
    decided: int


def progress_by_coder(coding_round: CodingRound) -> list[tuple[User, Progress]]:
    """How far each coder of the round is, by name."""
    rows = (
        Coding.objects.filter(unit__round=coding_round, coder__isnull=False)
        .order_by()
        .values("coder")
        .annotate(assigned=Count("pk"), coded=Count("pk", filter=~Q(verdict="")))
    )
    found = {row["coder"]: Progress(row["assigned"], row["coded"]) for row in rows}
    return [(coder, found.get(coder.pk, Progress(0, 0))) for coder in coding_round.coders.order_by("username")]


def units_of(coding_round: CodingRound, which: Which) -> QuerySet[CodingUnit]:
    """The stances of the round that are in the state ``which``, in their order."""
    units = CodingUnit.objects.filter(round=coding_round).order_by("order")
    if which is Which.ALL:
        return units
    if which is Which.DECIDED:
        return units.filter(decided_at__isnull=False)
    missing = Exists(Coding.objects.filter(unit=OuterRef("pk"), coder__isnull=False, verdict=""))
    undecided = units.filter(decided_at__isnull=True)
    if coding_round.closed is not None:
        # Nobody will code what is left.
        return undecided.none() if which is Which.WAITING else undecided
    return undecided.filter(missing) if which is Which.WAITING else undecided.filter(~missing)


def progress_of_units(coding_round: CodingRound) -> UnitProgress:
    """How far the round as a whole is."""
    return UnitProgress(*(units_of(coding_round, which).count() for which in Which))
