"""``manage.py import_table``: the admin's import for files of any size, beside people who go on working."""

from __future__ import annotations

import gc
import io
import json
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from claims.exchange import importing
from claims.exchange.importing import TableFile
from claims.exchange.resources import TABLES
from claims.models import Actor, Judgement, Stance
from tests import factories as make
from tests.ingest.stores import share

Write = Callable[[list[dict[str, Any]]], Path]


@pytest.fixture
def write(tmp_path: Path, db: None) -> Write:
    """Writes rows to a file of JSON Lines."""

    def written(rows: list[dict[str, Any]], name: str = "rows.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        return path

    return written


def run(table: str, path: Path, *options: str, user: str = "leo") -> tuple[str, str]:
    """What the command prints on standard output and on standard error."""
    make.person(user)
    out, err = io.StringIO(), io.StringIO()
    call_command("import_table", table, str(path), f"--user={user}", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(table: str, path: Path, *options: str, user: str = "leo") -> tuple[int, str, str]:
    """The exit status of a command that fails, why, and what it printed on standard error."""
    make.person(user)
    err = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_table", table, str(path), f"--user={user}", *options, stdout=io.StringIO(), stderr=err)
    return caught.value.returncode, str(caught.value), err.getvalue()


def actors(number: int, start: int = 0) -> list[dict[str, Any]]:
    return [{"slug": f"a{each}", "name": f"Actor {each}", "kind": "person"} for each in range(start, start + number)]


def exported(stance: Stance, tmp_path: Path, **changes: Any) -> Path:
    path = tmp_path / "stances.json"
    call_command("export_table", "stances", f"--output={path}", stdout=io.StringIO())
    [row] = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([{**row, **changes}]), encoding="utf-8")
    return path


def test_rows_are_added_changed_and_left_as_they_are(write: Write) -> None:
    make.actor()
    make.actor(name="A1", slug="a1", kind="person")
    path = write([{"slug": "russia", "name": "Russia", "kind": "state"}, *actors(2)])
    out, _ = run("actors", path)
    assert out == "1 rows were added, 1 changed; 1 are stored as the file has them.\n"
    assert sorted(Actor.objects.values_list("name", "curated")) == [
        ("Actor 0", True),
        ("Actor 1", True),
        ("Russia", False),
    ]
    entry = LogEntry.objects.get(object_repr="Actor 0")
    assert (entry.user.username, entry.change_message) == ("leo", "Imported from rows.jsonl.")
    assert run("actors", path)[0] == "0 rows were added, 0 changed; 3 are stored as the file has them.\n"


def test_a_dry_run_says_what_would_change_and_writes_nothing(write: Write) -> None:
    out, _ = run("actors", write(actors(3)), "--dry-run")
    assert out.startswith("Nothing was written. 3 rows would be added, 0 changed;")
    assert not Actor.objects.exists()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "txt"])
def test_the_name_of_a_file_tells_its_format(ending: str, tmp_path: Path, db: None) -> None:
    path = tmp_path / f"rows.{ending}"
    row = '{"slug": "a", "name": "A"}'
    path.write_text({"json": f"[{row}]", "jsonl": row}.get(ending, "slug,name\r\na,A\r\n"))
    if ending == "txt":
        assert refused("actors", path)[0] == 2
        run("actors", path, "--format=csv")
    else:
        run("actors", path)
    assert Actor.objects.get().name == "A"


def test_each_wrong_row_is_named_with_its_column_and_nothing_is_written(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHECKED_AT_ONCE", 2)
    rows = [*actors(3), {"slug": "x", "name": "X", "kind": "planet"}, {"slug": "a 1", "name": "", "kind": ""}]
    status, why, errors = refused("actors", write(rows))
    assert (status, why) == (1, "3 things are wrong; nothing was written.")
    assert "row 4, column kind: Value 'planet' is not a valid choice." in errors
    assert "row 5, column name: This field cannot be blank." in errors
    assert "row 5, column slug: Enter a valid “slug”" in errors
    assert not Actor.objects.exists()


def test_of_many_wrong_rows_the_first_are_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.management.commands.import_table.MOST_SHOWN", 2)
    _, why, errors = refused("actors", write([{"slug": f"a{number}", "name": ""} for number in range(5)]))
    assert why == "5 things are wrong; nothing was written. 3 more are not shown."
    assert len(errors.splitlines()) == 2


def test_a_key_that_comes_twice_is_found_however_far_apart(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHECKED_AT_ONCE", 2)
    rows = [*actors(5), {"slug": "a0", "name": "Other", "kind": ""}]
    assert "row 6, column slug: Row 1 has the same slug." in refused("actors", write(rows))[2]


def test_parts_follow_wholes_however_far_apart(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHECKED_AT_ONCE", 1)
    monkeypatch.setattr(importing, "WRITTEN_AT_ONCE", 1)
    whole = {"slug": "whole", "name": "Whole", "part_of": ""}
    part = {"slug": "part", "name": "Part", "part_of": "whole"}
    assert "No actor has the slug 'whole'." in refused("actors", write([part, whole]))[2]
    run("actors", write([whole, part]))
    assert Actor.objects.get(slug="part").part_of == Actor.objects.get(slug="whole")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"slug,name\r\na\r\n", "Row 1 has 1 cells, the header has 2."),
        (b"slug,name\r\n", "The file has no rows."),
        (b"slug,name\r\n\xff,A\r\n", "not encoded in UTF-8"),
        (b"name\r\nA\r\n", "The file lacks the column slug"),
        (b"slug,name,wiki\r\na,A,Q1\r\n", "The table has no column 'wiki'."),
    ],
)
def test_a_file_that_is_no_table_is_refused(content: bytes, why: str, tmp_path: Path, db: None) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    status, message, errors = refused("actors", path)
    assert status == 1
    assert why in message + errors
    assert not Actor.objects.exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, db: None) -> None:
    status, why, _ = refused("actors", tmp_path / "none.csv")
    assert (status, "can't be imported" in why) == (1, True)


@pytest.mark.parametrize(
    ("user", "may"), [("stan", False), ("rita", False), ("ana", False), ("leo", True), ("ada", True)]
)
@pytest.mark.parametrize("table", list(TABLES))
def test_importing_needs_its_permission(user: str, may: bool, table: str, tmp_path: Path, db: None) -> None:
    make.alias()
    make.role()
    make.stance().claim.topics.add(make.topic())  # type: ignore[union-attr]
    path = tmp_path / "rows.csv"
    call_command("export_table", table, f"--output={path}")
    if may:
        assert run(table, path, user=user)[0].startswith("0 rows were added, 0 changed;")
    else:
        assert refused(table, path, user=user)[:2] == (1, f"{user} may not import {table}.")


def test_somebody_unknown_imports_nothing(write: Write) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("import_table", "actors", str(write(actors(1))), "--user=nobody")
    assert caught.value.returncode == 2


def test_what_people_judged_stays_unless_a_lead_says_so(tmp_path: Path, db: None) -> None:
    stance = make.stance(state="accepted")
    path = exported(stance, tmp_path, act="warns")
    assert "what people have judged, an import leaves alone" in refused("stances", path)[2]
    stance.refresh_from_db()
    assert stance.act == "denies"
    run("stances", path, "--override-judged")
    stance.refresh_from_db()
    judgement = Judgement.objects.get()
    assert (stance.act, stance.state, judgement.user.username) == ("warns", "corrected", "leo")
    assert judgement.note == "imported from stances.json"
    assert run("stances", path)[0] == "0 rows were added, 0 changed; 1 are stored as the file has them.\n"


def test_overriding_needs_its_permission(tmp_path: Path, db: None) -> None:
    path = exported(make.stance(state="accepted"), tmp_path, act="warns")
    make.person("leo")
    Group.objects.get(name="lead").permissions.remove(Permission.objects.get(codename="override_judgement"))
    assert refused("stances", path, "--override-judged")[:2] == (
        1,
        "leo may not change judged stances by an import.",
    )
    assert refused("actors", path, "--override-judged")[0] == 2
    assert not Judgement.objects.exists()


def test_evidence_must_be_the_articles_own_words(tmp_path: Path, db: None) -> None:
    stance = make.stance()
    path = exported(stance, tmp_path, cue_text="admits")
    Stance.objects.all().delete()
    assert "row 1, column cue_text: The article has other words there: 'denies'." in refused("stances", path)[2]


def test_what_was_refused_midway_is_told_and_goes_on_when_run_again(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "WRITTEN_AT_ONCE", 2)
    path = write([{**row, "wikidata_id": f"Q{number + 1}"} for number, row in enumerate(actors(5))])
    check = TableFile.check

    def then_somebody_adds(self: TableFile, **options: Any) -> Any:
        tally = check(self, **options)
        make.actor(name="Universe", wikidata_id="Q4")
        return tally

    monkeypatch.setattr(TableFile, "check", then_somebody_adds)
    status, why, _ = refused("actors", path)
    assert status == 3
    assert "row 4" in why
    assert Actor.objects.filter(slug__startswith="a").count() == 2
    monkeypatch.setattr(TableFile, "check", check)
    Actor.objects.get(name="Universe").delete()
    assert run("actors", path)[0] == "3 rows were added, 0 changed; 2 are stored as the file has them.\n"


@pytest.mark.sqlite
def test_memory_does_not_grow_with_the_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHECKED_AT_ONCE", 50)
    monkeypatch.setattr("claims.exchange.table_resource.ROWS_AT_ONCE", 50)
    make.person("leo")

    def peak(number: int) -> int:
        path = write([{**row, "description": "x" * 2_000} for row in actors(number)])
        rows = TableFile(path, "jsonl", TABLES["actors"], {})
        gc.collect()
        tracemalloc.start()
        tally = rows.check(user=make.person("leo"), report=print, watch=lambda number: None)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert tally.new == number
        return most

    peak(50)
    # Held in memory, the rows alone would be 2,700,000 bytes more.
    assert peak(1_500) < peak(150) + 1_000_000


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_is_completed_by_the_next(tmp_path: Path) -> None:
    make.person("leo")
    make.actor(name="Old", slug="a0", kind="person")
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in actors(1_200)), encoding="utf-8")
    store = share(tmp_path, "killed")
    count = "SELECT count(*) FROM claims_actor"
    arguments = ("actors", str(path), "--user=leo", "--verbosity=0")
    process = store.start(*arguments, command="import_table")
    end = time.monotonic() + 120
    while int(store.query(count)[0][0]) < 2 and time.monotonic() < end and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    assert 1 < int(store.query(count)[0][0]) < 1_200
    process = store.start(*arguments, command="import_table")
    out, errors = process.communicate(timeout=300)
    assert (process.returncode, errors) == (0, "")
    assert "are stored as the file has them" in out
    assert store.query(count) == [(1_200,)]
    assert store.query("SELECT count(*) FROM claims_actor WHERE version > 2") == [(0,)]
    assert store.query("SELECT count(*) FROM django_admin_log") == [(1_200,)]


#: Saves again and again until it is told to stop, and tells how often it could and the longest it waited.
SAVE = """
import select, sys, time, django
django.setup()
from claims.models import Actor
row, saves, longest = Actor.objects.get(slug="mine"), 0, 0.0
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0.01)[0]:
    began = time.monotonic()
    row.description = str(saves)
    row.save()
    saves, longest = saves + 1, max(longest, time.monotonic() - began)
print(saves, longest)
"""


@pytest.mark.django_db(transaction=True)
def test_people_save_while_it_runs(tmp_path: Path) -> None:
    make.person("leo")
    make.actor(name="Mine")
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in actors(800)), encoding="utf-8")
    store = share(tmp_path, "beside")
    environment = {**os.environ, "DATABASE_URL": store.url, "DJANGO_SETTINGS_MODULE": "tests.ingest.fake_settings"}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    saving = subprocess.Popen([sys.executable, "-c", SAVE], env=environment, cwd=settings.BASE_DIR, text=True, **pipes)
    assert saving.stdout is not None
    assert saving.stdout.readline() == "ready\n"
    importing_ = store.start("actors", str(path), "--user=leo", "--verbosity=0", command="import_table")
    _, errors = importing_.communicate(timeout=300)
    assert (importing_.returncode, errors) == (0, "")
    out, errors = saving.communicate("done", timeout=120)
    assert (saving.returncode, errors) == (0, "")
    saves, longest = out.split()
    assert int(saves) > 10
    assert float(longest) < settings.LOCK_WAIT_SECONDS / 2
    assert store.query("SELECT count(*) FROM claims_actor") == [(801,)]
