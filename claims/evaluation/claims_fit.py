"""Pairs of marked wordings, from which the weights of their likeness are fitted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from spacy.language import Language

from claims.evaluation.claims import Marked, wordings_of
from claims.extraction.actors import Registry
from claims.extraction.confidence import BASE
from claims.gathering.likeness import contradict, keys_of, traits_of


def judged_pairs(
    marked: Sequence[Marked], nlp: Language, registry: Registry
) -> Iterator[tuple[dict[str, float], bool]]:
    """The traits of each pair of ``marked`` that gathering would weigh, and whether the two are of one claim.

    Those are the pairs that share a key, are not worded alike and don't contradict each other.
    """
    wordings = list(wordings_of(marked, nlp, registry))
    under: defaultdict[str, list[int]] = defaultdict(list)
    for place, wording in enumerate(wordings):
        for key in keys_of(wording.sense):
            under[key].append(place)
    for one, other in sorted({pair for places in under.values() for pair in combinations(places, 2)}):
        first, second = wordings[one], wordings[other]
        if first.text.casefold() != second.text.casefold() and not contradict(first, second):
            traits = {**traits_of(first, second)._asdict(), BASE: 1.0}
            yield traits, marked[one].claim == marked[other].claim
