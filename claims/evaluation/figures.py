"""Precision, recall and F1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict


class Figure(TypedDict):
    """Precision, recall and F1, between 0 and 1, rounded."""

    precision: float
    recall: float
    f1: float


@dataclass(slots=True)
class Tally:
    """What was found and what was wanted, and how much of each is right: a count, or a sum of shares."""

    right_found: float = 0.0
    found: int = 0
    right_wanted: float = 0.0
    wanted: int = 0

    def add(self, right: int, found: int, wanted: int) -> None:
        """Count what was compared one to one, so that as much is right of the found as of the wanted."""
        self.right_found += right
        self.right_wanted += right
        self.found += found
        self.wanted += wanted

    def figure(self, digits: int = 3) -> Figure:
        """The figures, with so many digits behind the point; what has nothing to count is 0."""
        precision = self.right_found / self.found if self.found else 0.0
        recall = self.right_wanted / self.wanted if self.wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"precision": round(precision, digits), "recall": round(recall, digits), "f1": round(f1, digits)}
