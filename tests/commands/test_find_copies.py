"""``manage.py find_copies``, and the same at the end of each batch of an import."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from claims.models import Article, ArticleFamily
from tests import factories as make
from tests.copies.stories import OTHER, WIRE, article, body_lines

pytestmark = pytest.mark.django_db


def run() -> dict[str, int]:
    out = io.StringIO()
    call_command("find_copies", stdout=out, stderr=io.StringIO())
    return {
        name.strip(): int(figure) for name, figure in (line.rsplit(maxsplit=1) for line in out.getvalue().splitlines())
    }


def test_it_compares_what_was_stored_before_and_nothing_twice() -> None:
    for number, body in enumerate((WIRE, body_lines(9), OTHER)):
        make.article(text=article(body, address=f"site{number}"))
    assert run() == {"compared": 3, "with copies": 1, "families in all": 1}
    assert ArticleFamily.objects.get().articles.count() == 2
    assert run() == {"compared": 0, "with copies": 0, "families in all": 1}


def test_an_import_finds_copies_in_what_it_brings_and_in_what_is_there(tmp_path: Path, settings: Settings) -> None:
    settings.STANCE_ENGINE = "tests.ingest.engines.LineEngine"

    def bring(*bodies: str) -> None:
        for body in bodies:
            number = sum(1 for _ in tmp_path.iterdir())
            (tmp_path / f"{number}.txt").write_text(article(body, address=f"site{number}"), encoding="utf-8")
        call_command("import_articles", str(tmp_path), "--processes=0", "--verbosity=0", stdout=io.StringIO())

    bring(WIRE, body_lines(9), OTHER)
    assert ArticleFamily.objects.get().articles.count() == 2
    bring(WIRE + "\nEnd.")
    assert ArticleFamily.objects.get().articles.count() == 3
    assert not Article.objects.filter(sketch_scheme=0).exists()


def test_a_rehearsal_looks_for_no_copies(tmp_path: Path, settings: Settings) -> None:
    settings.STANCE_ENGINE = "tests.ingest.engines.LineEngine"
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(article(WIRE, address=f"site{number}"), encoding="utf-8")
    call_command("import_articles", str(tmp_path), "--processes=0", "--verbosity=0", "--dry-run", stdout=io.StringIO())
    assert not ArticleFamily.objects.exists()
