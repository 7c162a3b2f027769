"""Where the words of a search stand in a text: found in plain text, so that nothing of a stranger's becomes markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from claims.search.query import WORD, Term

#: Characters of a text that are read for words to mark.
READ: Final = 100_000
#: Characters of an excerpt that stand before its first hit.
BEFORE: Final = 80


class Bit(NamedTuple):
    """Some characters of a text; ``is_hit`` where they are what was searched for."""

    text: str
    is_hit: bool = False


def highlighted(text: str, terms: Sequence[Term]) -> list[Bit]:
    """``text`` cut where words of ``terms`` begin and end; joined, the bits are exactly that text."""
    return _bits(text, 0, len(text), _hits(text, terms))


def excerpt(text: str, terms: Sequence[Term], *, length: int = 260) -> list[Bit]:
    """A stretch of ``text`` in one line round the first of ``terms`` in it, its beginning where there is none.

    It has about ``length`` characters, begins and ends with whole words, and has "…" where words are left out.
    """
    line = " ".join(text[:READ].split())
    hits = _hits(line, terms)
    first = hits[0][0] if hits else 0
    start = 0 if first <= BEFORE else line.rfind(" ", 0, first - BEFORE) + 1
    # A text without spaces is cut all the same.
    start = max(start, first - 2 * BEFORE)
    end = len(line)
    if end - start > length:
        space = line.rfind(" ", start, start + length)
        end = space if space > first else start + length
    bits = _bits(line, start, end, hits)
    return [*([Bit("… ")] if start else []), *bits, *([Bit(" …")] if end < len(line) or len(text) > READ else [])]


def _bits(text: str, start: int, end: int, hits: Sequence[tuple[int, int]]) -> list[Bit]:
    inside = [(max(left, start), min(right, end)) for left, right in hits if left < end and right > start]
    cuts = [start, *(edge for hit in inside for edge in hit), end]
    return [
        Bit(text[left:right], is_hit=bool(number % 2))
        for number, (left, right) in enumerate(pairwise(cuts))
        if left < right
    ]


def _hits(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Start and end of each place, in order; places that touch or overlap are one."""
    wanted = [([_folded(word) for word in term.words], term.is_beginning) for term in terms if not term.is_excluded]
    words = [(match.start(), match.end(), _folded(match[0])) for match in WORD.finditer(text, 0, READ)]
    found = []
    for place, (start, _end, _word) in enumerate(words):
        for term, is_beginning in wanted:
            here = words[place : place + len(term)]
            if len(here) == len(term) and _fits([word for _, _, word in here], term, is_beginning=is_beginning):
                found.append((start, here[-1][1]))
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _fits(words: Sequence[str], term: Sequence[str], *, is_beginning: bool) -> bool:
    if words[:-1] != term[:-1]:
        return False
    return words[-1].startswith(term[-1]) if is_beginning else words[-1] == term[-1]


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)).lower()
