"""``manage.py damage``: articles and plain text as a scraper leaves them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ARTICLE = "“US has” it\n20220101\nhttps://example.org/?a=1\nKyiv’s café (2014) said 'no' on Jan 10.\n"


def damage(*arguments: str | Path) -> str:
    out = io.StringIO()
    call_command("damage", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clean" / "one.txt"
    path.parent.mkdir()
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_it_prints_one_article_with_its_date_and_address(file: Path) -> None:
    assert damage(file, "--glue", "1", "--apostrophes", "1") == (
        "UShas it\n20220101\nhttps://example.org/?a=1\nKyivs caf 2014 said no on Jan10.\n"
    )


def test_nothing_is_glued_where_no_share_is(file: Path) -> None:
    assert damage(file, "--glue", "0", "--apostrophes", "0").endswith("Kyivs caf 2014 said 'no' on Jan 10.\n")


def test_plain_text_is_damaged_in_every_line(file: Path) -> None:
    assert damage(file, "--plain", "--glue", "0").splitlines()[2] == "httpsexample.orga1"


def test_many_files_are_written_into_a_folder(file: Path) -> None:
    file.with_name("two.txt").write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(CommandError, match="--output"):
        damage(file.parent)
    folder = file.parents[1] / "scraped"
    assert damage(file.parent, "--output", folder) == ""
    assert sorted(path.name for path in folder.iterdir()) == ["one.txt", "two.txt"]
    assert (folder / "one.txt").read_text(encoding="utf-8") == damage(file)


def test_nothing_is_overwritten_by_what_was_made_of_it(file: Path) -> None:
    with pytest.raises(CommandError, match="overwritten"):
        damage(file, "--output", file.parent)
    assert file.read_text(encoding="utf-8") == ARTICLE


def test_it_says_what_cannot_be_read_and_how(tmp_path: Path) -> None:
    speech = tmp_path / "speech.txt"
    speech.write_text("No article.\n", encoding="utf-8")
    with pytest.raises(CommandError, match="--plain"):
        damage(speech)
    with pytest.raises(CommandError, match="nowhere"):
        damage(tmp_path / "nowhere.txt")
    with pytest.raises(CommandError, match="not between 0 and 1"):
        damage(speech, "--glue", "2")
