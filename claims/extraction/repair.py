"""Mend scraped text for reading, and keep the way back to the raw characters.

Scraping loses characters: every one outside ASCII letters, digits, space and ``, . - '`` may be gone, and words stand
glued together where a non-breaking space or a dropped character stood ("UShas", "Jan10", "Ukraines Crimea").
``repair`` puts back spaces, apostrophes and dashes where the word list, the known names and the neighbouring words
leave little doubt; where they do, the text stays as it is. Raw text is never changed: all offsets given out address it.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from claims.extraction.repair_names import known_names
from claims.extraction.repair_rules import Edit, edits_for
from claims.extraction.types import Span

# Each pass may uncover work for the next ("UShasMoscow"); damage nests a few levels deep, no more.
MOST_PASSES = 8


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text as the pipeline reads it, with the map to the raw text it was made from.

    ``text`` is the mended text and ``raw`` the text as it came. ``_keys`` holds a number for each character of
    ``text``, never falling from left to right: twice its offset in ``raw`` where the character came from there; one
    less than twice the offset of the raw character after it where it was put in.
    """

    raw: str
    text: str
    _keys: Sequence[int] = field(repr=False)

    @property
    def is_changed(self) -> bool:
        """Whether anything was mended."""
        return self.text != self.raw

    def to_raw(self, start: int, end: int) -> Span:
        """Give the span of ``raw`` behind ``text[start:end]``; characters put in have no width there.

        Raises ValueError if the offsets are not within ``text``.
        """
        _check(start, end, len(self.text))
        if start == end:
            position = self._raw_position(start)
            return Span(position, position)
        first, last = self._keys[start], self._keys[end - 1]
        raw_start = (first + 1) // 2
        raw_end = (last + 1) // 2 if last % 2 else last // 2 + 1
        return Span(raw_start, max(raw_start, raw_end))

    def to_repaired(self, start: int, end: int) -> Span:
        """Give the span of ``text`` that ``raw[start:end]`` became, without characters put in at its edges.

        Raises ValueError if the offsets are not within ``raw``.
        """
        _check(start, end, len(self.raw))
        first = bisect.bisect_left(self._keys, 2 * start)
        last = bisect.bisect_right(self._keys, 2 * end - 2)
        while first < last and self._keys[first] % 2:
            first += 1
        while last > first and self._keys[last - 1] % 2:
            last -= 1
        return Span(first, max(first, last))

    def _raw_position(self, position: int) -> int:
        return (self._keys[position] + 1) // 2 if position < len(self.text) else len(self.raw)


def repair(text: str, *, names: Collection[str] = ()) -> Repaired:
    """Mend ``text``; the result's ``text`` equals it where nothing needs mending.

    ``names`` are names that the text may hold glued or without apostrophe, such as the aliases of known actors. Pass
    the same frozenset for many texts: what is derived from it is kept.
    """
    known = known_names(frozenset(names))
    mended = text
    keys: Sequence[int] = range(0, 2 * len(text), 2)
    for _ in range(MOST_PASSES):
        edits = edits_for(mended, known)
        if not edits:
            break
        mended, keys = _apply(mended, keys, edits, 2 * len(text))
    return Repaired(raw=text, text=mended, _keys=keys)


def _apply(text: str, keys: Sequence[int], edits: Sequence[Edit], end_key: int) -> tuple[str, list[int]]:
    pieces: list[str] = []
    new_keys: list[int] = []
    done = 0
    for edit in edits:
        pieces.append(text[done : edit.start])
        new_keys.extend(keys[done : edit.start])
        pieces.append(edit.replacement)
        if len(edit.replacement) == edit.end - edit.start:
            new_keys.extend(keys[edit.start : edit.end])
        else:
            following = keys[edit.end] if edit.end < len(text) else end_key
            new_keys.extend([following - 1 + following % 2] * len(edit.replacement))
        done = edit.end
    pieces.append(text[done:])
    new_keys.extend(keys[done:])
    return "".join(pieces), new_keys


def _check(start: int, end: int, length: int) -> None:
    if not 0 <= start <= end <= length:
        raise ValueError(f"characters {start} to {end} are not within a text of {length}")
