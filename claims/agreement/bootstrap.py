"""Confidence intervals by resampling units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from claims.agreement.figures import Figure

Floats = npt.NDArray[np.float64]
Weights = npt.NDArray[np.int64]

#: Samples that an interval is read off, and how many of them are held at a time.
SAMPLES: Final = 1_000
AT_ONCE: Final = 100
PERCENTILES: Final = (2.5, 97.5)


def figures(coefficients: Callable[[Weights], Floats], counts: Weights, *, seed: int) -> list[Figure]:
    """Each coefficient with its interval.

    ``counts`` says how many units show each of the patterns that there are. ``coefficients`` takes samples, each a row
    of such counts, and gives a row of coefficients for each, NaN where one is not defined. The intervals are those of
    the percentile bootstrap over units (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13; for
    alpha proposed by Hayes and Krippendorff, "Answering the Call for a Standard Reliability Measure for Coding Data",
    2007): as many units as there are are drawn from them with replacement. The same ``seed`` gives the same intervals.
    """
    found = coefficients(counts[np.newaxis, :])[0]
    drawn = np.vstack([coefficients(sample) for sample in _samples(counts, seed)])
    return [_figure(float(value), drawn[:, column]) for column, value in enumerate(found)]


def _samples(counts: Weights, seed: int) -> Iterator[Weights]:
    """Drawing units with replacement is drawing from their patterns by how frequent each is."""
    generator = np.random.default_rng(seed)
    units = int(counts.sum())
    for _ in range(SAMPLES // AT_ONCE):
        yield generator.multinomial(units, counts / units, size=AT_ONCE)


def _figure(value: float, drawn: Floats) -> Figure:
    if np.isnan(value):
        return Figure()
    defined = drawn[~np.isnan(drawn)]
    if len(defined) <= len(drawn) / 2:
        return Figure(value)
    low, high = np.percentile(defined, PERCENTILES)
    return Figure(value, float(low), float(high))
