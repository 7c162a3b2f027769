"""Names that may stand glued or without apostrophe in scraped text."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from claims.extraction import repair_lists as lists
from claims.extraction.frequencies import english_words

LEAST_LETTERS = 4


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The single words that names are made of: ``words`` printed with a capital, ``acronyms`` all in capitals.

    ``spellings`` are all words of names as they are printed, and so no damage; ``last_words`` those that end a name, as
    surnames do; ``single_acronyms`` those of which there is only one, so that an s after them is no plural.
    """

    spellings: frozenset[str]
    words: frozenset[str]
    last_words: frozenset[str]
    acronyms: frozenset[str]
    single_acronyms: frozenset[str]

    def is_place(self, word: str) -> bool:
        """Whether ``word``, printed with a capital, names a place or an institution."""
        return word in lists.INSTITUTIONS or (word.istitle() and english_words().is_place(word.lower()))

    def is_name(self, word: str) -> bool:
        """Whether ``word``, printed with a capital, is a known name, of four letters at least."""
        return len(word) >= LEAST_LETTERS and (word in self.words or self.is_place(word))

    def is_person(self, word: str) -> bool:
        """Whether ``word``, printed with a capital, is a known name of neither a place nor an institution."""
        return word in self.words and not self.is_place(word)

    def begins_a_word(self, word: str) -> bool:
        """Whether the capital of ``word`` shows that a word begins there."""
        return (
            self.is_name(word)
            or word in lists.OPENERS
            or word in lists.OFFICES
            or word in lists.MONTHS
            or word in lists.WEEKDAYS
        )


@functools.lru_cache(maxsize=16)
def known_names(names: frozenset[str]) -> KnownNames:
    """Read out of ``names`` the acronyms, and the words that are long enough and no ordinary words."""
    spellings = set()
    words = set()
    last_words = {"America"}
    acronyms = set(lists.ACRONYMS)
    for name in names:
        parts = re.findall(r"\w+", name)
        spellings.update(parts)
        telling = [part for part in parts if _is_telling(part)]
        words.update(telling)
        if telling and telling[-1] == parts[-1]:
            last_words.add(parts[-1])
        if len(parts) == 1 and parts[0].isupper() and len(parts[0]) > 1:
            acronyms.add(parts[0])
    return KnownNames(
        spellings=frozenset(spellings),
        words=frozenset(words),
        last_words=frozenset(last_words),
        acronyms=frozenset(acronyms),
        single_acronyms=frozenset(acronyms - lists.PLURALISED_ACRONYMS),
    )


def _is_telling(part: str) -> bool:
    return part.istitle() and len(part) >= LEAST_LETTERS and not english_words().is_common(part.lower())
