"""What an import would change, cell by cell, for its preview."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from import_export.fields import Field


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that an import changes: its column, and its text before and after."""

    column: str
    before: str
    after: str


def differences(fields: Iterable[Field], before: Any, after: Any, *, is_new: bool) -> list[Cell]:
    """The cells of ``fields`` in which the row ``after`` differs from ``before``; a new one in every cell it fills."""
    cells = []
    for field in fields:
        if is_new:
            left, right = "", _text(field.export(after))
        elif field.get_value(before) == field.get_value(after):
            continue
        else:
            left, right = _text(field.export(before)), _text(field.export(after))
        if left != right:
            cells.append(Cell(field.column_name, left, right))
    return cells


def _text(value: Any) -> str:
    return "" if value is None else str(value)
