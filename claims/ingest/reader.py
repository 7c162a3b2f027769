"""Reads one article in the seed format: title, date, address, then one sentence or paragraph a line.

The text is kept exactly as it came; everything else is an offset into it. Lines end at a line feed and nowhere
else (not at the other separators of ``str.splitlines``), so that ``line`` is always 1 plus the line feeds before.
"""

from __future__ import annotations

import codecs
import datetime as dt
import errno
import os
import re
import stat
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from claims.extraction.types import ArticleText, Span
from claims.ingest.errors import (
    Empty,
    InvalidAddress,
    InvalidDate,
    MissingAddress,
    MissingBody,
    MissingDate,
    MissingTitle,
    NotAFile,
    NotText,
    TooLarge,
    TooLong,
    Unreadable,
    WrongEncoding,
    reason,
)
from claims.ingest.sources import printable
from claims.models import limits

#: No text that may be stored has more bytes, in any encoding; what is larger is never read further.
MAX_BYTES = 4 * limits.ARTICLE_TEXT
EARLIEST = dt.date(1800, 1, 1)
#: An article may be dated ahead by the time zones and an early edition.
DAYS_AHEAD = 2

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.005
_HEAD = 64 * 1024
_EIGHT_DIGITS = re.compile(r"[0-9]{8}")
_is_web_address = URLValidator(schemes=["http", "https"])


def read_article(
    path: Path, *, max_bytes: int = MAX_BYTES, encoding: str = "utf-8", today: dt.date | None = None
) -> ArticleText:
    """The article in the file at ``path``; its name is the file's stem, unprintable characters escaped.

    At most ``max_bytes`` + 1 bytes are ever held. ``encoding`` is the one expected of files without a byte order
    mark. Raises an ``ArticleError`` that says what is wrong.
    """
    text = decode(read_bytes(path, max_bytes), encoding)
    return parse(text, name=printable(path.stem), today=today)


def read_bytes(path: Path, limit: int) -> bytes:
    """The bytes of the regular file at ``path``; raises an ``ArticleError`` for any other thing or size."""
    try:
        _require_regular(path.stat().st_mode)
        # A file can be exchanged for a pipe after the check: do not wait for a writer, and look again.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            _require_regular(os.fstat(handle).st_mode)
            raw = file.read(limit + 1)
    except FileNotFoundError:
        raise NotAFile("a link to nothing" if path.is_symlink() else "nothing (it was there a moment ago)") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NotAFile("a link that leads to itself") from None
        raise Unreadable("file", reason(error)) from None
    if len(raw) > limit:
        raise TooLarge(limit)
    return raw


def decode(raw: bytes, encoding: str = "utf-8") -> str:
    """The text of ``raw``: by its byte order mark where it has one, else strictly in ``encoding``.

    Nothing is guessed or replaced: raises ``Empty``, ``NotText`` or ``WrongEncoding``.
    """
    mark, found = next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if raw.startswith(mark)), (b"", ""))
    body = raw[len(mark) :]
    if not body.strip():
        raise Empty
    if found in ("", "utf-8"):
        _require_text(raw)
    try:
        text = body.decode(found or encoding, "strict")
    except UnicodeDecodeError as error:
        line = 1 + body[: error.start].decode(found or encoding, "ignore").count("\n")
        raise WrongEncoding((found or encoding).upper(), len(mark) + error.start, line) from None
    if not text.strip():
        raise Empty
    if "\0" in text:
        raise NotText(len(mark) + len(text[: text.index("\0")].encode(found or encoding)))
    return text


def parse(text: str, *, name: str, today: dt.date | None = None) -> ArticleText:
    """The article that ``text`` holds, with the offsets of its title and body.

    ``today`` is the day that bounds the date of publication. Raises an ``ArticleError`` for a missing or invalid
    part.
    """
    if not text.strip():
        raise Empty
    if len(text) > limits.ARTICLE_TEXT:
        raise TooLong("the file", len(text), limits.ARTICLE_TEXT)
    lines = _lines(text, count=3)
    title = _trimmed(text, lines[0])
    if title.start == title.end:
        raise MissingTitle
    if title.end - title.start > limits.TITLE:
        raise TooLong("the title in line 1", title.end - title.start, limits.TITLE)
    date = _field(text, lines, 1)
    if not date:
        raise MissingDate
    published_on = parse_date(date, today=today or timezone.localdate())
    address = _field(text, lines, 2)
    if not address:
        raise MissingAddress
    require_web_address(address)
    body_start = min(lines[2].end + 1, len(text))
    if not text[body_start:].strip():
        raise MissingBody
    return ArticleText(
        name=name, text=text, title_span=title, body_start=body_start, published_on=published_on, url=address
    )


def parse_date(printed: str, *, today: dt.date) -> dt.date:
    """The day that ``printed`` names as YYYYMMDD; raises ``InvalidDate`` for any other form or an impossible day."""
    if not _EIGHT_DIGITS.fullmatch(printed):
        raise InvalidDate(printed, "not a date")
    try:
        day = dt.date(int(printed[:4]), int(printed[4:6]), int(printed[6:]))
    except ValueError:
        raise InvalidDate(printed, "a day that no calendar has") from None
    if day > today + dt.timedelta(days=DAYS_AHEAD):
        raise InvalidDate(printed, "a day in the future")
    if day < EARLIEST:
        raise InvalidDate(printed, f"a day before {EARLIEST.year}")
    return day


def require_web_address(printed: str) -> None:
    """Raise ``InvalidAddress`` unless ``printed`` is an http or https address of at most 2,000 characters."""
    if len(printed) > limits.URL:
        raise InvalidAddress(printed)
    try:
        _is_web_address(printed)
    except ValidationError:
        raise InvalidAddress(printed) from None


def _require_regular(mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise NotAFile("a folder")
    if stat.S_ISFIFO(mode):
        raise NotAFile("a pipe")
    if stat.S_ISSOCK(mode):
        raise NotAFile("a socket")
    raise NotAFile("a device")


def _require_text(raw: bytes) -> None:
    """Refuse what no text holds: a NUL anywhere, or more than a few control bytes near the beginning."""
    nul = raw.find(b"\0")
    if nul >= 0:
        raise NotText(nul)
    head = raw[:_HEAD]
    controls = list(_CONTROL.finditer(head))
    if len(controls) > max(1, _CONTROL_SHARE * len(head)):
        raise NotText(controls[0].start())


def _lines(text: str, count: int) -> list[Span]:
    """The first ``count`` lines without their line feeds; a line that is not there stands empty at the end."""
    spans = []
    start = 0
    for _ in range(count):
        feed = text.find("\n", start)
        end = feed if feed >= 0 else len(text)
        spans.append(Span(start, end))
        start = min(end + 1, len(text))
    return spans


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _field(text: str, lines: list[Span], index: int) -> str:
    return text[lines[index].start : lines[index].end].strip()
