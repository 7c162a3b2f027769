"""The file formats of import and export in the admin; what is written is in ``streams``.

Formulas are defused on the way out and restored on the way in. XLSX goes out only: a file of two kilobytes can keep its
reader busy for minutes.
"""

from __future__ import annotations

from typing import Any

import tablib
from import_export.formats import base_formats

from claims.exchange.guard import restored

#: A preview is a whole import in one transaction, so it must stay short.
MOST_ROWS = 10_000


class TooManyRowsError(ValueError):
    """The file has more rows than one import takes."""


class GuardedCSV(base_formats.CSV):
    """CSV whose texts no spreadsheet takes for formulas."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> tablib.Dataset:
        """The rows of a CSV file as they were before they were guarded. Raises ``TooManyRowsError``."""
        dataset = super().create_dataset(in_stream, **kwargs)
        _require_few_rows(dataset)
        return _changed(dataset, lambda cell: restored(cell) if isinstance(cell, str) else cell)


class GuardedXLSX(base_formats.XLSX):
    """XLSX whose texts no spreadsheet takes for formulas; it can't be imported."""

    def can_import(self) -> bool:
        """Never."""
        return False


class PlainJSON(base_formats.JSON):
    """JSON: for machines, so texts are exactly as they are stored."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> tablib.Dataset:
        """The rows of a JSON file. Raises ``TooManyRowsError``."""
        dataset = super().create_dataset(in_stream, **kwargs)
        _require_few_rows(dataset)
        return dataset


IMPORT_FORMATS = (GuardedCSV, PlainJSON)
EXPORT_FORMATS = (GuardedCSV, GuardedXLSX, PlainJSON)


def _require_few_rows(dataset: tablib.Dataset) -> None:
    if dataset.height > MOST_ROWS:
        raise TooManyRowsError(f"The file has more than {MOST_ROWS:,} rows. Import it in parts.")


def _changed(dataset: tablib.Dataset, change: Any) -> tablib.Dataset:
    changed = tablib.Dataset(headers=dataset.headers)
    for row in dataset:
        changed.append([change(cell) for cell in row])
    return changed
