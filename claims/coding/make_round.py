"""Making a coding round: a sample is drawn, and each of its stances assigned to each coder."""

from __future__ import annotations

import heapq
import random
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims.coding.machine import machine_codings
from claims.coding.permissions import may_code, require_lead
from claims.models import Coding, CodingRound, CodingUnit, Stance

#: Stances of one round.
MOST: Final = 10_000
#: Stances that are assigned in one transaction, and how long others may write before the next.
BATCH: Final = 500
PAUSE_SECONDS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Plan:
    """How a round is to be made; without a ``size`` of all stances there are, otherwise of so many drawn at random."""

    name: str
    coders: Collection[User]
    seed: int
    size: int | None = None
    blind_to_machine: bool = True
    instructions: str = ""
    filters: str = ""


def make_round(stances: QuerySet[Stance], plan: Plan, *, user: User) -> CodingRound:
    """Draw a sample of ``stances`` and assign each of it to each coder; gives the round.

    The same seed draws the same of the same stances. They stand in the order of their articles. Work goes in
    transactions of ``BATCH`` stances; until the last is done nobody can code, and ``discard`` takes back what a break
    left. Raises ``PermissionDenied`` where ``user`` may not lead, and ``ValidationError`` where the plan is none: fewer
    than two coders, one who may not code, no stance, or too many of them.
    """
    require_lead(user)
    coders = sorted(plan.coders, key=lambda coder: coder.pk)
    if len(coders) < 2:
        raise ValidationError({"coders": "Choose two coders or more."})
    if may_code().filter(pk__in=[coder.pk for coder in coders]).count() != len(coders):
        raise ValidationError({"coders": "One of these may not code."})
    drawn = draw(stances, plan.size, plan.seed)
    coding_round = CodingRound(
        name=plan.name.strip(),
        instructions=plan.instructions.strip(),
        filters=plan.filters,
        seed=plan.seed,
        blind_to_machine=plan.blind_to_machine,
        created_by=user,
    )
    coding_round.full_clean()
    with transaction.atomic():
        coding_round.save()
        coding_round.coders.set(coders)
    for start in range(0, len(drawn), BATCH):
        with transaction.atomic():
            _assign(coding_round, drawn[start : start + BATCH], coders, first=start + 1)
        time.sleep(PAUSE_SECONDS)
    coding_round.assigned = timezone.now()
    coding_round.save(update_fields=["assigned"])
    return coding_round


def draw(stances: QuerySet[Stance], size: int | None, seed: int) -> list[int]:
    """The keys of the stances drawn, article by article. Raises ``ValidationError`` where there is none, or too many.

    Each stance gets a random number in the order of the keys, and those with the lowest are drawn: memory is needed
    for the sample only.
    """
    if size is not None and not 0 < size <= MOST:
        raise ValidationError({"size": f"Draw from 1 to {MOST:,} stances."})
    rows = stances.order_by("pk").select_related(None).prefetch_related(None)
    keys = rows.values_list("pk", "article_id", "content_start")
    if size is None:
        drawn = list(keys[: MOST + 1])
        if len(drawn) > MOST:
            raise ValidationError({"size": f"These are more than {MOST:,} stances. Say how many to draw."})
    else:
        # A sample need not be secret, but the same each time.
        numbers = random.Random(seed)  # noqa: S311
        drawn = [
            key
            for _, key in heapq.nsmallest(size, ((numbers.random(), key) for key in keys.iterator(chunk_size=5_000)))
        ]
    if not drawn:
        raise ValidationError("No stance is left under these filters.")
    return [pk for pk, _, _ in sorted(drawn, key=lambda key: (key[1], key[2], key[0]))]


def _assign(coding_round: CodingRound, keys: Sequence[int], coders: Sequence[User], *, first: int) -> None:
    """Add the stances with ``keys`` to the round, from the place ``first`` on; those gone by now are left out."""
    # The lock keeps a run from replacing what is just being assigned.
    stances = Stance.objects.select_for_update().in_bulk(keys)
    readings = machine_codings(stances.values())
    units = []
    for order, key in enumerate(keys, start=first):
        if (stance := stances.get(key)) is not None:
            shown: Any = readings.get(key) or stance
            units.append(
                CodingUnit(
                    round=coding_round,
                    stance=stance,
                    order=order,
                    cue_start=shown.cue_start,
                    cue_end=shown.cue_end,
                    content_start=shown.content_start,
                    content_end=shown.content_end,
                )
            )
    CodingUnit.objects.bulk_create(units)
    codings = [Coding(unit=unit, coder=coder) for unit in units for coder in coders]
    for unit in units:
        if (reading := readings.get(unit.stance_id)) is not None:
            reading.unit, reading.at = unit, unit.stance.created
            codings.append(reading)
    Coding.objects.bulk_create(codings)
