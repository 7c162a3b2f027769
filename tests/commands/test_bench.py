"""``manage.py bench``: what it prints."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.ingest.articles import text


def bench(*arguments: str | Path) -> str:
    out = io.StringIO()
    call_command("bench", "extraction", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "one.txt"
    file.write_text(text("The minister denied the report."), encoding="utf-8")
    return file


def test_json_has_ratio_speed_and_memory(article: Path) -> None:
    report = json.loads(bench(article, "--repeats", "1", "--json"))
    assert list(report) == ["ratio", "words_per_second", "peak_mb"]
    assert all(value > 0 for value in report.values())


def test_articles_add_the_growth_of_memory(article: Path) -> None:
    report = json.loads(bench(article, "--repeats", "1", "--articles", "3", "--json"))
    assert report["articles"] == 3
    assert report["growth_mb"] >= 0
    assert "3 short articles" in bench(article, "--repeats", "1", "--articles", "3")


def test_an_article_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("only a title\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"bad\.txt"):
        bench(tmp_path)


def test_gathering_is_timed_for_each_number_of_stances() -> None:
    out = io.StringIO()
    call_command("bench", "claims", "--stances", "50", "200", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert [size["stances"] for size in report["sizes"]] == [50, 200]
    assert all(0 < size["claims"] <= size["stances"] for size in report["sizes"])
    assert len(report["growth"]) == 1


def test_gathering_is_told_in_words() -> None:
    out = io.StringIO()
    call_command("bench", "claims", "--stances", "50", "200", stdout=out)
    assert "200 stances gathered into" in out.getvalue()
