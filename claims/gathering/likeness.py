"""How likely two wordings are to word the same claim.

A logistic regression over a few traits of the pair; a pair that contradicts itself in names, numbers or roles is never
the same. Denial and negation play no part: who denies a claim takes a position on it like who asserts it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from claims.gathering.sense import Sense
from claims.gathering.wordings import Wording

#: Terms that tell less than this don't make two wordings alike by themselves.
TELLING = 0.6


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared in a pair of wordings; shares are from 0 to 1.

    ``alike``    the share of the weight of all terms that both have
    ``within``   the same share in the wording with less
    ``names``    the share of names that both have
    ``stray``    1 if one names somebody whom the other knows nothing of
    ``agents``   1 if others act
    ``strong``   how many telling terms they share, at most 3
    ``actor``    1 if the same actor takes a position
    ``article``  1 if both are of one article
    ``apart``    how far apart they were printed (logarithm of days)
    ``short``    1 if one of them has a single term
    """

    alike: float
    within: float
    names: float
    stray: float
    agents: float
    strong: float
    actor: float
    article: float
    apart: float
    short: float


WEIGHTS: Mapping[str, float] = {
    "alike": 5.0,
    "within": 2.5,
    "names": 1.5,
    "stray": -1.0,
    "agents": -1.5,
    "strong": 0.7,
    "actor": 0.5,
    "article": 0.7,
    "apart": -0.25,
    "short": -1.0,
}
BIAS = -5.0


def likeness(one: Wording, other: Wording) -> float:
    """How likely the two word the same claim, from 0 to 1."""
    if contradict(one, other):
        return 0.0
    traits = asdict(traits_of(one, other))
    return 1 / (1 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in traits.items())))


def contradict(one: Wording, other: Wording) -> bool:
    """Whether names, numbers or roles keep two wordings from being the same claim."""
    a, b = one.sense, other.sense
    if not a.terms.keys() & b.terms.keys():
        return True
    if a.numbers and b.numbers and not a.numbers & b.numbers:
        return True
    if a.agents & b.patients and a.patients & b.agents:
        return True
    # Each names somebody of whom the other says nothing, and who does not say it either.
    return bool(_strays(one, other)) and bool(_strays(other, one))


def traits_of(one: Wording, other: Wording) -> Traits:
    """The traits of a pair."""
    a, b = one.sense, other.sense
    shared = a.terms.keys() & b.terms.keys()
    common = sum(min(a.terms[key], b.terms[key]) for key in shared)
    lesser, total = min(a.weight, b.weight), a.weight + b.weight
    names = a.names | b.names
    days = abs((one.on - other.on).days) if one.on and other.on else 0
    return Traits(
        alike=2 * common / total if total else 0.0,
        within=common / lesser if lesser else 0.0,
        names=len(a.names & b.names) / len(names) if names else 0.5,
        stray=float(bool(_strays(one, other)) or bool(_strays(other, one))),
        agents=float(bool(a.agents) and bool(b.agents) and not a.agents & b.agents),
        strong=float(min(3, sum(a.terms[key] >= TELLING for key in shared))),
        actor=float(bool(one.actor) and one.actor == other.actor),
        article=float(bool(one.article) and one.article == other.article),
        apart=math.log1p(days),
        short=float(min(len(a.terms), len(b.terms)) < 2),
    )


def _strays(one: Wording, other: Wording) -> set[str]:
    """The names of one wording that the other neither names nor is said by."""
    named = other.sense.names | {key[1:] for key in other.sense.aside if key[0] == "@"} | {other.actor}
    return set(one.sense.names - named)


def keys_of(sense: Sense) -> list[str]:
    """The keys under which wordings of the same claim are looked for: pairs of what tells most in them.

    Two wordings that share no pair are never compared; a wording with a single term has that as its key.
    """
    telling = sorted(sense.terms, key=lambda key: (-sense.terms[key], key))[:5]
    names = [f"@{name}" for name in sorted(sense.names)][:4]
    pairs = ["|".join(sorted((one, other))) for i, one in enumerate(telling) for other in telling[i + 1 :]]
    pairs += [f"{name}|{key}" for name in names for key in telling]
    return sorted(set(pairs)) or telling
