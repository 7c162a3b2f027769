"""``manage.py import_articles``: every file ends in one outcome, and importing again changes nothing."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from pytest_django import Settings

from claims.models import Actor, Article, Outlet, Run, RunFailure, Stance
from tests.ingest.articles import text, write_articles
from tests.ingest.stores import dump

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lines(settings: Settings) -> None:
    settings.STANCE_ENGINE = "tests.ingest.engines.LineEngine"


class Printed:
    """What the command printed and how it ended."""

    def __init__(self, *arguments: str | Path) -> None:
        out, err = io.StringIO(), io.StringIO()
        self.status = 0
        try:
            call_command("import_articles", *map(str, arguments), "--processes=0", stdout=out, stderr=err)
        except SystemExit as ended:
            self.status = int(ended.code or 0)
        self.out, self.err = out.getvalue(), err.getvalue()

    @property
    def table(self) -> dict[str, int]:
        """The figures of the summary by their names."""
        rows = (line.rsplit(maxsplit=1) for line in self.out.splitlines())
        return {row[0].strip(): int(row[1].replace(",", "")) for row in rows if len(row) == 2 and row[1][0].isdigit()}


def outcomes(printed: Printed) -> dict[str, int]:
    names = ("imported", "superseding", "updated", "unchanged", "failed")
    found = {name: printed.table[name] for name in names if printed.table[name]}
    assert sum(found.values()) == printed.table["articles seen"]
    return found


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_it_stores_articles_and_stances_and_says_how_many(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", text("Putin denies it is so.", "Biden warns a price is due."))
    write(tmp_path / "sub/b.txt", text("Biden warns that hurts.", url="https://www.reuters.com/b"))
    printed = Printed(tmp_path)
    assert (printed.status, printed.err) == (0, "")
    assert outcomes(printed) == {"imported": 2}
    assert (printed.table["stances stored"], printed.table["warns"], printed.table["denies"]) == (3, 2, 1)
    assert Stance.objects.count() == 3
    run = Run.objects.get()
    assert (run.state, run.kind, run.pipeline_name, run.pipeline_version) == ("finished", "import", "en_lines", "1.0")
    assert run.code_version
    assert run.counts == {
        **{"seen": 2, "imported": 2, "superseding": 0, "updated": 0, "unchanged": 0, "failed": 0, "stances": 3}
    }
    assert {article.run for article in Article.objects.all()} == {run}


def test_importing_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    write_articles(tmp_path, 12)
    first = Printed(tmp_path)
    before = dump()
    again = Printed(tmp_path)
    assert outcomes(first) == {"imported": 12}
    assert outcomes(again) == {"unchanged": 12}
    assert "Everything was stored already; nothing changed." in again.out
    assert "Everything was stored already" not in first.out
    assert dump() == before


def test_importing_again_in_other_pieces_and_another_order_changes_nothing(tmp_path: Path) -> None:
    write_articles(tmp_path, 12)
    Printed(tmp_path)
    before = dump()
    for paths in ([tmp_path / "011.txt", tmp_path / "000.txt"], [tmp_path / "*.txt", tmp_path], [tmp_path]):
        assert set(outcomes(Printed(*paths, "--batch-size=5"))) == {"unchanged"}
    assert dump() == before


def test_the_same_text_under_another_name_is_the_same_article(tmp_path: Path) -> None:
    written = text("Putin says it is so.")
    write(tmp_path / "a.txt", written)
    write(tmp_path / "b.txt", written)
    # The same text in another encoding.
    write(tmp_path / "c.txt", written.encode("utf-16"))
    assert outcomes(Printed(tmp_path)) == {"imported": 1, "unchanged": 2}
    assert Stance.objects.count() == 1


def test_another_text_under_the_same_address_supersedes_the_earlier(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", text("Putin says it is so."))
    write(tmp_path / "b.txt", text("Putin says it is not so."))
    write(tmp_path / "c.txt", text("Putin says it may be so."))
    assert outcomes(Printed(tmp_path)) == {"imported": 1, "superseding": 2}
    first, second, third = Article.objects.order_by("pk")
    assert (first.supersedes, second.supersedes, third.supersedes) == (None, first, second)
    assert Stance.objects.filter(article=first).count() == 1


BAD_FILES: list[tuple[str, bytes, str]] = [
    # name, bytes, what is said of it
    ("empty.txt", b"", "the file is empty"),
    ("blank.txt", b" \r\n\n", "the file is empty"),
    ("mark.txt", b"\xef\xbb\xbf", "the file is empty"),
    ("picture.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "binary, not text"),
    ("archive.txt", b"PK\x03\x04\x14\x00\x06\x00", "binary, not text"),
    ("latin.txt", text("He said caf\u00e9.").encode("latin-1"), "line 4 is not UTF-8 text (byte"),
    ("japanese.txt", text("日本語の記事").encode("shift-jis"), "line 4 is not UTF-8 text"),
    ("half.txt", text("a").encode() + "é".encode()[:1], "is not UTF-8 text"),
    ("untitled.txt", text("Body.", title="").encode(), "line 1 is blank"),
    ("undated.txt", text("Body.", date="").encode(), "line 2 has no date"),
    ("misdated.txt", text("Body.", date="20210231").encode(), "'20210231', a day that no calendar has"),
    ("future.txt", text("Body.", date="29991231").encode(), "'29991231', a day in the future"),
    ("swapped.txt", b"Title\nhttps://e.com\n20211230\nBody", "'https://e.com', not a date"),
    ("homeless.txt", text("Body.", url="").encode(), "line 3 has no address"),
    ("script.txt", text("Body.", url="javascript:alert(1)").encode(), "'javascript:alert(1)', not a web address"),
    ("bodiless.txt", text().encode(), "no text below line 3"),
    ("long.txt", text("x" * 1_000_000).encode(), "1,000,000 at most are kept"),
    ("breaking.txt", text("!break").encode(), "extraction broke"),
    ("outside.txt", text("!outside").encode(), "has a cue outside the text"),
]


def test_each_bad_file_fails_for_its_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "000.txt", text("Putin says it is so.", url="https://e.org/1"))
    for name, content, _ in BAD_FILES:
        write(tmp_path / name, content)
    with (tmp_path / "line.txt").open("wb") as line:
        # One line of 50 MB; sparse, so that the disk holds none of it.
        line.truncate(50_000_000)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    write(tmp_path / "zzz.txt", text("Biden says it is not.", url="https://e.org/2"))
    expected = {str(tmp_path / name): reason for name, _, reason in BAD_FILES} | {
        str(tmp_path / "line.txt"): "larger than 4,000,000 bytes",
        str(tmp_path / "pipe.txt"): "a pipe, not a file",
        str(tmp_path / "link.txt"): "a link to nothing, not a file",
        str(tmp_path / "loop"): "leads back",
        str(tmp_path / "missing.txt"): "no file or folder is found",
    }
    printed = Printed(tmp_path, tmp_path / "missing.txt")
    assert printed.status == 1
    assert outcomes(printed) == {"imported": 2, "failed": len(expected)}
    said = dict(line.split(": ", 1) for line in printed.err.splitlines())
    kept = {failure.where: failure.reason for failure in RunFailure.objects.all()}
    assert said == kept
    assert kept.keys() == expected.keys()
    assert [where for where, reason in expected.items() if reason not in kept[where]] == []
    assert sorted(Article.objects.values_list("url", flat=True)) == ["https://e.org/1", "https://e.org/2"]
    assert Run.objects.get().state == Run.State.FINISHED


def test_an_unreadable_file_and_folder_fail_for_that_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt", text("Putin says it is so."))
    write(tmp_path / "closed.txt", text("x"))
    write(tmp_path / "vault/b.txt", text("x"))
    # The tests may run as root, whom no permission stops.
    really_open, really_list = os.open, os.scandir

    def guarded_open(path: str | Path, *arguments: int) -> int:
        if str(path).endswith("closed.txt"):
            raise PermissionError(13, "Permission denied", str(path))
        return really_open(path, *arguments)

    def guarded_list(path: str | Path) -> object:
        if str(path).endswith("vault"):
            raise PermissionError(13, "Permission denied", str(path))
        return really_list(path)

    monkeypatch.setattr(os, "open", guarded_open)
    monkeypatch.setattr(os, "scandir", guarded_list)
    printed = Printed(tmp_path)
    assert outcomes(printed) == {"imported": 1, "failed": 2}
    assert f"{tmp_path}/closed.txt: the file cannot be read (permission denied)" in printed.err
    assert f"{tmp_path}/vault: the folder cannot be read (permission denied)" in printed.err


def test_file_names_are_only_names(tmp_path: Path) -> None:
    names = [
        b"-rf",
        b"--help",
        b"a'; DROP TABLE x; --",
        b"line\nfeed",
        b"\xff\xfe",
        b"$(id)",
        b"%s%n",
        b"{0}",
        b"a\x1b[2J",
    ]
    for place, name in enumerate(names):
        write(tmp_path / os.fsdecode(name), text("Putin says it is so.", url=f"https://e.org/{place}"))
        write(tmp_path / os.fsdecode(b"bad " + name), b"")
    printed = Printed(tmp_path)
    assert outcomes(printed) == {"imported": len(names), "failed": len(names)}
    assert len(printed.err.splitlines()) == len(names)
    assert all(line.isprintable() for line in printed.err.splitlines())
    assert RunFailure.objects.filter(where__endswith=r"bad \xff\xfe").exists()


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(tmp_path: Path) -> None:
    write_articles(tmp_path / "old", 2)
    Printed(tmp_path / "old")
    write(tmp_path / "new/a.txt", text("Putin says it is so."))
    write(tmp_path / "new/a2.txt", text("Putin says it is so."))
    write(tmp_path / "new/b.txt", text("Putin says it is not."))
    write(tmp_path / "new/bad.txt", b"")
    before, runs = dump(), Run.objects.count()
    rehearsed = Printed("--dry-run", "--batch-size=1", tmp_path)
    assert dump() == before
    assert (Run.objects.count(), RunFailure.objects.count()) == (runs, 0)
    assert rehearsed.out.startswith("Nothing was written. The import would give:\n")
    done = Printed(tmp_path)
    assert outcomes(rehearsed) == {"imported": 1, "superseding": 1, "unchanged": 3, "failed": 1}
    assert rehearsed.table == done.table
    assert (rehearsed.status, rehearsed.err) == (done.status, done.err)


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_a_limit_stops_after_so_many_files(tmp_path: Path, limit: int) -> None:
    write_articles(tmp_path, 5)
    assert outcomes(Printed(f"--limit={limit}", tmp_path)) == ({"imported": limit} if limit else {})


def test_files_in_another_encoding_are_read_when_it_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", text("Putin says caf\u00e9 is open.").encode("cp1252"))
    assert outcomes(Printed("--encoding=cp1252", tmp_path)) == {"imported": 1}
    assert Stance.objects.get().content_text == "caf\u00e9 is open"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--limit=-1", "x"),
        ("--processes=two", "x"),
        ("--batch-size=0", "x"),
        ("--encoding=klingon", "x"),
        ("--what", "x"),
    ],
)
def test_a_wrong_command_line_is_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as raised:
        call_command("import_articles", *arguments)
    assert raised.value.returncode == 1
    assert "Error: " in str(raised.value)


def test_a_missing_pipeline_is_one_error_and_a_failed_run(tmp_path: Path, settings: Settings) -> None:
    settings.STANCE_ENGINE = "tests.ingest.engines.BrokenEngine"
    write_articles(tmp_path, 3)
    with pytest.raises(CommandError, match="No article can be read: OSError: no such pipeline"):
        Printed(tmp_path)
    assert Run.objects.get().state == Run.State.FAILED
    assert not Article.objects.exists()


def test_a_database_without_tables_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OperationalError("no such table: claims_actor")

    monkeypatch.setattr("claims.management.commands.import_articles.known_actors", refuse)
    with pytest.raises(CommandError, match="The database cannot be used: no such table"):
        Printed(tmp_path)


def test_actors_are_those_of_the_store_wherever_they_were_merged(tmp_path: Path) -> None:
    lasting = Actor.objects.create(name="Vladimir Putin", slug="vladimir-putin", kind="person")
    Actor.objects.create(name="Putin", slug="putin", kind="person", merged_into=lasting)
    write(tmp_path / "a.txt", text("Peskov says Putin denies it is so."))
    Printed(tmp_path)
    stance = Stance.objects.get()
    assert (stance.actor, stance.actor_as_printed) == (lasting, "Putin")
    assert [(link.as_printed, link.actor) for link in stance.chain.all()] == [("Peskov", None)]


def test_outlets_come_from_addresses(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", text("a", url="https://www.reuters.com/x"))
    write(tmp_path / "b.txt", text("b", url="https://news.example.org/x"))
    write(tmp_path / "c.txt", text("c", url="http://10.0.0.1/x"))
    Printed(tmp_path)
    assert sorted(Outlet.objects.values_list("domain", "name")) == [
        ("news.example.org", "news.example.org"),
        ("reuters.com", "Reuters"),
    ]
    assert Article.objects.get(url="http://10.0.0.1/x").outlet is None


def test_lines_tell_how_far_it_is_where_there_is_no_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.management.progress.LINE_SECONDS", 0.0)
    write_articles(tmp_path, 2)
    printed = Printed(tmp_path)
    assert "1 of 2 articles, " in printed.err
    assert " a second, 00:00 left" in printed.err
    assert Printed("--verbosity=0", tmp_path).err == ""
