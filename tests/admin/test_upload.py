"""Articles added in the browser: what the form takes, how far the import is, who may see that."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from claims.admin import upload as page
from claims.ingest import upload as uploads
from claims.ingest.runs import process_of
from claims.ingest.upload import BusyError, Upload, progress_of, start
from claims.models import Run
from tests import factories as make
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db

LATER = dt.timedelta(seconds=1)
FORM = "/admin/claims/article/upload/"
PASTED = {
    "title": "Moscow denies plan",
    "published_on": "2022-01-01",
    "url": "https://www.example.org/x",
    "text": "Moscow denied the plan.\r\nIt said so.",
}


@pytest.fixture
def ana(as_person: SignIn) -> Client:
    return as_person("ana")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[tuple[str, bytes]]]:
    """What would have been imported; no process is started, and it counts as killed at once."""
    found: list[list[tuple[str, bytes]]] = []

    def note(files: Any) -> Upload:
        found.append(list(files))
        return Upload("nowhere 0 0", "upload-x", len(found[-1]))

    monkeypatch.setattr(page, "start", note)
    return found


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.UPLOAD_DIR = tmp_path / "uploads"
    yield Path(settings.UPLOAD_DIR)
    for process in uploads._started:
        process.wait()
    uploads._bury()


def file(
    name: str = "one.txt", content: bytes = b"Title\n20220101\nhttps://example.org/\nText.\n"
) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_pasted_article_becomes_a_file_in_the_seed_format(ana: Client, started: list[Any]) -> None:
    answer = ana.post(FORM, PASTED)
    assert answer.status_code == 302
    text = b"Moscow denies plan\n20220101\nhttps://www.example.org/x\nMoscow denied the plan.\nIt said so."
    assert started == [[("pasted.txt", text)]]


def test_several_files_are_taken_as_they_are(ana: Client, started: list[Any]) -> None:
    ana.post(FORM, {"text_files": [file(), file("two.TXT", b"x")]})
    assert [[name for name, _ in files] for files in started] == [["one.txt", "two.TXT"]]


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({}, "Paste an article, or choose files."),
        ({**PASTED, "title": ""}, "An article needs this."),
        ({**PASTED, "url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({**PASTED, "published_on": "2999-01-01"}, "This day has not come yet."),
        ({**PASTED, "text_files": [file()]}, "Either paste one article or choose files."),
        ({"text_files": [file("one.exe")]}, "one.exe is no .txt file."),
        ({"text_files": [file(content=b"x" * (page.MOST_BYTES + 1))]}, "one.txt is larger than 2 MB."),
        ({"text_files": [file(f"{n}.txt") for n in range(21)]}, "Too many files"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    ana: Client, started: list[Any], posted: dict[str, Any], words: str
) -> None:
    answer = ana.post(FORM, posted)
    html = answer.content.decode()
    assert answer.status_code in (400, 422)
    assert words in html or answer.status_code == 400
    assert "Moscow denied the plan." in html or "text" not in posted
    assert started == []


def test_only_who_may_add_articles_is_let_in(as_person: SignIn, started: list[Any]) -> None:
    for name in ("rita", "stan"):
        client = as_person(name)
        assert client.get(FORM).status_code in (302, 403)
        client.post(FORM, PASTED)
    assert started == []


def test_an_upload_is_seen_by_the_one_who_brought_it_in(ana: Client, as_person: SignIn, started: list[Any]) -> None:
    address = ana.post(FORM, PASTED)["Location"]
    assert ana.get(address).status_code == 200
    assert as_person("leo").get(address).status_code == 404
    assert ana.get(f"{FORM}forged/").status_code == 404


def run_of(process: str, **fields: Any) -> Run:
    return make.run(kind=Run.Kind.IMPORT, process=process, **fields)


def test_the_page_tells_how_far_it_is_and_leads_to_the_desk(ana: Client, started: list[Any]) -> None:
    address = ana.post(FORM, PASTED)["Location"]
    run = run_of("nowhere 0 0", state="finished", ended=timezone.now() + LATER, counts={"seen": 1, "imported": 1})
    make.stance(run=run)
    html = ana.get(address).content.decode()
    assert "1 of 1 read, 1 stances found." in html
    desk = f"/admin/claims/stance/desk/?run__id__exact={run.pk}"
    assert desk in html
    assert ana.get(address, headers={"HX-Request": "true"})["HX-Redirect"] == desk
    assert ana.get(desk).context["waiting"] == 1


def test_failures_are_told_before_anything_else(ana: Client, started: list[Any]) -> None:
    address = ana.post(FORM, PASTED)["Location"]
    run = run_of(
        "nowhere 0 0", state="finished", ended=timezone.now() + LATER, counts={"seen": 1, "imported": 1, "failed": 1}
    )
    make.stance(run=run)
    make.run_failure(run=run, where="002_<b>.txt", reason="line 2 is no date")
    answer = ana.get(address, headers={"HX-Request": "true"})
    assert "HX-Redirect" not in answer
    assert "002_&lt;b&gt;.txt" in answer.content.decode()


def test_a_process_that_never_began_shows_what_it_said(ana: Client, started: list[Any], folder: Path) -> None:
    address = ana.post(FORM, PASTED)["Location"]
    (folder / "upload-x").mkdir(parents=True)
    (folder / "upload-x" / "output.log").write_text("no <module> found")
    assert "no &lt;module&gt; found" in ana.get(address).content.decode()


def test_files_are_kept_privately_under_harmless_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/true")
    upload = start([("../../etc/passwd.txt", b"a"), ("-rf .txt", b"b"), ("ü.txt", b"c")])
    kept = sorted((folder / upload.folder / "articles").iterdir())
    assert [path.name for path in kept] == ["001_passwd.txt", "002_-rf.txt", "003_article.txt"]
    assert (folder / upload.folder).stat().st_mode & 0o077 == 0
    assert upload.number == 3


def test_old_files_are_forgotten(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/true")
    old = start([("a.txt", b"a")])
    long_ago = time.time() - uploads.KEPT - 1
    os.utime(folder / old.folder, (long_ago, long_ago))
    new = start([("a.txt", b"a")])
    assert [path.name for path in folder.iterdir()] == [new.folder]


def test_a_third_import_waits(folder: Path) -> None:
    for _ in range(2):
        run_of(process_of(os.getpid()), state="running", ended=None)
    with pytest.raises(BusyError, match="going on already"):
        start([("a.txt", b"a")])
    assert not folder.exists()


def test_a_process_that_goes_on_is_told_from_one_that_is_gone(folder: Path) -> None:
    assert progress_of(Upload(process_of(os.getpid()), "x", 1)).is_going
    assert not progress_of(Upload("nowhere 1 0", "x", 1)).is_going
