"""How likely two wordings are to word the same claim.

A logistic regression over a few traits of the pair; a pair that contradicts itself in names, numbers or roles is never
the same. Denial and negation play no part: who denies a claim takes a position on it like who asserts it.
"""

from __future__ import annotations

import csv
import functools
import math
from importlib import resources
from typing import NamedTuple

from claims.gathering.sense import TELLING, Sense
from claims.gathering.wordings import Wording


class Traits(NamedTuple):
    """What is compared in a pair of wordings; shares are from 0 to 1.

    ``alike``    the share of the weight of all terms that both have
    ``within``   the same share in the wording with less
    ``stray``    how many of the two name somebody whom the other knows nothing of
    ``agents``   1 if others act
    ``strong``   how many telling terms they share, at most 3
    ``actor``    1 if the same actor takes a position
    ``article``  1 if both are of one article
    ``apart``    how far apart they were printed (logarithm of days)
    ``rest``     the weight of the terms that only the wording with more has, at most 4
    """

    alike: float
    within: float
    stray: float
    agents: float
    strong: float
    actor: float
    article: float
    apart: float
    rest: float


@functools.cache
def weights() -> tuple[Traits, float]:
    """The weight of each trait, and the base, as ``manage.py fit_claims`` fitted them to wordings marked by hand."""
    text = resources.files(__package__).joinpath("data", "weights.tsv").read_text(encoding="utf-8")
    rows = {row["trait"]: float(row["weight"]) for row in csv.DictReader(text.splitlines(), delimiter="\t")}
    base = rows.pop("base")
    return Traits(**rows), base


def likeness(one: Wording, other: Wording) -> float:
    """How likely the two word the same claim, from 0 to 1."""
    if contradict(one, other):
        return 0.0
    fitted, base = weights()
    evidence = base + sum(weight * value for weight, value in zip(fitted, traits_of(one, other), strict=True))
    return 1 / (1 + math.exp(-evidence))


def contradict(one: Wording, other: Wording) -> bool:
    """Whether names, numbers or roles keep two wordings from being the same claim."""
    a, b = one.sense, other.sense
    if a.telling.isdisjoint(b.telling):
        return True
    if (a.is_vague or b.is_vague) and (not one.article or one.article != other.article):
        return True
    for first, second in ((a.numbers, b.numbers), (a.ordinals, b.ordinals)):
        if first and second and first.isdisjoint(second):
            return True
    # One undoes what the other does, and neither says both.
    if a.undone & b.telling - a.telling and b.undone & a.telling - b.telling:
        return True
    if a.agents & b.patients and a.patients & b.agents:
        return True
    # Each names somebody who acts of whom the other says nothing and who does not say it either.
    return bool(_strays(one, other) & a.agents) and bool(_strays(other, one) & b.agents)


def traits_of(one: Wording, other: Wording) -> Traits:
    """The traits of a pair."""
    a, b = one.sense, other.sense
    shared = a.terms.keys() & b.terms.keys()
    common = sum(min(a.terms[key], b.terms[key]) for key in shared)
    lesser, total = min(a.weight, b.weight), a.weight + b.weight
    days = abs((one.on - other.on).days) if one.on and other.on else 0
    return Traits(
        alike=2 * common / total if total else 0.0,
        within=common / lesser if lesser else 0.0,
        stray=float(bool(_strays(one, other))) + float(bool(_strays(other, one))),
        agents=float(bool(a.agents) and bool(b.agents) and not a.agents & b.agents),
        strong=float(min(3, sum(a.terms[key] >= TELLING for key in shared))),
        actor=float(bool(one.actor) and one.actor == other.actor),
        article=float(bool(one.article) and one.article == other.article),
        apart=math.log1p(days),
        rest=min(max(a.weight, b.weight) - common, 4.0),
    )


def _strays(one: Wording, other: Wording) -> frozenset[str]:
    """The names of one wording that the other neither names nor is said by."""
    strays = one.sense.names - other.sense.named
    return strays - {other.actor} if strays else strays


def keys_of(sense: Sense) -> list[str]:
    """The keys under which wordings of the same claim are looked for: pairs of what tells most in them.

    Two wordings that share no pair are never compared; a wording with a single term has that as its key.
    """
    terms = [key for key in sense.terms if key[0] != "@"]
    telling = sorted(terms, key=lambda key: (-sense.terms[key], key))[:5]
    names = [f"@{name}" for name in sorted(sense.names)][:4]
    pairs = ["|".join(sorted((one, other))) for i, one in enumerate(telling) for other in telling[i + 1 :]]
    pairs += [f"{name}|{key}" for name in names for key in telling]
    pairs += [f"{one}|{other}" for i, one in enumerate(names) for other in names[i + 1 :] if not telling]
    return sorted(set(pairs)) or telling or names
