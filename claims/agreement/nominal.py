"""Percent agreement, Cohen's kappa and Krippendorff's alpha of values that are the same or not."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from claims.agreement.bootstrap import Floats, Weights, figures
from claims.agreement.figures import Figure, Nominal

Codes = npt.NDArray[np.int64]

#: In place of a value that a coder did not give.
MISSING = -1


def nominal(rows: Sequence[Sequence[Hashable | None]], *, seed: int = 0) -> Nominal:
    """The agreement of coders: a row for each unit, with the value that each coder gave it, None for none.

    - percent: the share of pairs of coders that gave the same value;
    - kappa: Cohen, "A Coefficient of Agreement for Nominal Scales" (1960), of each pair of coders. Of more than two the
      mean over the pairs is given, as Light proposed (1971);
    - alpha: Krippendorff, "Content Analysis" (2004), chapter 11, nominal, all coders together; values may be missing.

    Intervals by ``bootstrap.figures`` with ``seed``.
    """
    codes = _encoded([row for row in rows if sum(value is not None for value in row) > 1])
    if not codes.size:
        return Nominal(0, 0, 0, Figure(), Figure(), Figure())
    patterns, counts = np.unique(codes, axis=0, return_counts=True)
    couples = [_couple(patterns[:, [one, other]]) for one, other in itertools.combinations(range(codes.shape[1]), 2)]
    together = _together(patterns)

    def coefficients(weights: Weights) -> Floats:
        pairs = [_percent_and_kappa(couple, weights) for couple in couples]
        percent = _mean_defined(np.stack([each[0] for each in pairs]))
        kappa = _mean_defined(np.stack([each[1] for each in pairs]))
        return np.stack([percent, kappa, _alpha(together, weights)], axis=1)

    percent, kappa, alpha = figures(coefficients, counts, seed=seed)
    return Nominal(
        units=len(codes),
        pairs=int(sum(counts @ couple.both for couple in couples)),
        same=int(sum(counts @ couple.same for couple in couples)),
        percent=percent,
        kappa=kappa,
        alpha=alpha,
    )


class _Groups(NamedTuple):
    """Which pattern holds which value: ``patterns`` sorted by value, and where in them each value starts."""

    patterns: Codes
    starts: Codes

    def sums(self, weights: Weights) -> Floats:
        """For each sample, how often each value occurs."""
        return np.add.reduceat(weights[:, self.patterns], self.starts, axis=1).astype(np.float64)


class _Couple(NamedTuple):
    """Two coders: by pattern whether ``both`` gave a value and the ``same`` one, and who gave which."""

    both: Codes
    same: Codes
    first: _Groups
    second: _Groups
    #: Of each value that both used: its place among those of the first and of the second.
    shared: tuple[Codes, Codes]


class _Together(NamedTuple):
    """All coders: by pattern how many ``values`` it has and how much they ``differ``, and who gave which."""

    values: Codes
    differ: Floats
    groups: _Groups


def _encoded(rows: Sequence[Sequence[Hashable | None]]) -> Codes:
    numbers: dict[Hashable, int] = {}
    return np.array(
        [[MISSING if value is None else numbers.setdefault(value, len(numbers)) for value in row] for row in rows],
        dtype=np.int64,
    )


def _grouped(patterns: Codes, values: Codes) -> tuple[_Groups, Codes]:
    """The groups of ``patterns`` by the value that each holds, and the values in their order."""
    order = np.argsort(values, kind="stable")
    distinct, starts = np.unique(values[order], return_index=True)
    return _Groups(patterns[order], starts), distinct


def _couple(columns: Codes) -> _Couple:
    both = (columns != MISSING).all(axis=1)
    compared = np.flatnonzero(both)
    first, of_first = _grouped(compared, columns[compared, 0])
    second, of_second = _grouped(compared, columns[compared, 1])
    _, in_first, in_second = np.intersect1d(of_first, of_second, assume_unique=True, return_indices=True)
    same = both & (columns[:, 0] == columns[:, 1])
    return _Couple(both.astype(np.int64), same.astype(np.int64), first, second, (in_first, in_second))


def _percent_and_kappa(couple: _Couple, weights: Weights) -> tuple[Floats, Floats]:
    both = (weights @ couple.both).astype(np.float64)
    if not couple.both.any():
        nothing = np.full(len(weights), np.nan)
        return nothing, nothing
    observed = _divided(weights @ couple.same, both)
    in_first, in_second = couple.shared
    by_chance = (couple.first.sums(weights)[:, in_first] * couple.second.sums(weights)[:, in_second]).sum(axis=1)
    expected = _divided(by_chance, both * both)
    return observed, _divided(observed - expected, 1 - expected)


def _together(patterns: Codes) -> _Together:
    given = patterns != MISSING
    values = given.sum(axis=1)
    same = sum(
        (given[:, one] & given[:, other] & (patterns[:, one] == patterns[:, other])).astype(np.int64) * 2
        for one, other in itertools.combinations(range(patterns.shape[1]), 2)
    )
    differ = (values * (values - 1) - same) / (values - 1)
    rows, columns = np.nonzero(given)
    groups, _ = _grouped(rows, patterns[rows, columns])
    return _Together(values, differ, groups)


def _alpha(together: _Together, weights: Weights) -> Floats:
    """1 - observed over expected disagreement, both from counts: no matrix of values by values is needed."""
    values = (weights @ together.values).astype(np.float64)
    by_chance = values * values - (together.groups.sums(weights) ** 2).sum(axis=1)
    return 1 - _divided((values - 1) * (weights @ together.differ), by_chance)


def _divided(one: npt.NDArray[np.generic], other: Floats) -> Floats:
    """``one`` over ``other``; NaN where ``other`` is 0, or as good as 0."""
    result = np.full(other.shape, np.nan)
    np.divide(one, other, out=result, where=np.abs(other) > 1e-12)
    return result


def _mean_defined(values: Floats) -> Floats:
    """The mean of each column over what is no NaN; NaN where all are."""
    defined = ~np.isnan(values)
    return _divided(np.where(defined, values, 0.0).sum(axis=0), defined.sum(axis=0).astype(np.float64))
