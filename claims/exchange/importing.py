"""Imports files of any size, part by part, while people go on working.

One transaction over a large file would keep everybody else from saving. So the whole file is checked first, which
writes nothing, and only a file without a fault is written, in short transactions with pauses between them. Should one
of these be refused, because somebody changed the store meanwhile, those before it stay; imported again, the file goes
on where it stopped, since rows that are stored as the file has them are left alone.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tablib
from django.contrib.auth.models import User
from import_export.results import RowResult

from claims.exchange.formats import dataset_of
from claims.exchange.problems import Problem, problems
from claims.exchange.reading import READERS, Row, UnreadableFileError
from claims.exchange.seen import Seen
from claims.exchange.table_resource import TableResource

#: Rows that are checked at once, and rows that one transaction writes.
CHECKED_AT_ONCE: Final = 500
WRITTEN_AT_ONCE: Final = 50
#: SQLite lets one connection write at a time, and those that wait look only now and then whether it is their turn: the
#: pauses are long enough for that, and longer on a machine on which the transactions are.
PAUSE_SECONDS: Final = 0.02
PAUSE_SHARE: Final = 0.25


@dataclass(slots=True)
class Tally:
    """How many rows of a file are new, changed and as they are stored."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def add(self, result: Any) -> None:
        """Count the rows of ``result``."""
        self.new += result.totals[RowResult.IMPORT_TYPE_NEW]
        self.changed += result.totals[RowResult.IMPORT_TYPE_UPDATE]
        self.same += result.totals[RowResult.IMPORT_TYPE_SKIP]


class StoppedError(Exception):
    """A part of a file was refused after the whole had been found faultless; the parts before it are written."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file of rows for ``table``: where it is and how it is written, a key of ``READERS``.

    ``options`` are what the table is told besides: ``override`` for stances.
    """

    path: Path
    format: str
    table: type[TableResource]
    options: Mapping[str, Any]

    def count(self) -> int:
        """How many rows there are. Raises ``OSError`` and ``UnreadableFileError``."""
        number = sum(1 for _ in self.rows())
        if not number:
            raise UnreadableFileError("The file has no rows.")
        return number

    def rows(self) -> Iterator[Row]:
        """The rows. Raises ``OSError`` and ``UnreadableFileError``."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            yield from READERS[self.format](file)

    def check(self, *, user: User, report: Callable[[Problem], None], watch: Callable[[int], None]) -> Tally:
        """What importing the file as ``user`` would do; ``report`` is given each thing that is wrong.

        Nothing is written. ``watch`` is called with the number of rows checked. Raises ``PermissionDenied``, and what
        ``rows`` raises.
        """
        tally = Tally()
        for result, before, number in self._results(CHECKED_AT_ONCE, user=user, dry_run=True):
            for problem in problems(result, before):
                report(problem)
            tally.add(result)
            watch(number)
            if result.base_errors:
                # A column that is missing or unknown is so in every part.
                break
        return tally

    def write(self, *, user: User, watch: Callable[[int], None]) -> Tally:
        """Import the file, which ``check`` found faultless, as ``user``.

        Raises ``StoppedError`` where a part is refused, and what ``check`` raises.
        """
        tally = Tally()
        began = time.monotonic()
        for result, before, number in self._results(WRITTEN_AT_ONCE, user=user, dry_run=False):
            refused = next(problems(result, before), None)
            if refused is not None:
                raise StoppedError(str(refused))
            tally.add(result)
            watch(number)
            time.sleep(max(PAUSE_SECONDS, PAUSE_SHARE * (time.monotonic() - began)))
            began = time.monotonic()
        return tally

    def _results(self, at_once: int, *, user: User, dry_run: bool) -> Iterator[tuple[Any, int, int]]:
        """The result of each part, how many rows came before it, and how many it has."""
        before, seen = 0, Seen()
        try:
            for part in _parts(self.rows(), at_once):
                table = self.table(seen=seen, rows_before=before, **self.options)
                yield table.import_data(part, dry_run, user=user, file_name=self.path.name), before, part.height
                before += part.height
        finally:
            seen.close()


def _parts(rows: Iterator[Row], at_once: int) -> Iterator[tablib.Dataset]:
    while part := list(itertools.islice(rows, at_once)):
        yield dataset_of(part, at_once)
