"""The word list that text repair decides by: how common English words are and how they are used.

The list is made by ``claims.extraction.training.build_frequencies``, which names its sources.
"""

from __future__ import annotations

import functools
import lzma
from importlib import resources
from typing import NamedTuple

ZIPF_PER_UNIT = 10


class Word(NamedTuple):
    """One word: its Zipf frequency (powers of ten a billion words) and the flags of ``build_frequencies``."""

    zipf: float
    flags: str


ABSENT = Word(0.0, "")


class Words:
    """The list, asked by lower-cased word."""

    def __init__(self, entries: dict[str, Word]) -> None:
        self._entries = entries

    def zipf(self, word: str) -> float:
        """How common ``word`` is: 0 where the list lacks it, 3 for one in a million."""
        return self._entries.get(word, ABSENT).zipf

    def is_common(self, word: str) -> bool:
        """Whether ``word`` is an ordinary word, printed in lower case."""
        return "l" in self._entries.get(word, ABSENT).flags

    def is_place(self, word: str) -> bool:
        """Whether ``word`` names a country, a state of the United States or a large city."""
        return "p" in self._entries.get(word, ABSENT).flags

    def is_noun_like(self, word: str) -> bool:
        """Whether ``word`` is mostly a noun, an adjective or a number."""
        return "n" in self._entries.get(word, ABSENT).flags

    def is_verb_or_function_word(self, word: str) -> bool:
        """Whether ``word`` is mostly a finite verb, an auxiliary or a function word."""
        return "v" in self._entries.get(word, ABSENT).flags


@functools.cache
def english_words() -> Words:
    """Load the shipped list once a process."""
    packed = (resources.files(__package__) / "data" / "frequencies.tsv.xz").read_bytes()
    kinds: dict[tuple[str, str], Word] = {}
    entries = {}
    for line in lzma.decompress(packed).decode("ascii").splitlines():
        word, zipf, flags = line.split("\t")
        if (zipf, flags) not in kinds:
            kinds[zipf, flags] = Word(int(zipf) / ZIPF_PER_UNIT, flags)
        entries[word] = kinds[zipf, flags]
    return Words(entries)
