"""How a doc is cut into what the encoder reads at once: windows of whole lines, at most 256 pieces each.

Lines are packed into a window while they fit, a separator piece between them, since a newline always ends a sentence.
A line longer than a window is read from its beginning; where the encoder finds the last sentence start in it, the
next window begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims.extraction.components.reading import Integers
from claims.extraction.wordpieces import NO_CASE, WordPieces, letter_case

LONGEST = 256
# A sentence start this early in a window would leave next to nothing read.
_LEAST_READ = 8


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``start`` to ``end`` (exclusive) as inputs of the encoder; ``complete`` where it ends with a line's end."""

    start: int
    end: int
    complete: bool
    pieces: Integers
    cases: Integers
    first: Integers
    last: Integers


def window_at(start: int, words: Sequence[str], line_starts: Sequence[bool], pieces: WordPieces) -> Window:
    """Give the window that begins at word ``start``."""
    ids, cases = [pieces.start], [NO_CASE]
    first: list[int] = []
    last: list[int] = []
    line_end = (start, 1)  # Where the latest line that fits ends: its word and its piece.
    full = False
    for index in range(start, len(words)):
        breaks = index > start and line_starts[index]
        if breaks:
            line_end = (index, len(ids))
        word_ids = pieces.ids(words[index])
        if len(ids) + breaks + len(word_ids) + 1 > LONGEST:
            full = True
            break
        if breaks:
            ids.append(pieces.separator)
            cases.append(NO_CASE)
        first.append(len(ids))
        ids.extend(word_ids)
        cases.extend([letter_case(words[index])] * len(word_ids))
        last.append(len(ids) - 1)
    end, complete = start + len(first), not full
    if full and line_end[0] > start:
        end, complete = line_end[0], True
        del ids[line_end[1] :], cases[line_end[1] :], first[end - start :], last[end - start :]
    ids.append(pieces.separator)
    cases.append(NO_CASE)
    inputs = (np.array(values, dtype=np.int64) for values in (ids, cases, first, last))
    return Window(start, end, complete, *inputs)


def cut(window: Window, starts: Sequence[bool], words: Sequence[str]) -> int:
    """Say how many words to keep of a window that ends within a line; at least one.

    Up to the last sentence start; a sentence that fills the window is cut behind its last comma or like mark in the
    second half, or else where the window ends.
    """
    for index in range(len(starts) - 1, _LEAST_READ - 1, -1):
        if starts[index]:
            return index
    size = window.end - window.start
    for index in range(size - 1, size // 2, -1):
        if words[window.start + index] in (",", ";", ":", "-", "–", "—", ")"):
            return index + 1
    return size
