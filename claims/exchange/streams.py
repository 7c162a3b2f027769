"""The tables of import and export written while they are read: a large file needs no more memory than a small one."""

from __future__ import annotations

import csv
import datetime as dt
import json
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import IO, Any

from django.db.models import QuerySet
from openpyxl import Workbook

from claims.exchange.guard import guarded
from claims.exchange.xml import NOT_XML

ROWS_AT_ONCE = 500
#: Rows that a sheet of XLSX has, less one for its header.
MOST_XLSX_ROWS = 1_048_575
#: What stands in XLSX for a character that the format has no way to write.
REPLACEMENT = "\ufffd"


class TooManyRowsForSheetError(ValueError):
    """There are more rows than a sheet of XLSX takes."""


def table(resource: Any, rows: QuerySet[Any]) -> Generator[list[Any], None, None]:
    """The header of ``resource`` and then one list of cells for each of ``rows``, in their order; nothing is kept."""
    fields = resource.get_export_fields()
    yield [field.column_name for field in fields]
    narrowed = getattr(resource, "for_export", None)
    for row in (narrowed(rows) if narrowed else rows).iterator(chunk_size=ROWS_AT_ONCE):
        yield [resource.export_field(field, row, force_native_type=True) for field in fields]


def csv_lines(cells: Iterator[list[Any]]) -> Iterator[str]:
    """``cells`` as lines of a CSV file (RFC 4180); texts are guarded against formulas, lists are JSON."""
    writer = csv.writer(Echo())
    for row in cells:
        yield writer.writerow([guarded(_plain(cell)) for cell in row])


def json_lines(cells: Iterator[list[Any]]) -> Iterator[str]:
    """``cells`` as one JSON list of objects, each on a line of its own; texts exactly as they are stored."""
    header = next(cells)
    before = "["
    for row in cells:
        named = {name: _day(cell) for name, cell in zip(header, row, strict=True)}
        yield f"{before}{json.dumps(named, ensure_ascii=False)}"
        before = ",\n"
    yield "[]" if before == "[" else "]"


def xlsx_file(
    cells: Generator[list[Any], None, None], *, title: str | None = None, about: Iterable[Sequence[Any]] = ()
) -> IO[bytes]:
    """``cells`` as XLSX in a file that is gone when it is closed; texts are guarded against formulas.

    ``title`` names their sheet. Rows that tell what the file is stand on a second one, ``about``, where there are any.

    Raises ``TooManyRowsForSheetError``.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    # Otherwise a failure leaves behind the draft of the sheet in the system's folder for temporary files, and the
    # cursor of the rows, which PostgreSQL is asked to close at some later time, in the middle of anything.
    with closing(sheet), closing(cells):
        for number, row in enumerate(cells):
            if number > MOST_XLSX_ROWS:
                raise TooManyRowsForSheetError(
                    f"XLSX takes no more than {MOST_XLSX_ROWS:,} rows. Filter the list, or take CSV or JSON."
                )
            sheet.append([_xlsx_cell(cell) for cell in row])
    if about := list(about):
        beside = book.create_sheet("About")
        for told in about:
            beside.append([_xlsx_cell(cell) for cell in told])
        beside.close()
    file = tempfile.TemporaryFile()  # noqa: SIM115
    book.save(file)
    file.seek(0)
    return file


LINES: dict[str, Callable[[Iterator[list[Any]]], Iterator[str]]] = {"csv": csv_lines, "json": json_lines}


class Echo:
    """What a CSV writer takes for a file: hands each row back instead of keeping it."""

    def write(self, row: str) -> str:
        """``row``, as it came."""
        return row


def _day(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _plain(cell: object) -> object:
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else _day(cell)


def _xlsx_cell(cell: object) -> Any:
    if isinstance(cell, str | list):
        return NOT_XML.sub(REPLACEMENT, guarded(_plain(cell)))
    return cell
