"""Where a word lost its apostrophe: "Ukraines Crimea", "the countrys opposition", "dont"."""

from __future__ import annotations

from claims.extraction import repair_lists as lists
from claims.extraction.frequencies import english_words
from claims.extraction.repair_names import KnownNames
from claims.extraction.repair_types import CURRENT, Lost, PrintedWord

# How much commoner, in powers of ten, the word without its last letter must be for that s to be a lost "'s".
PLACE_MARGIN = 1.5
NAME_MARGIN = 1.3

NOUN_ENDINGS = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "ism",
    "ance",
    "ence",
    "ship",
    "al",
    "ic",
    "ive",
    "ous",
    "ing",
    "ist",
)


def lost_apostrophe(word: PrintedWord, names: KnownNames) -> Lost | None:
    """Give the apostrophe that ``word`` lost; None where it is complete as printed or the text leaves a doubt."""
    form = word.form
    lower = form.lower()
    if lower in lists.CONTRACTIONS and not form.isupper():
        return _contraction(word, lower)
    if not form.endswith("s"):
        return None
    if form.istitle() or form[:-1] in names.single_acronyms:
        return _name(word, names)
    if form.islower() and (lower in lists.POSSESSIVES or _is_noun_in_y(lower)):
        return Lost(len(form) - 1, "'")
    return None


def _contraction(word: PrintedWord, lower: str) -> Lost | None:
    if lower in lists.AMBIGUOUS_CONTRACTIONS and not _continues(lower, word.next):
        return None
    return Lost(lists.CONTRACTIONS[lower].index("'"), "'")


def _continues(contraction: str, following: str) -> bool:
    """Whether the word after a contraction that is also a word, or a name, shows it to be the contraction."""
    if contraction in {"wont", "cant"}:
        return following in lists.AFTER_AUXILIARIES
    if contraction == "ive":
        return following in lists.AFTER_HAVE
    return following in lists.AFTER_BE or (following.endswith("ing") and following.islower())


def _is_noun_in_y(lower: str) -> bool:
    """Whether ``lower`` is a noun such as "country" with a bare s, which its plural ("countries") never has."""
    if not lower.endswith("ys") or len(lower) < 5 or lower[-3] in "aeiou":
        return False
    english = english_words()
    plural = english.zipf(lower[:-2] + "ies")
    return english.is_common(lower[:-1]) and plural >= CURRENT and english.zipf(lower) + PLACE_MARGIN <= plural


def _name(word: PrintedWord, names: KnownNames) -> Lost | None:
    name = word.form[:-1]
    english = english_words()
    if word.form in names.spellings or not word.next:
        return None
    is_acronym = name in names.single_acronyms
    is_place = is_acronym or (len(name) > 3 and names.is_place(name))
    margin = PLACE_MARGIN if is_place else NAME_MARGIN
    if not is_acronym and 0 < english.zipf(name.lower()) < english.zipf(word.form.lower()) + margin:
        return None
    previous = word.previous.lower()
    lost = Lost(len(name), "'")
    if is_place:
        has_article = previous == "the" and (is_acronym or name in lists.TAKES_ARTICLE)
        if previous in lists.PLURAL_LICENSERS and not has_article:
            return None
        return lost if not english.is_verb_or_function_word(word.next.lower()) else None
    if previous in lists.PLURAL_LICENSERS:
        return None
    if name in lists.WEEKDAYS or name in lists.POSSESSIVE_MONTHS:
        return lost if previous not in lists.BEFORE_WEEKDAYS and _is_noun_like(word.next) else None
    if name in names.last_words:
        return lost if _is_noun_like(word.next) or word.next in lists.OFFICES or names.is_name(word.next) else None
    return None


def _is_noun_like(word: str) -> bool:
    english = english_words()
    if not word.islower() or english.is_verb_or_function_word(word):
        return False
    return english.is_noun_like(word) or (english.is_common(word) and word.endswith(NOUN_ENDINGS))
