"""The seed format: what is read, what is refused, and that offsets address the text as it came."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest import errors
from claims.ingest.reader import MAX_BYTES, decode, parse, read_article, read_bytes
from claims.models import limits

TODAY = dt.date(2026, 1, 1)
ARTICLE = "Russia denies plan\n20211230\nhttps://news.example.com/a\nMoscow denies it.\nKyiv does not.\n"


def article(
    title: str = "Title", date: str = "20211230", url: str = "https://example.com/a", body: str = "Body."
) -> str:
    return f"{title}\n{date}\n{url}\n{body}"


def test_it_reads_the_parts_and_keeps_the_text_as_it_came() -> None:
    read = parse(ARTICLE, name="a", today=TODAY)
    assert read.text == ARTICLE
    assert read.text[slice(*read.title_span)] == "Russia denies plan"
    assert read.published_on == dt.date(2021, 12, 30)
    assert read.url == "https://news.example.com/a"
    assert read.text[read.body_start :] == "Moscow denies it.\nKyiv does not.\n"


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        # lines that end in CR LF keep their CR
        ("T\r\n20211230\r\nhttp://e.com\r\nBody\r\n", "T", "Body\r\n"),
        # white space around the header, a missing final line feed
        ("  A title \t\n 20211230 \n http://e.com \nBody", "A title", "Body"),
        # a no-break space counts as white space
        ("\u00a0Title\u00a0\n20211230\nhttp://e.com\nBody", "Title", "Body"),
        # separators of str.splitlines end no line here
        ("A\u2028B\x0bC\x85D\n20211230\nhttp://e.com\nBody\u2029", "A\u2028B\x0bC\x85D", "Body\u2029"),
        # blank lines before the body belong to it
        ("T\n20211230\nhttp://e.com\n\n\nBody", "T", "\n\nBody"),
    ],
)
def test_it_finds_title_and_body_in_odd_lines(text: str, title: str, body: str) -> None:
    read = parse(text, name="a", today=TODAY)
    assert read.text == text
    assert text[slice(*read.title_span)] == title
    assert text[read.body_start :] == body


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("", errors.Empty, "empty"),
        (" \n\t\r\n", errors.Empty, "empty"),
        (article(title=" "), errors.MissingTitle, "line 1"),
        (article(title="T" * 1001), errors.TooLong, "the title in line 1 has 1,001 characters"),
        ("Title", errors.MissingDate, "line 2"),
        (article(date=""), errors.MissingDate, "line 2"),
        # one long line of an old Macintosh
        ("Title\r20211230\rhttp://e.com\rBody", errors.MissingDate, "line 2"),
        (article(date="30 December 2021"), errors.InvalidDate, "'30 December 2021', not a date"),
        (article(date="2021-12-30"), errors.InvalidDate, "not a date"),
        (article(date="202112300"), errors.InvalidDate, "not a date"),
        (article(date="２０２１１２３０"), errors.InvalidDate, "not a date"),
        (article(date="20210231"), errors.InvalidDate, "no calendar has"),
        (article(date="00000101"), errors.InvalidDate, "no calendar has"),
        (article(date="20260104"), errors.InvalidDate, "in the future"),
        (article(date="99991231"), errors.InvalidDate, "in the future"),
        (article(date="17991231"), errors.InvalidDate, "before 1800"),
        ("Title\n20211230", errors.MissingAddress, "line 3"),
        (article(url=" "), errors.MissingAddress, "line 3"),
        (article(url="javascript:alert(1)"), errors.InvalidAddress, "not a web address"),
        (article(url="ftp://example.com/a"), errors.InvalidAddress, "not a web address"),
        (article(url="https://exa mple.com"), errors.InvalidAddress, "not a web address"),
        (article(url="https://"), errors.InvalidAddress, "not a web address"),
        (article(url="www.example.com"), errors.InvalidAddress, "not a web address"),
        (article(url="https://example.com/" + "a" * 2000), errors.InvalidAddress, "not a web address"),
        # a body line in place of the address is quoted in short and without its control characters
        (article(url="He said\x1b[31m so" * 9), errors.InvalidAddress, r"'He said\x1b[31m so"),
        ("Title\n20211230\nhttps://example.com/a", errors.MissingBody, "below line 3"),
        (article(body="\n \n"), errors.MissingBody, "below line 3"),
        (article(body="x" * limits.ARTICLE_TEXT), errors.TooLong, "1,000,000 at most"),
    ],
)
def test_it_says_what_is_wrong_and_where(text: str, error: type[errors.ArticleError], words: str) -> None:
    with pytest.raises(error) as raised:
        parse(text, name="a", today=TODAY)
    assert words in str(raised.value)
    assert len(str(raised.value)) <= limits.REASON
    assert str(raised.value).isprintable()


def test_it_takes_an_early_edition_of_tomorrow() -> None:
    assert parse(article(date="20260103"), name="a", today=TODAY).published_on == dt.date(2026, 1, 3)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("caf\u00e9".encode(), "caf\u00e9"),
        # byte order marks are a signature, not text
        ("caf\u00e9".encode("utf-8-sig"), "caf\u00e9"),
        ("caf\u00e9".encode("utf-16"), "caf\u00e9"),
        (b"\xfe\xff" + "caf\u00e9".encode("utf-16-be"), "caf\u00e9"),
        ("caf\u00e9".encode("utf-32"), "caf\u00e9"),
        # a stray control character of a feed
        (b"one\x1dtwo", "one\x1dtwo"),
    ],
)
def test_it_decodes_text(raw: bytes, text: str) -> None:
    assert decode(raw) == text


def test_it_decodes_another_encoding_only_when_told() -> None:
    raw = "first\ncaf\u00e9".encode("cp1252")
    assert decode(raw, "cp1252") == "first\ncaf\u00e9"
    with pytest.raises(errors.WrongEncoding, match=r"line 2 is not UTF-8 text \(byte 9\)"):
        decode(raw)


def test_it_takes_a_byte_order_mark_over_the_expected_encoding() -> None:
    assert decode("caf\u00e9".encode("utf-8-sig"), "cp1252") == "caf\u00e9"


@pytest.mark.parametrize(
    ("raw", "error", "words"),
    [
        (b"", errors.Empty, "empty"),
        (b"\xef\xbb\xbf", errors.Empty, "empty"),
        (b"\xff\xfe", errors.Empty, "empty"),
        ("\ufeff \n".encode("utf-16-le"), errors.Empty, "empty"),
        (b"caf\xe9 and more", errors.WrongEncoding, "line 1 is not UTF-8 text (byte 3)"),
        (b"one\ntwo\nthr\x80e", errors.WrongEncoding, "line 3 is not UTF-8 text (byte 11)"),
        # a character cut in two
        ("one\u00e9".encode()[:-1], errors.WrongEncoding, "byte 3"),
        (b"\xff\xfea", errors.WrongEncoding, "not UTF-16-LE text"),
        # half of a surrogate pair
        (b"\xff\xfe\x00\xd8", errors.WrongEncoding, "not UTF-16-LE text"),
        ("日本語の記事".encode("shift-jis"), errors.WrongEncoding, "not UTF-8"),
        (b"PK\x03\x04\x14\x00\x00\x00", errors.NotText, "byte 5"),
        (b"%PDF-1.4\n\x01\x02\x03\x04", errors.NotText, "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", errors.NotText, "byte 8"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", errors.NotText, "binary"),
        (b"\x7fELF\x02\x01\x01\x00", errors.NotText, "binary"),
        (b"word " * 40_000 + b"\0", errors.NotText, "byte 200000"),
        ("a\0b".encode("utf-16"), errors.NotText, "byte 4"),
    ],
)
def test_it_refuses_what_is_not_text(raw: bytes, error: type[errors.ArticleError], words: str) -> None:
    with pytest.raises(error) as raised:
        decode(raw)
    assert words in str(raised.value)


def test_it_names_the_article_after_the_file(tmp_path: Path) -> None:
    path = tmp_path / "000_e19d.v2.txt"
    path.write_text(ARTICLE)
    assert read_article(path, today=TODAY).name == "000_e19d.v2"


def test_it_never_holds_more_than_the_limit(tmp_path: Path) -> None:
    # A line of 50 MB, sparse so that the disk holds none of it.
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(errors.TooLarge, match="larger than 4,000,000 bytes"):
        read_article(path)
    assert MAX_BYTES == 4_000_000


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_broken_link(path: Path) -> None:
    path.symlink_to("nowhere")


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def nothing(path: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (a_folder, "a folder"),
        (a_pipe, "a pipe"),
        (a_broken_link, "a link to nothing"),
        (a_link_to_itself, "a link that leads to itself"),
        (a_device, "a device"),
        (nothing, "nothing"),
    ],
)
def test_it_refuses_what_is_not_a_file(tmp_path: Path, make: Callable[[Path], None], words: str) -> None:
    path = tmp_path / "article.txt"
    make(path)
    with pytest.raises(errors.NotAFile, match=words):
        read_bytes(path, 100)


def test_it_says_when_a_file_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(ARTICLE)

    def refuse(*arguments: object) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(errors.Unreadable, match=r"cannot be read \(permission denied\)"):
        read_bytes(path, 100)


line = st.text(st.characters(codec="utf-8", exclude_characters="\n\0"))
words = line.filter(lambda text: bool(text.strip()))


@given(
    title=words.map(lambda text: text[:200]).filter(lambda text: bool(text.strip())), body=st.lists(line), last=words
)
def test_offsets_address_any_text_as_it_came(title: str, body: list[str], last: str) -> None:
    text = "\n".join([title, "20211230", "https://example.com", *body, last])
    read = parse(text, name="a", today=TODAY)
    assert read.text == text
    assert text[slice(*read.title_span)] == title.strip()
    assert text[read.body_start :] == "\n".join([*body, last])
    assert text.count("\n", 0, read.body_start) == 3


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with contextlib.suppress(errors.ArticleError):
        assert parse(decode(raw), name="a", today=TODAY).text == decode(raw)
