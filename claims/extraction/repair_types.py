"""What the rules of text repair share: a word where it is printed, what it lost, and how common a word must be."""

from __future__ import annotations

import re
from typing import NamedTuple

NEXT_WORD = re.compile(r" ([A-Za-z0-9]+(?:-[A-Za-z]+)*)")
PREVIOUS_WORD = re.compile(r"([A-Za-z0-9]+) \Z")
REACH = 40

# Zipf frequencies, from a word that some writers use to one that everybody knows.
ESTABLISHED = 2.0
CURRENT = 3.0
WIDELY_USED = 4.0
WELL_KNOWN = 4.5


class Lost(NamedTuple):
    """``text`` is missing before the character at ``offset`` of a word."""

    offset: int
    text: str


class PrintedWord(NamedTuple):
    """A word of letters and digits, and the text in which it starts at ``start``."""

    form: str
    text: str
    start: int

    @property
    def next(self) -> str:
        """The word after a single space, or "" where something else follows."""
        match = NEXT_WORD.match(self.text, self.start + len(self.form))
        return match[1] if match else ""

    @property
    def previous(self) -> str:
        """The word before a single space, or "" where something else precedes."""
        match = PREVIOUS_WORD.search(self.text[max(0, self.start - REACH) : self.start])
        return match[1] if match else ""
