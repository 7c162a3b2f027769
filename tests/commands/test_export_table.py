"""``manage.py export_table``: whole tables, as the admin writes them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.exchange.resources import TABLES
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", list(TABLES))
@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_every_table_is_written_in_every_format(table: str, ending: str, tmp_path: Path) -> None:
    make.alias()
    make.role()
    stance = make.stance()
    make.chain_link(stance=stance)
    stance.claim.topics.add(make.topic())  # type: ignore[union-attr]
    path = tmp_path / f"rows.{ending}"
    call_command("export_table", table, f"--output={path}")
    number = TABLES[table]._meta.model._default_manager.count()
    rows: list[list[Any]]
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    elif ending == "json":
        found = json.loads(path.read_text(encoding="utf-8"))
        rows = [list(found[0]), *(list(row.values()) for row in found)]
    else:
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert rows[0] == [field.column_name for field in TABLES[table]().get_export_fields()]
    assert len(rows) == number + 1


def test_wholes_come_before_their_parts(tmp_path: Path) -> None:
    names = ["a part of a part", "a part", "a whole"]
    whole = None
    rows = {name: make.actor(name=name) for name in names}
    for name in reversed(names):
        rows[name].part_of = whole
        rows[name].save()
        whole = rows[name]
    path = tmp_path / "rows.json"
    call_command("export_table", "actors", f"--output={path}")
    assert [row["name"] for row in json.loads(path.read_text(encoding="utf-8"))] == list(reversed(names))


def test_a_file_that_is_there_stays_if_the_new_one_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.xlsx"
    path.write_text("old")
    make.actor()
    make.actor(name="Ukraine")
    monkeypatch.setattr("claims.exchange.streams.MOST_XLSX_ROWS", 1)
    with pytest.raises(CommandError, match="XLSX takes no more than 1 rows") as caught:
        call_command("export_table", "actors", f"--output={path}")
    assert caught.value.returncode == 1
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("rows.xlsx", "old")]


@pytest.mark.postgresql
def test_a_failed_export_leaves_no_cursor_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make.actor()
    make.actor(name="Ukraine")
    monkeypatch.setattr("claims.exchange.streams.MOST_XLSX_ROWS", 1)
    # The error holds on to all that was going on.
    with pytest.raises(CommandError, match="XLSX takes no more") as caught:
        call_command("export_table", "actors", f"--output={tmp_path / 'rows.xlsx'}")
    assert caught.value.__cause__ is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_cursors")
        assert cursor.fetchall() == []


def test_a_format_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("export_table", "actors", f"--output={tmp_path / 'rows.txt'}")
    assert caught.value.returncode == 2
