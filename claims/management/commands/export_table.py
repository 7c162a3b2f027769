"""``manage.py export_table``: a whole table as the admin exports it, to be imported again."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import CommandError

from claims.exchange.resources import TABLES
from claims.exchange.streams import LINES, TooManyRowsForSheetError, table, xlsx_file
from claims.management.documented import DocumentedCommand
from claims.management.replacing import replacing

XLSX: Final = "xlsx"


class Command(DocumentedCommand):
    """The export of the admin, for whole tables."""

    help = (
        "Write a table of actors, aliases, roles, topics, claims or stances with the columns of the admin's export; "
        "import_table and the admin read it again without a difference. For stances to analyse, see export_stances."
    )
    examples = ("actors --output actors.csv", "stances --output stances.json", "topics --output topics.xlsx")
    exit_codes = {
        0: "the file is complete",
        1: "the file can't be written; one that was there before is left as it was",
        2: "an option is wrong",
    }

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What and where to."""
        formats = [*sorted(LINES), XLSX]
        parser.add_argument("table", choices=list(TABLES), help="which table")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="file to write")
        parser.add_argument("--format", choices=formats, help="default: by the ending of the file's name")

    def handle(self, *, table: str, output: Path, format: str | None, **options: Any) -> None:
        """Stream the rows."""
        format = format or output.suffix.removeprefix(".").lower()
        if format not in (*LINES, XLSX):
            raise CommandError(f"{output} is no CSV, JSON or XLSX by its name; say which with --format.", returncode=2)
        try:
            self._write(table, output, format)
        except (OSError, TooManyRowsForSheetError) as error:
            raise CommandError(f"{output} can't be written: {error}") from error

    def _write(self, name: str, output: Path, format: str) -> None:
        resource = TABLES[name]()
        cells = table(resource, resource.get_queryset().order_by("pk"))
        if format != XLSX:
            with replacing(output) as file:
                file.writelines(LINES[format](cells))
            return
        with xlsx_file(cells) as sheet, replacing(output, binary=True) as file:
            shutil.copyfileobj(sheet, file)
