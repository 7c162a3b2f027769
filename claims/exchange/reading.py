"""Reads the files that come in, row by row: of a file of any size there is one row in memory at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from claims.exchange.guard import restored

Row = dict[str, Any]

#: Characters that are read at once.
CHUNK = 64 * 1024
#: The longest row of JSON, in characters: without an end, a file would be read whole in search of one.
LONGEST = 16 * 1024 * 1024


class UnreadableFileError(ValueError):
    """The file is no table, with the reason in words and the row where there is one."""


def csv_rows(file: TextIO) -> Iterator[Row]:
    """The rows of a CSV file (opened with ``newline=""``), by the columns of its header, as they were before they
    were guarded against formulas. Empty lines count for nothing.

    Raises ``UnreadableFileError``.
    """
    lines = csv.reader(file, strict=True)
    header: list[str] = []
    number = 0
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableFileError(f"{_where(number + 1)} is no CSV: {error}.") from error
        except UnicodeDecodeError as error:
            raise UnreadableFileError("The file is not encoded in UTF-8.") from error
        if not cells:
            continue
        if not header:
            header = _header(cells)
            continue
        number += 1
        if len(cells) != len(header):
            raise UnreadableFileError(f"Row {number} has {len(cells)} cells, the header has {len(header)}.")
        yield dict(zip(header, map(restored, cells), strict=True))


def json_rows(file: TextIO) -> Iterator[Row]:
    """The rows of a JSON file: a list of objects, or JSON Lines, an object a line; null is an empty cell.

    Raises ``UnreadableFileError``, also where an object has other names than the first.
    """
    names: set[str] = set()
    try:
        for number, row in enumerate(_Objects(file), 1):
            names = names or set(row)
            if set(row) != names:
                odd = ", ".join(sorted(names ^ set(row)))
                raise UnreadableFileError(f"Row {number} has other columns than the first row: {odd}.")
            yield {name: "" if cell is None else cell for name, cell in row.items()}
    except UnicodeDecodeError as error:
        raise UnreadableFileError("The file is not encoded in UTF-8.") from error


READERS: dict[str, Callable[[TextIO], Iterator[Row]]] = {"csv": csv_rows, "json": json_rows, "jsonl": json_rows}


class _Objects:
    """The objects of a JSON text one after the other."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._number = 0
        self._decoder = json.JSONDecoder(parse_constant=_no_number)

    def __iter__(self) -> Iterator[Row]:
        if self._next() != "[":
            while self._next():
                yield self._object()
            return
        self._at += 1
        if self._next() != "]":
            yield self._object()
            while self._next() == ",":
                self._at += 1
                yield self._object()
        if self._next() != "]":
            raise UnreadableFileError(f"The list of JSON breaks off after row {self._number}.")
        self._at += 1
        if self._next():
            raise UnreadableFileError("Something follows the list of JSON.")

    def _object(self) -> Row:
        """The object that begins here. Raises ``UnreadableFileError``."""
        self._number += 1
        if self._next() != "{":
            raise UnreadableFileError(f"Row {self._number} is no JSON object.")
        while True:
            try:
                row, self._at = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > LONGEST or not self._more():
                    raise UnreadableFileError(f"Row {self._number} is no JSON object: {error.msg}.") from error
            except (ValueError, RecursionError) as error:
                raise UnreadableFileError(f"Row {self._number} is no row of a table: {error}.") from error
            else:
                return dict(row)

    def _next(self) -> str:
        """The next character that is no white space, without taking it; "" at the end."""
        while True:
            while self._at < len(self._text):
                if not self._text[self._at].isspace():
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Read on; whether there was anything."""
        # As much again as is waiting: a long object is then not scanned over and over.
        more = self._file.read(max(CHUNK, len(self._text) - self._at))
        self._text, self._at = self._text[self._at :] + more, 0
        return bool(more)


def _header(cells: list[str]) -> list[str]:
    twice = {cell for cell in cells if cells.count(cell) > 1}
    if twice:
        raise UnreadableFileError(f"The header has the column {min(twice)!r} twice.")
    return [restored(cell) for cell in cells]


def _where(number: int) -> str:
    return f"Row {number}" if number else "The header"


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")
