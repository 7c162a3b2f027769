"""Words as patterns compare them: without endings, accents and possessives, capitals kept beside."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"(?:[^\W_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLE = re.compile(r"([bdfgmnprt])\1$")
#: Words whose last letters are no ending.
_WHOLES = (
    "always axis basis beijing bring bus crisis during evening exceed feed gas his hundred indeed kindred "
    "king morning need news proceed ring sacred seed series sing species speed spring string succeed thing "
    "this thus united us was wing"
)
_WHOLE = frozenset(_WHOLES.split())
#: Shorter words keep their endings.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: ``stem`` compares in any case; ``capitals`` is the word as printed if it is all capitals."""

    stem: str
    capitals: str = ""


def words(text: str) -> list[Word]:
    """The words of ``text`` in their order. Hyphens part words, full stops in "U.S." do not."""
    # In a text without a small letter capitals tell nothing.
    tells = any(letter.islower() for letter in text)
    return [_word(printed, tells) for printed in _WORD.findall(text)]


def is_acronym(word: str) -> bool:
    """Whether ``word`` is written in capitals of two letters or more: "NATO", "U.S.", "COP28"."""
    plain = word.replace(".", "")
    return len(plain) >= 2 and plain.isupper()


@lru_cache(maxsize=100_000)
def _word(printed: str, tells: bool) -> Word:
    plain = printed.replace(".", "")
    return Word(stem(plain), plain if tells and is_acronym(plain) else "")


def stem(word: str) -> str:
    """``word`` in small letters without accents and without the endings of plural, past and -ing.

    The first step of Porter's stemmer (M. F. Porter, An algorithm for suffix stripping, 1980), with a final "e" left
    out, so that the forms of one word meet: "invade", "invades", "invaded" and "invading" are all "invad".
    """
    plain = "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))
    small = re.sub(r"['’](?:s|$).*", "", plain.casefold())
    if len(small) < _SHORTEST or small in _WHOLE:
        return small
    return _bare(_without_past(_without_plural(small)))


def _without_plural(word: str) -> str:
    if word.endswith("sses") or word.endswith("ies"):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_past(word: str) -> str:
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 2 and _VOWEL.search(rest):
            return _DOUBLE.sub(r"\1", rest)
    return word


def _bare(word: str) -> str:
    if len(word) >= _SHORTEST and word.endswith("e"):
        return word[:-1]
    if len(word) >= _SHORTEST and word.endswith("y"):
        return word[:-1] + "i"
    return word
