"""Stances go out whole, guarded, in the order of the store, and in flat memory."""

from __future__ import annotations

import csv
import datetime as dt
import gc
import io
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from claims.exchange.stances import COLUMNS, FORMATS, csv_lines, record
from claims.models import Stance
from tests import factories as make

pytestmark = pytest.mark.django_db


def export(**options: Any) -> str:
    out = io.StringIO()
    call_command("export_stances", stdout=out, **options)
    return out.getvalue()


def exported(**options: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export(format="jsonl", **options).splitlines()]


def full_stance() -> Stance:
    stance = make.stance(
        article=make.article(url="https://example.org/a?b=1,2"),
        target_actor=make.actor(name="Ukraine"),
        said_on=dt.date(2021, 12, 29),
        run=make.run(kind="extract", pipeline_name="en_stance_news", pipeline_version="1.0"),
        rule="ccomp",
        future=True,
    )
    make.chain_link(stance=stance)
    make.chain_link(stance=stance, order=1, actor=None, as_printed="an aide")
    make.addressee(stance=stance)
    return stance


def test_a_stance_is_exported_with_all_that_belongs_to_it() -> None:
    stance = full_stance()
    assert exported() == [
        {
            "stance": stance.pk,
            "actor": "russia",
            "actor_name": "Russia",
            "actor_as_printed": "Moscow",
            "office": "",
            "office_organisation": "",
            "act": "denies",
            "claim": stance.claim_id,
            "claim_text": "Russia plans to attack Ukraine",
            "side": "against",
            "plover": "",
            "target_actor": "ukraine",
            "negated": False,
            "conditional": False,
            "future": True,
            "quotation": "indirect",
            "chain": ["kremlin", "an aide"],
            "addressees": ["joe-biden"],
            "said_on": "2021-12-29",
            "mention_text": "Moscow",
            "mention_start": stance.mention_start,
            "mention_end": stance.mention_end,
            "cue_text": "denies",
            "cue_start": stance.cue_start,
            "cue_end": stance.cue_end,
            "content_text": "planning to attack Ukraine",
            "content_start": stance.content_start,
            "content_end": stance.content_end,
            "target_text": "Ukraine",
            "target_start": stance.target_start,
            "target_end": stance.target_end,
            "confidence": 0.8,
            "state": "pending",
            "article": stance.article.sha256,
            "title": "Kremlin rejects talk of an attack",
            "published_on": "2021-12-30",
            "url": "https://example.org/a?b=1,2",
            "outlet": "The Daily Example",
            "rule": "ccomp",
            "pipeline": "en_stance_news 1.0",
            "version": 1,
        }
    ]


def test_every_field_of_a_record_has_its_column() -> None:
    assert tuple(record(full_stance())) == COLUMNS


def test_the_csv_file_says_the_same_as_the_json_file() -> None:
    full_stance()
    [row] = csv.DictReader(io.StringIO(export(format="csv")))
    [other] = exported()
    for name, value in other.items():
        if isinstance(value, list):
            value = "; ".join(value)
        assert row[name] == ("" if value is None else str(value).lower() if isinstance(value, bool) else str(value))


def test_what_was_never_known_stays_empty() -> None:
    make.stance(actor=None, claim=None, act="", side="", quotation="", mention="", target="", article__outlet=None)
    [row] = csv.DictReader(io.StringIO(export(format="csv")))
    names = ("actor", "actor_name", "claim", "act", "side", "quotation", "mention_text", "mention_start", "outlet")
    assert [row[name] for name in names] == [""] * len(names)


def test_formulas_in_an_article_are_put_behind_an_apostrophe() -> None:
    text = "=1+1\n20220101\nhttps://example.org/b\n@SUM(1) says =cmd|' /C calc'!A0\n"
    make.stance(article=make.article(text=text), mention="@SUM(1)", cue="says", content="=cmd|' /C calc'!A0", target="")
    [row] = csv.DictReader(io.StringIO(export(format="csv")))
    assert (row["title"], row["actor_as_printed"], row["mention_text"]) == ("'=1+1", "'@SUM(1)", "'@SUM(1)")
    assert row["content_text"] == "'=cmd|' /C calc'!A0"
    [plain] = exported()
    assert plain["content_text"] == "=cmd|' /C calc'!A0"


def test_merged_actors_and_claims_are_exported_as_what_they_were_merged_into() -> None:
    stance = make.stance(actor=make.actor(name="RF", merged_into=make.actor(name="Russia")))
    other = make.claim(text="An attack is planned")
    assert stance.claim is not None
    stance.claim.merged_into = other
    stance.claim.save()
    [row] = exported()
    assert (row["actor"], row["claim_text"]) == ("russia", "An attack is planned")


def test_options_leave_what_they_name() -> None:
    russia, ukraine = make.actor(), make.actor(name="Ukraine")
    rf = make.actor(name="RF", merged_into=russia)
    late = make.article(text=make.ARTICLE + "More.\n", published_on=dt.date(2022, 2, 24))
    make.stance(actor=russia, actor_as_printed="one")
    make.stance(actor=rf, actor_as_printed="two", state="accepted")
    make.stance(actor=ukraine, actor_as_printed="three", state="rejected")
    make.stance(actor=ukraine, actor_as_printed="four", article=late)

    def printed(**options: Any) -> list[str]:
        return [row["actor_as_printed"] for row in exported(**options)]

    assert printed() == ["one", "two", "four"]
    assert printed(actor="russia") == printed(actor="rf") == ["one", "two"]
    assert printed(state=["rejected", "accepted"]) == ["two", "three"]
    assert printed(since=dt.date(2022, 2, 24)) == ["four"]
    assert printed(until=dt.date(2021, 12, 30)) == ["one", "two"]
    assert printed(actor="ukraine", until=dt.date(2021, 12, 31)) == []


def test_an_unknown_actor_is_an_error() -> None:
    with pytest.raises(CommandError, match="atlantis") as error:
        export(actor="atlantis")
    assert error.value.returncode == 2


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_has_what_standard_output_has(tmp_path: Path, format: str) -> None:
    make.stance()
    out = tmp_path / "stances"
    assert export(format=format, output=out) == ""
    assert out.read_bytes().decode() == export(format=format)
    assert [path.name for path in tmp_path.iterdir()] == ["stances"]


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make.stance()
    out = tmp_path / "stances.csv"
    out.write_text("before", encoding="utf-8")

    def full_disk(stances: object) -> Any:
        yield "half a line"
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(FORMATS, "csv", full_disk)
    with pytest.raises(CommandError, match="No space left") as error:
        export(output=out)
    assert error.value.returncode == 1
    assert out.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["stances.csv"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        export(output=tmp_path / "nowhere" / "stances.csv")


def test_the_number_of_queries_grows_by_chunks_and_not_by_rows(django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        stance = make.stance(actor_as_printed=f"a{number}")
        make.chain_link(stance=stance)
        make.addressee(stance=stance)
    with django_assert_max_num_queries(5):
        assert len(list(csv_lines(Stance.objects.order_by("pk")))) == 21


def test_memory_does_not_grow_with_the_number_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.exchange.stances.ROWS_AT_ONCE", 50)
    stance = make.stance()
    rows = [Stance.objects.get(pk=stance.pk) for _ in range(1_200)]
    for number, row in enumerate(rows):
        row.pk, row.actor_as_printed = None, f"actor {number}"
    Stance.objects.bulk_create(rows)
    del rows

    def peak(limit: int) -> int:
        tracemalloc.start()
        for number, _line in enumerate(csv_lines(Stance.objects.order_by("pk")[:limit])):
            if number % 100 == 0:  # rows that were fetched together point to each other until they are collected
                gc.collect()
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(100)  # fills what Django and Python keep once
    assert peak(1_200) < 1.2 * peak(200)


def test_a_reader_that_stops_early_makes_no_error(tmp_path: Path) -> None:
    script = f"{sys.executable} manage.py export_stances | true; exit ${{PIPESTATUS[0]}}"
    url = f"sqlite:///{tmp_path}/empty.sqlite3"
    environment = {"PATH": "/usr/bin:/bin", "DATABASE_URL": url, "DEBUG": "true"}
    run = {"cwd": settings.BASE_DIR, "env": environment, "capture_output": True, "text": True}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True, **run)  # type: ignore[call-overload]
    done = subprocess.run(["bash", "-c", script], check=False, **run)  # type: ignore[call-overload]
    assert (done.returncode, done.stderr) == (0, "")
