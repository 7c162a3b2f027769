"""How long it takes to gather many stances into claims, and how that grows with their number."""

from __future__ import annotations

import datetime as dt
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypedDict

from claims.extraction.actors import Registry
from claims.gathering.gather import Gatherer
from claims.gathering.sense import Analyst
from claims.gathering.wordings import Wording

_DAY = dt.date(2021, 1, 1)
#: As many claims are current at a time; after so many stances one of them gives way to a new one.
CURRENT, LASTING = 400, 12
_SHAPES = (
    "{agent} will {verb} {object} of {patient}",
    "{agent} plans to {verb} {patient}'s {object}",
    "{agent} has no intention to {verb} {object} of {patient}",
    "{agent} must not {verb} the {extra} {object} of {patient}",
    "the {extra} {object} of {patient} which {agent} would {verb}",
)
_VERBS = [
    "attack",
    "block",
    "expand",
    "recognise",
    "sanction",
    "suspend",
    "deliver",
    "reject",
    "close",
    "open",
    "expel",
    "arrest",
    "bomb",
    "cut",
    "ban",
    "fund",
]
_SYLLABLES = ("ba", "den", "kor", "li", "mar", "no", "pel", "ra", "sun", "ta", "vi", "zo")


class Gathered(TypedDict):
    """One size: how many ``stances`` were gathered into how many ``claims``, in how many ``seconds``."""

    stances: int
    claims: int
    seconds: float


class GatheringTimes(TypedDict):
    """The ``sizes``, and for each next one ``growth``: by which power of the number of stances the time grew.

    1 is linear, 2 would be all pairs.
    """

    sizes: list[Gathered]
    growth: list[float]


def time_gathering(
    sizes: Sequence[int], registry: Registry, *, watch: Callable[[], None] = lambda: None
) -> GatheringTimes:
    """Gather generated stances, as many as each of ``sizes`` says; ``watch`` is called after each size.

    Reading the sense of their wordings is part of the time, parsing them is not: import has that from extraction.
    """
    found: list[Gathered] = []
    for size in sizes:
        analyst, gatherer = Analyst(registry), Gatherer()
        rows = list(generated(size, registry))
        began = time.process_time()
        for number, (text, actor, on) in enumerate(rows):
            speaker = analyst.actor(actor, on)
            gatherer.add(Wording(text, analyst.sense(text, on, speaker), speaker, on, str(number // 10)))
        # At least a millisecond, so that growth can be told of the smallest numbers too.
        seconds = max(round(time.process_time() - began, 3), 0.001)
        found.append({"stances": size, "claims": gatherer.claims, "seconds": seconds})
        watch()
    growth = [
        round(math.log(two["seconds"] / one["seconds"]) / math.log(two["stances"] / one["stances"]), 2)
        for one, two in pairwise(found)
        if two["stances"] != one["stances"]
    ]
    return {"sizes": found, "growth": growth}


def generated(count: int, registry: Registry) -> Iterator[tuple[str, str, dt.date]]:
    """Text, actor and day of ``count`` stances, the same each time.

    As in news, many are about the few claims of the day in changing words, and claims and words come and go.
    """
    rng = random.Random(1)  # noqa: S311
    states = sorted({name for name in registry.names if name.istitle() and " " not in name and len(name) > 3})
    states = states[:: max(1, len(states) // 60)] or ["Russia", "Ukraine", "France"]
    current = [_claim(rng, states) for _ in range(CURRENT)]
    for number in range(count):
        if number % LASTING == 0:
            current[rng.randrange(CURRENT)] = _claim(rng, states)
        parts = rng.choice(current)
        yield rng.choice(_SHAPES).format(**parts), rng.choice(states), _DAY + dt.timedelta(days=number // 300)


def _claim(rng: random.Random, states: Sequence[str]) -> dict[str, str]:
    return {
        "agent": rng.choice(states),
        "patient": rng.choice(states),
        "verb": rng.choice(_VERBS),
        "object": "".join(rng.choices(_SYLLABLES, k=3)),
        "extra": "".join(rng.choices(_SYLLABLES, k=2)),
    }
