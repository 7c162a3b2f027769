"""How far coders agree on stretches of text."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

import numpy as np

from claims.agreement.bootstrap import Floats, Weights, figures
from claims.agreement.figures import Figure, Spans

#: A coder found that the text has no such words, which is not the same as not having looked.
NOWHERE: Final = (0, 0)
#: In place of the likeness of a pair of which one coder gave no value.
UNKNOWN: Final = -1.0

Span = tuple[int, int]


def spans(rows: Sequence[Sequence[Span | None]], *, seed: int = 0) -> Spans:
    """The agreement of coders: a row for each unit, with the offsets that each coder gave, None for no value.

    Who says that there are no such words gives ``NOWHERE``: two of those are the same, and one of them has nothing in
    common with any words. Overlap is the F1 over characters, the measure for marks without a fixed set of values to
    agree on by chance (Hripcsak and Rothschild, "Agreement, the F-Measure, and Reliability in Information Retrieval",
    2005); no coefficient that takes chance into account is given. Intervals by ``bootstrap.figures`` with ``seed``.
    """
    coders = range(max(map(len, rows), default=0))
    couples = list(itertools.combinations(coders, 2))
    compared = [
        [_likeness(row[one], row[other]) for one, other in couples]
        for row in rows
        if sum(span is not None for span in row) > 1
    ]
    if not compared:
        return Spans(0, 0, 0, Figure(), Figure())
    patterns, counts = np.unique(np.array(compared, dtype=np.float64), axis=0, return_counts=True)
    given = (patterns != UNKNOWN).astype(np.float64)
    same = (patterns == 1.0).astype(np.float64)
    overlaps = patterns * given

    def coefficients(weights: Weights) -> Floats:
        number: Floats = weights @ given
        means = [_mean_of_pairs(weights @ each, number) for each in (same, overlaps)]
        return np.stack(means, axis=1)

    exact, overlap = figures(coefficients, counts, seed=seed)
    return Spans(len(compared), int((counts @ given).sum()), int((counts @ same).sum()), exact, overlap)


def _likeness(one: Span | None, other: Span | None) -> float:
    if one is None or other is None:
        return UNKNOWN
    if one == other:
        return 1.0
    common = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return 2 * common / (one[1] - one[0] + other[1] - other[0])


def _mean_of_pairs(sums: Floats, number: Floats) -> Floats:
    """The mean over pairs of coders of what each has on average; pairs that share no unit are left out."""
    shares = np.divide(sums, number, out=np.zeros(sums.shape, dtype=np.float64), where=number > 0)
    pairs = (number > 0).sum(axis=1)
    means: Floats = np.divide(shares.sum(axis=1), pairs, out=np.full(len(pairs), np.nan), where=pairs > 0)
    return means
