"""Precision out of counts of judgements, with its uncertainty; pure arithmetic."""

from __future__ import annotations

import math
from typing import NamedTuple

#: Shares of fewer judged stances than this say nothing.
FEW = 5
#: The quantile of the normal distribution that leaves 2.5 % on either side.
Z = 1.959963984540054


class Interval(NamedTuple):
    """Where a share lies with 95 % confidence, from 0 to 1."""

    low: float
    high: float


class Share(NamedTuple):
    """A share and where it lies with 95 % confidence."""

    value: float
    interval: Interval

    @property
    def percent(self) -> int:
        """The share in whole percent."""
        return round(100 * self.value)

    @property
    def low(self) -> int:
        """Where it begins, in whole percent."""
        return round(100 * self.interval.low)

    @property
    def high(self) -> int:
        """Where it ends, in whole percent."""
        return round(100 * self.interval.high)


class Tally(NamedTuple):
    """How many of the machine's stances people accepted, corrected (found, but partly wrong) and rejected."""

    accepted: int = 0
    corrected: int = 0
    rejected: int = 0

    @property
    def judged(self) -> int:
        """How many were judged."""
        return self.accepted + self.corrected + self.rejected

    @property
    def is_enough(self) -> bool:
        """Whether so many were judged that a share means anything."""
        return self.judged >= FEW

    @property
    def strict(self) -> Share | None:
        """The share that was right in everything; None where too few were judged."""
        return share(self.accepted, self.judged) if self.is_enough else None

    @property
    def lenient(self) -> Share | None:
        """The share that was a stance at all, the corrected ones included; None where too few were judged."""
        return share(self.accepted + self.corrected, self.judged) if self.is_enough else None

    def plus(self, other: Tally) -> Tally:
        """Give both together."""
        return Tally(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def share(right: int, total: int) -> Share:
    """``right`` of ``total`` as a share with its interval; raises ``ValueError`` unless 0 <= right <= total > 0."""
    return Share(right / total if total else 0.0, wilson(right, total))


def wilson(right: int, total: int) -> Interval:
    """Wilson's score interval of a share, at 95 %: it holds for few and for shares near 0 and 1 as well.

    Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (JASA 22, 1927). Raises
    ``ValueError`` unless 0 <= right <= total and total > 0.
    """
    if not 0 <= right <= total or total == 0:
        raise ValueError(f"{right} of {total} is no share.")
    found = right / total
    middle = (found + Z * Z / (2 * total)) / (1 + Z * Z / total)
    reach = Z / (1 + Z * Z / total) * math.sqrt(found * (1 - found) / total + Z * Z / (4 * total * total))
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))
