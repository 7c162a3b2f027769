"""What is wrong with the rows of an import, by row and column, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS

#: Characters of a value that are shown.
SHOWN = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: in which row (from 1, the header not counted) and column, None and "" where in neither,
    which value it has there, and why that can't be imported."""

    row: int | None
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        place = [f"row {self.row:,}"] if self.row is not None else []
        place += [f"column {self.column}"] if self.column else []
        return f"{', '.join(place) or 'the file'}: {self.message}"


def problems(result: Any, rows_before: int = 0) -> Iterator[Problem]:
    """What ``result`` of an import found wrong, by row; ``rows_before`` is how many rows came in earlier parts."""
    for error in result.base_errors:
        yield Problem(rows_before + error.number if error.number else None, "", "", _words(error.error))
    wrong = [(row.number, row) for row in result.error_rows] + [(row.number, row) for row in result.invalid_rows]
    for number, row in sorted(wrong, key=lambda each: each[0]):
        if hasattr(row, "errors"):
            for error in row.errors:
                yield Problem(rows_before + number, "", "", _words(error.error))
            continue
        values = dict(zip(result.diff_headers, row.values, strict=True))
        for column, messages in row.error_dict.items():
            for message in messages:
                known = column != NON_FIELD_ERRORS
                value = _short(values.get(column, "")) if known else ""
                yield Problem(rows_before + number, column if known else "", value, str(message))


def _words(error: Any) -> str:
    messages = getattr(error, "messages", None)
    return " ".join(messages) if messages else " ".join(str(error).split()) or type(error).__name__


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
