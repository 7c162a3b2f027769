"""Which lines of an article are English: rules made for English find nonsense in others ("Iran refuse l'accord")."""

from __future__ import annotations

import re
from collections.abc import Callable

from claims.extraction.frequencies import english_words

#: The least share of ordinary English words among the different ones without a capital. Articles of English news have
#: 0.86 and more, their lines of enough words 0.66 and more; languages near to English mostly stay below 0.5.
IN_ARTICLE = 0.75
IN_LINE = 0.6
#: Fewer words tell too little; of so few, in an article that is not English, all must be.
ENOUGH = 8
FEW = 4

_WORD = re.compile(r"[^\W\d_]+")


def english_lines(article: str) -> Callable[[str], bool]:
    """What tells of each line of ``article`` whether it is English.

    A line of enough words speaks for itself, and has to be the surer in an article that is not English; a shorter one
    goes with the article. Names tell nothing, so words without a capital count; in an article that has too few, as one
    in capitals, all words do, at half the share. A line without a letter is in no language.
    """
    words, least = _plain_words(article), IN_ARTICLE
    if len(words) < ENOUGH:
        words, least = _plain_words(article.lower()), IN_ARTICLE / 2
    whole = len(words) < ENOUGH or _english_share(words) >= least

    def is_english(line: str) -> bool:
        words = _plain_words(line)
        if len(words) >= ENOUGH:
            return _english_share(words) >= (IN_LINE if whole else IN_ARTICLE)
        if whole:
            return _WORD.search(line) is not None
        return len(words) >= FEW and _english_share(words) == 1

    return is_english


def _plain_words(text: str) -> set[str]:
    """The different words of a text without a capital."""
    return {word for word in _WORD.findall(text) if not word[0].isupper()}


def _english_share(words: set[str]) -> float:
    """The share of ordinary English words among ``words``."""
    return sum(map(english_words().is_common, words)) / len(words)
