"""What somebody searches for: words that all must occur, "phrases", beginnings*, and -words that must not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

#: Terms of a query that count, and characters that are read of it: nobody types more on purpose.
MOST_TERMS: Final = 20
LONGEST: Final = 1_000

_PART: Final = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))(\*?)')
# As the indexes cut text: letters and digits, without the low line.
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other. ``is_beginning``: the last one may go on. ``is_excluded``: they must not occur."""

    words: tuple[str, ...]
    is_beginning: bool = False
    is_excluded: bool = False


def parse(text: str, *, beginnings: bool = False) -> list[Term]:
    """The terms of the query ``text``; what is no word in any alphabet is left out, whatever it is.

    With ``beginnings`` each word outside quotation marks stands for all that begin with it.
    """
    terms = []
    for minus, phrase, word, star in _PART.findall(text[:LONGEST]):
        words = tuple(_WORD.findall(phrase or word))
        if words:
            is_beginning = bool(star) or word.endswith("*") or (beginnings and not phrase)
            terms.append(Term(words, is_beginning=is_beginning, is_excluded=bool(minus)))
    return terms[:MOST_TERMS]
