"""The figures that come of comparing coders, and when they mean anything."""

from __future__ import annotations

from typing import Final, NamedTuple

#: Figures of fewer units than this say nothing.
FEW: Final = 10


class Figure(NamedTuple):
    """A coefficient and where the true one lies with 95 % confidence.

    ``value`` is None where the coefficient is not defined, as kappa is where everybody always gave the same value; the
    interval is None where it is not defined for most of the samples that it is drawn from.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None


class Nominal(NamedTuple):
    """The agreement of coders on values that are the same or not.

    ``units`` counts those with at least two values, ``pairs`` the pairs of values compared in them and ``same`` those
    that are the same. ``percent`` and ``kappa`` are means over the pairs of coders, as shares of 1.
    """

    units: int
    pairs: int
    same: int
    percent: Figure
    kappa: Figure
    alpha: Figure

    @property
    def is_enough(self) -> bool:
        """Whether there are so many units that the figures mean anything."""
        return self.units >= FEW


class Spans(NamedTuple):
    """The agreement of coders on stretches of text; counted as in ``Nominal``.

    ``exact`` is the share of pairs that have the same first and last character, ``overlap`` the mean share of
    characters that a pair has in common (F1). Both are means over the pairs of coders.
    """

    units: int
    pairs: int
    same: int
    exact: Figure
    overlap: Figure

    @property
    def is_enough(self) -> bool:
        """Whether there are so many units that the figures mean anything."""
        return self.units >= FEW
