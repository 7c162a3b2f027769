"""``manage.py evaluate``: what it prints, as tables and as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.evaluation.test_attribution import BRAT, TEXT
from tests.ingest.articles import text

KEYS = ["gold", "predicted", "pairs", "found", "actor", "act", "stance", "chain", "to", "side", "target"]


def evaluate(*arguments: str | Path) -> str:
    out = io.StringIO()
    call_command("evaluate", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def marked(tmp_path: Path, settings: Settings) -> Path:
    settings.STANCE_ENGINE = "tests.ingest.engines.LineEngine"
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_text(
        text("Nothing said here.", "Peskov says Putin’s café warns Biden: talks or war."), encoding="utf-8"
    )
    return tmp_path


def mark(folder: Path, **fields: object) -> None:
    record = {"article": "one", "line": 5, "actor": "", "via": [], "to": [], "act": "states", "content": "", **fields}
    (folder / "stances.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")


def test_json_has_the_figures_of_stances_and_nothing_else(marked: Path) -> None:
    call = json.loads(evaluate("stances", marked_as_read(marked), "--json"))
    assert list(call) == KEYS
    assert call["found"]["recall"] == 1.0
    assert call["stance"]["recall"] == 1.0


def marked_as_read(folder: Path) -> Path:
    """Mark the last of what the engine of the tests finds."""
    out = io.StringIO()
    call_command("extract", str(folder / "articles"), "--processes=0", stdout=out)
    *_, last = map(json.loads, out.getvalue().splitlines())
    mark(folder, **{**last, "target": last["content"]})
    return folder


def test_without_json_it_lists_errors_up_to_a_limit(marked: Path) -> None:
    mark(marked, line=9, content="nobody said this", actor="Sweden", act="denies")
    printed = evaluate("stances", marked)
    assert "missed: 1\n  one:9  Sweden | denies |  | nobody said this\n" in printed
    assert "expected calibration error" in printed
    assert "missed" not in evaluate("stances", marked, "--errors", "0")


def test_damaged_text_is_scored_beside_the_clean_one(marked: Path) -> None:
    report = json.loads(evaluate("stances", marked_as_read(marked), "--damaged", "1", "--json"))
    assert list(report) == ["clean", "scraped", "loss"]
    assert list(report["scraped"])[:3] == KEYS[:3]
    assert "loss of F1" in evaluate("stances", marked, "--damaged", "1")


def test_it_says_which_article_or_folder_is_missing(marked: Path) -> None:
    mark(marked, article="two")
    with pytest.raises(CommandError, match="nothing"):
        evaluate("stances", marked)
    with pytest.raises(CommandError, match="no folder articles"):
        evaluate("stances", marked / "articles")


def test_attributions_are_measured_with_the_shipped_pipeline(tmp_path: Path) -> None:
    for folder, name, content in (("text", "news.txt", TEXT), ("attributions", "news_a.ann", BRAT)):
        (tmp_path / "dev" / folder).mkdir(parents=True)
        (tmp_path / "dev" / folder / name).write_text(content, encoding="utf8")
    report = json.loads(evaluate("attribution", tmp_path, "--split", "dev", "--json"))
    assert {"source", "cue", "content", "attribution", "quotation"} <= set(report)
    assert set(report["source"]) == {"exact", "begin", "jaccard", "count"}
    assert report["source"]["exact"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert set(report["attribution"]["overlap"]) == {"precision", "recall", "f1"}
    assert set(report["quotation"]) == {"direct", "mixed", "indirect"}
    assert "cue, exact" in evaluate("attribution", tmp_path)
    with pytest.raises(CommandError, match="has no annotated texts"):
        evaluate("attribution", tmp_path, "--split", "test")


def wordings(folder: Path, *rows: Mapping[str, object]) -> Path:
    file = folder / "wordings.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


PLAN = {"text": "planning to attack Ukraine", "actor": "Russia", "act": "denies", "date": "2022-01-20", "claim": "plan"}


def test_json_has_the_b_cubed_figures_of_claims_and_nothing_else(tmp_path: Path) -> None:
    other = {**PLAN, "text": "Russia plans to invade Ukraine", "actor": "United States", "act": "warns"}
    file = wordings(tmp_path, PLAN, other, {"text": "a ceasefire in Yemen", "claim": 3})
    assert json.loads(evaluate("claims", file, "--json")) == {"bcubed": {"precision": 1.0, "recall": 1.0, "f1": 1.0}}
    assert "3 wordings of 2 claims" in evaluate("claims", file)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"text": "x"}, "line 1: ValueError: lacks claim"),
        ({**PLAN, "act": "shouts"}, "'shouts' is not a valid Act"),
        ({**PLAN, "date": "yesterday"}, "Invalid isoformat string"),
    ],
)
def test_wordings_that_cannot_be_read_are_named(row: dict[str, object], reason: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=reason):
        evaluate("claims", wordings(tmp_path, row))


def test_a_file_of_wordings_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        evaluate("claims", tmp_path / "nowhere.jsonl")
