"""``manage.py extract``: one JSON object a stance, in order, without a store."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.ingest.articles import text, write_articles

FIELDS = ["article", "line", "actor", "mention", "via", "to", "act", "cue", "content", "target", "side"]


@pytest.fixture(autouse=True)
def _lines(settings: Settings) -> None:
    settings.STANCE_ENGINE = "tests.ingest.engines.LineEngine"


def extract(*arguments: str | Path) -> tuple[int, list[dict[str, Any]], list[str]]:
    """Exit status, records and lines on standard error."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    try:
        call_command("extract", "--processes=0", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as ended:
        status = int(ended.code or 0)
    return status, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue().splitlines()


def test_it_prints_a_line_a_stance_with_the_known_fields_first(tmp_path: Path) -> None:
    file = tmp_path / "an.article.txt"
    file.write_text(
        text("Nothing said here.", "Peskov says Putin warns to Biden: the café — or war."), encoding="utf-8"
    )
    status, records, err = extract(file)
    assert (status, err) == (0, [])
    (record,) = records
    assert list(record)[: len(FIELDS)] == FIELDS
    assert [record[name] for name in FIELDS] == [
        *(
            "an.article",
            5,
            "Putin",
            "Putin",
            ["Peskov"],
            ["Biden"],
            "warns",
            "warns",
            "the café — or war",
            None,
            "against",
        )
    ]
    start, end = record["spans"]["content"]
    assert file.read_text(encoding="utf-8")[start:end] == "the café — or war"


@pytest.mark.parametrize("processes", [0, 2])
def test_stances_come_in_the_order_of_files_and_text(tmp_path: Path, processes: int) -> None:
    write_articles(tmp_path, 20)
    (tmp_path / "003.txt").write_text("")
    status, records, err = extract(tmp_path, f"--processes={processes}", "--batch-size=2")
    places = [(record["article"], record["line"]) for record in records]
    assert places == sorted(places)
    assert {article for article, _ in places} == {f"{place:03}" for place in range(20) if place != 3}
    assert status == 1
    assert err == [f"{tmp_path}/003.txt: the file is empty; fetch the article again"]


def test_failures_behind_the_last_article_are_said_too(tmp_path: Path) -> None:
    write_articles(tmp_path, 1)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "broken.txt").write_text(text("!break"))
    status, records, err = extract(tmp_path, tmp_path / "missing")
    assert status == 1
    assert {record["article"] for record in records} == {"000"}
    assert [line.split(": ")[0] for line in err] == [
        str(tmp_path / name) for name in ("broken.txt", "empty.txt", "missing")
    ]


def test_nothing_to_read_prints_nothing(tmp_path: Path) -> None:
    assert extract(tmp_path) == (0, [], [])


def test_a_missing_pipeline_is_one_error(tmp_path: Path, settings: Settings) -> None:
    settings.STANCE_ENGINE = "tests.ingest.engines.BrokenEngine"
    write_articles(tmp_path, 2)
    with pytest.raises(CommandError, match="No article can be read: OSError: no such pipeline"):
        extract(tmp_path)


def start(folder: Path, tmp_path: Path) -> subprocess.Popen[str]:
    """The command in a process of its own, with a database that has no table."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.ingest.fake_settings",
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
        "LC_ALL": "C",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "extract", str(folder)],
        cwd=django_settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_it_needs_no_database_and_writes_utf_8_whatever_the_language(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text("Putin says the café is open."), encoding="utf-8")
    process = start(tmp_path / "a.txt", tmp_path)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "café" in out
    assert json.loads(out)["actor"] == "Putin"
    assert not (tmp_path / "empty.sqlite3").exists()


def test_a_reader_that_has_had_enough_ends_it_quietly(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text(*["Putin says the talks go on."] * 3000))
    process = start(tmp_path / "a.txt", tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), err) == (0, "")


def test_it_is_documented_by_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("extract", "--help")
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert "manage.py extract seeds" in printed
    assert "exit status:" in printed
