"""One pass of text repair: where something lost is put back, and needless spacing is taken out.

Rules on spacing look at punctuation; rules on words look at one word, its neighbours and the word list. A rule acts
only where the word as printed is no established word itself, its parts are, and the neighbours fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from claims.extraction import repair_lists as lists
from claims.extraction.frequencies import english_words
from claims.extraction.repair_apostrophes import lost_apostrophe
from claims.extraction.repair_glue import lost_separator
from claims.extraction.repair_names import KnownNames
from claims.extraction.repair_types import ESTABLISHED, PrintedWord

WORD = re.compile(r"(?<![\w'’])[A-Za-z0-9]{2,60}(?![\w'’])")

SPACES = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
WIDE_SPACE = re.compile(r"[\u00a0\u2007\u2009\u200a\u202f]")
INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad]+")
HANGING_DASH = re.compile(r"(?<=[A-Za-z0-9.,)] )-(?=[A-Z][A-Za-z])")
SENTENCE_STOP = re.compile(
    r"(?<![\w.])([a-z]{2,30}|[A-Z][a-z]{1,30}|[A-Z]{2,30}|\d{4})\.(?=([A-Z][a-z]*)\b(?!\.[A-Za-z]))"
)
COMMA = re.compile(r"(?<=[a-z]),(?=[A-Za-z]{2})")
MONTH_STOP = re.compile(rf"\b(?:{'|'.join(sorted(lists.MONTH_ABBREVIATIONS))})\.(?=\d)")

# What marks the characters around it as an address, a file name or a handle rather than prose.
ADDRESS = re.compile(r"://|www\.|[@/\\_#=~]|\w\.(?:com|org|net|gov|edu|int|info|co)\b", re.IGNORECASE)
ADDRESS_REACH = 100


class Edit(NamedTuple):
    """Put ``replacement`` in the place of the characters ``[start, end)``."""

    start: int
    end: int
    replacement: str


def edits_for(text: str, names: KnownNames) -> list[Edit]:
    """Give what one pass over ``text`` mends, from left to right, no two overlapping."""
    edits: list[Edit] = []
    for edit in sorted({*_in_spacing(text), *_in_words(text, names)}):
        if not (edits and edit.start < edits[-1].end) and not _in_address(text, edit):
            edits.append(edit)
    return edits


def _in_spacing(text: str) -> Iterator[Edit]:
    for match in SPACES.finditer(text):
        yield Edit(match.start() + 1, match.end(), "")
    for match in WIDE_SPACE.finditer(text):
        yield Edit(*match.span(), " ")
    for match in INVISIBLE.finditer(text):
        yield Edit(*match.span(), "")
    for pattern in (HANGING_DASH, COMMA, MONTH_STOP):
        for match in pattern.finditer(text):
            yield Edit(match.end(), match.end(), " ")
    for match in SENTENCE_STOP.finditer(text):
        if _ends_sentence(match[1], match[2]):
            yield Edit(match.end(), match.end(), " ")


def _ends_sentence(before: str, after: str) -> bool:
    known = before.isdigit() or english_words().zipf(before.lower()) >= ESTABLISHED
    return known and after.lower() not in lists.ADDRESS_ENDINGS and (len(after) > 1 or after in {"A", "I"})


def _in_words(text: str, names: KnownNames) -> Iterator[Edit]:
    for match in WORD.finditer(text):
        if match[0].isdigit():
            continue
        word = PrintedWord(match[0], text, match.start())
        lost = lost_separator(word, names) or lost_apostrophe(word, names)
        if lost is not None:
            position = word.start + lost.offset
            yield Edit(position, position, lost.text)


def _in_address(text: str, edit: Edit) -> bool:
    left = text[max(0, edit.start - ADDRESS_REACH) : edit.start]
    right = text[edit.end : edit.end + ADDRESS_REACH]
    if not edit.replacement or text[edit.start : edit.end].isspace():
        return False
    chunk = _last_chunk(left) + (right.split(maxsplit=1)[0] if right and not right[0].isspace() else "")
    return ADDRESS.search(chunk) is not None


def _last_chunk(text: str) -> str:
    return text.split()[-1] if text and not text[-1].isspace() else ""
