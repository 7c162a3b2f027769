"""What the preview of an import shows: what would change, or what is wrong."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from import_export.results import RowResult

from claims.exchange.diff import Cell
from claims.exchange.problems import Problem, problems

#: Rows that a preview lists; a page of ten thousand would take a browser minutes.
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that would change: its number in the file, whether it is new, its name, and its cells that differ."""

    number: int
    is_new: bool
    name: str
    cells: list[Cell]


class Report:
    """What ``result`` of a dry run says, in the numbers and rows that a page shows."""

    def __init__(self, result: Any) -> None:
        found = problems(result)
        self.problems: list[Problem] = list(itertools.islice(found, MOST_SHOWN))
        self.more_problems = sum(1 for _ in found)
        self.new = result.totals[RowResult.IMPORT_TYPE_NEW]
        self.changed = result.totals[RowResult.IMPORT_TYPE_UPDATE]
        self.same = result.totals[RowResult.IMPORT_TYPE_SKIP]
        differ = (
            ChangedRow(number, row.is_new(), row.object_repr or "", row.diff)
            for number, row in enumerate(result.rows, 1)
            if row.is_new() or row.is_update()
        )
        self.rows = list(itertools.islice(differ, MOST_SHOWN))
        self.more_rows = max(0, self.new + self.changed - len(self.rows))
