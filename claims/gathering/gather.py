"""Wordings into claims: each goes to the claim of the wordings that it is most like, or makes a new one.

The index bounds the work for one wording, however many there are: it is compared with the latest wordings under each of
its keys.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from claims.gathering.likeness import keys_of, likeness
from claims.gathering.wordings import Wording

ClaimKey = TypeVar("ClaimKey", bound=Hashable)

#: From here on two wordings are one claim, and from here on people are asked.
SURE, UNSURE = 0.6, 0.25
#: So many wordings are looked at under one key, the latest first; of all these so many are compared, and so many of
#: one claim.
UNDER_KEY, COMPARED, OF_CLAIM = 40, 60, 12
#: How much the least alike wordings of a claim count beside the most alike one.
SHARE_OF_ALL = 0.3


@dataclass(frozen=True, slots=True)
class Likely(Generic[ClaimKey]):
    """A claim that a wording may belong to, with how likely that is and the wording of it that is most alike."""

    claim: ClaimKey
    score: float
    wording: Wording


def rank(wording: Wording, candidates: Iterable[tuple[ClaimKey, Wording]]) -> list[Likely[ClaimKey]]:
    """The claims of ``candidates`` that ``wording`` may belong to, the likeliest first.

    The wording that is most alike counts most, but all have a say: or else a chain of wordings, each a little unlike
    the one before, would lead from one claim to another.
    """
    scores: dict[ClaimKey, list[tuple[float, Wording]]] = defaultdict(list)
    for claim, other in candidates:
        if len(scores[claim]) < OF_CLAIM:
            scores[claim].append((likeness(wording, other), other))
    found = []
    for claim, each in scores.items():
        best, nearest = max(each, key=lambda pair: pair[0])
        mean = sum(score for score, _ in each) / len(each)
        found.append(Likely(claim, (1 - SHARE_OF_ALL) * best + SHARE_OF_ALL * mean, nearest))
    return sorted(found, key=lambda likely: -likely.score)


def nearest(found: Iterable[ClaimKey]) -> list[ClaimKey]:
    """Of what was ``found`` under the keys of a wording, what to compare it with: what has most of the keys."""
    return [each for each, _ in Counter(found).most_common(COMPARED)]


class Gatherer:
    """Gathers wordings in memory, in the order given, as an import does in the store."""

    def __init__(self) -> None:
        self._index: defaultdict[str, deque[int]] = defaultdict(lambda: deque(maxlen=UNDER_KEY))
        self._wordings: list[Wording] = []
        self._claims: list[int] = []
        self._same: dict[str, int] = {}
        self.suggestions: list[tuple[int, int, float]] = []
        self.claims = 0

    def add(self, wording: Wording) -> int:
        """The claim (a number from 0) that ``wording`` belongs to."""
        printed = scoped(wording)
        exact = self._same.get(printed)
        if exact is not None:
            return exact
        keys = keys_of(wording.sense)
        near = nearest(number for key in keys for number in reversed(self._index[key]))
        ranked = rank(wording, ((self._claims[number], self._wordings[number]) for number in near))
        if ranked and ranked[0].score >= SURE:
            claim = ranked[0].claim
        else:
            claim = self.claims
            self.claims += 1
            self.suggestions += [(claim, each.claim, each.score) for each in ranked[:3] if each.score >= UNSURE]
        for key in keys:
            self._index[key].append(len(self._wordings))
        self._wordings.append(wording)
        self._claims.append(claim)
        self._same[printed] = claim
        return claim


def scoped(wording: Wording) -> str:
    """The words by which a wording is known as the same again; one that says little only within its article."""
    text = wording.text.casefold()
    return f"{wording.article} {text}" if wording.sense.is_vague else text


def gather(wordings: Sequence[Wording]) -> list[int]:
    """The claim of each of ``wordings``, as a number."""
    gatherer = Gatherer()
    return [gatherer.add(wording) for wording in wordings]
