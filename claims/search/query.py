"""What somebody searches for: words that all must occur, "phrases", beginnings*, and -words that must not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

#: Terms of a query that count, and characters that are read of it: nobody types more on purpose.
MOST_TERMS: Final = 20
LONGEST: Final = 1_000
#: The accents that make no difference, as characters that follow a letter.
MARKS: Final = frozenset(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u031b\u0323\u0324\u0326\u0327\u0328\u0331"
)

#: As the indexes cut text: letters and digits with their accents, without the low line.
WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_PART: Final = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))(\*?)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other. ``is_beginning``: the last one may go on. ``is_excluded``: they must not occur."""

    words: tuple[str, ...]
    is_beginning: bool = False
    is_excluded: bool = False


def parse(text: str, *, beginnings: int = 0) -> list[Term]:
    """The terms of the query ``text``; what is no word in any alphabet is left out, whatever it is.

    A word outside quotation marks with at least ``beginnings`` letters stands for all that begin with it; 0 lets none
    do so. Typographic quotation marks count as plain ones.
    """
    terms = []
    for minus, phrase, word, star in _PART.findall(re.sub("[“”„«»]", '"', text[:LONGEST])):
        words = tuple(WORD.findall(phrase or word))
        if words:
            is_long = 0 < beginnings <= len(words[-1]) and not phrase
            is_beginning = bool(star) or word.endswith("*") or is_long
            terms.append(Term(words, is_beginning=is_beginning, is_excluded=bool(minus)))
    return terms[:MOST_TERMS]
