"""The file formats of import and export in the admin; what is written is in ``streams``, what is read in ``reading``.

Formulas are defused on the way out and restored on the way in. XLSX goes out only: a file of two kilobytes can keep its
reader busy for minutes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import tablib
from import_export.formats import base_formats

from claims.exchange.reading import Row, UnreadableFileError, csv_rows, json_rows

#: A preview is looked at by somebody who waits for it.
MOST_ROWS = 10_000


class TooManyRowsError(UnreadableFileError):
    """The file has more rows than one import takes."""


class GuardedCSV(base_formats.CSV):
    """CSV whose texts no spreadsheet takes for formulas."""

    def get_title(self) -> str:
        """The name by which people choose it."""
        return "CSV"

    def create_dataset(self, in_stream: str, **kwargs: Any) -> tablib.Dataset:
        """The rows of a CSV file as they were before they were guarded.

        Raises ``UnreadableFileError``, ``TooManyRowsError`` among them.
        """
        return dataset_of(csv_rows(io.StringIO(in_stream, newline="")))


class GuardedXLSX(base_formats.XLSX):
    """XLSX whose texts no spreadsheet takes for formulas; it can't be imported."""

    def get_title(self) -> str:
        """The name by which people choose it."""
        return "XLSX"

    def can_import(self) -> bool:
        """Never."""
        return False


class PlainJSON(base_formats.JSON):
    """JSON: for machines, so texts are exactly as they are stored."""

    def get_title(self) -> str:
        """The name by which people choose it."""
        return "JSON"

    def create_dataset(self, in_stream: str, **kwargs: Any) -> tablib.Dataset:
        """The rows of a JSON file. Raises ``UnreadableFileError``, ``TooManyRowsError`` among them."""
        return dataset_of(json_rows(io.StringIO(in_stream, newline="")))


IMPORT_FORMATS = (GuardedCSV, PlainJSON)
EXPORT_FORMATS = (GuardedCSV, GuardedXLSX, PlainJSON)


def dataset_of(rows: Iterable[Row], most: int | None = None) -> tablib.Dataset:
    """``rows``, which all have the same columns, as the library takes them.

    Raises ``TooManyRowsError`` where there are more than ``most`` (``MOST_ROWS``), and what reading them raises.
    """
    most = MOST_ROWS if most is None else most
    dataset = tablib.Dataset()
    for number, row in enumerate(rows):
        if number == most:
            raise TooManyRowsError(
                f"The file has more than {most:,} rows. Import it in parts, or ask an administrator for "
                "manage.py import_table, which takes any number."
            )
        dataset.headers = dataset.headers or list(row)
        dataset.append([row[column] for column in dataset.headers])
    return dataset
