"""Whether confidence means what it says: of the stances given 0.9, about nine in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

BANDS = 10


class Band(NamedTuple):
    """The stances with a confidence in ``[low, high)``, the highest band with 1.

    ``stances`` is how many there are, ``confidence`` their mean confidence, ``right`` the share of them that is right.
    """

    low: float
    high: float
    stances: int
    confidence: float
    right: float


def reliability(judged: Iterable[tuple[float, bool]]) -> list[Band]:
    """The bands that hold any stance, from the lowest, out of confidences and whether each stance is right."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        # Floating-point numbers put 0.7 * 10 a hair above 7 and 0.29 * 100 below 29.
        groups.setdefault(min(int(round(confidence * BANDS, 6)), BANDS - 1), []).append((confidence, right))
    return [
        Band(
            index / BANDS,
            (index + 1) / BANDS,
            len(group),
            sum(confidence for confidence, _ in group) / len(group),
            sum(right for _, right in group) / len(group),
        )
        for index, group in sorted(groups.items())
    ]


def calibration_error(bands: Sequence[Band]) -> float:
    """The expected calibration error: how far confidence and share right lie apart, by band, weighted by their number.

    Guo et al., "On Calibration of Modern Neural Networks" (ICML 2017). 0 where there is no stance.
    """
    total = sum(band.stances for band in bands)
    return sum(band.stances * abs(band.confidence - band.right) for band in bands) / total if total else 0.0
