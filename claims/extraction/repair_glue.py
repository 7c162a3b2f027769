"""Where a word is two, and what stood between them."""

from __future__ import annotations

import re

from claims.extraction import repair_lists as lists
from claims.extraction.frequencies import english_words
from claims.extraction.repair_names import LEAST_LETTERS, KnownNames
from claims.extraction.repair_types import CURRENT, ESTABLISHED, WELL_KNOWN, WIDELY_USED, Lost, PrintedWord

UPPER_LOWER = re.compile(r"([A-Z]{2,})([a-z]{2,})")
CAPITAL_INSIDE = re.compile(r"([A-Z]?[a-z]{2,})([A-Z][a-z]+)")
HONORIFIC = re.compile(r"(Mr|Mrs|Ms|Dr)([A-Z][a-z]{2,})")
LETTERS_DIGITS = re.compile(r"([A-Za-z]+)(\d{1,4})")
DIGITS_LETTERS = re.compile(r"(\d{1,4})([A-Za-z]{2,})")
YEAR = re.compile(r"(?:19|20)\d\d")


def lost_separator(word: PrintedWord, names: KnownNames) -> Lost | None:
    """Give what is missing inside ``word`` where two words are glued together; None where it is one."""
    form = word.form
    if form.lower() in lists.STYLED or form in names.spellings:
        return None
    if not form.isalpha():
        return _at_digits(word, names)
    if form.islower():
        return None
    if form.istitle():
        return _after_name(word, names)
    if form.isupper():
        return _between_capitals(word, names)
    if match := UPPER_LOWER.fullmatch(form):
        return _after_acronym(word, match[1], match[2], names)
    if match := HONORIFIC.fullmatch(form):
        # "MrBeast" and "DrDobbs" are written so themselves.
        return None if english_words().zipf(form.lower()) >= CURRENT else Lost(len(match[1]), " ")
    if match := CAPITAL_INSIDE.fullmatch(form):
        return _before_capital(word, match[1], match[2], names)
    return None


def _after_acronym(word: PrintedWord, upper: str, lower: str, names: KnownNames) -> Lost | None:
    """ "UShas" is "US has", "USRussia" is "US Russia"; "MPs", "PhDs" and "USAid" are one word."""
    english = english_words()
    if _follows_acronym(word.form, upper, lower, names):
        return Lost(len(upper), " ")
    head, tail = upper[:-1], upper[-1] + lower
    if english.zipf(word.form.lower()) >= ESTABLISHED:
        return None
    is_word = len(tail) >= LEAST_LETTERS and english.is_common(tail.lower()) and english.zipf(tail.lower()) >= CURRENT
    if head in names.acronyms and (names.begins_a_word(tail) or is_word):
        return Lost(len(head), _between(word, head, tail, names))
    if names.is_name(head.title()) and names.is_name(tail):
        return Lost(len(head), _between(word, head.title(), tail, names))
    return None


def _follows_acronym(form: str, upper: str, lower: str, names: KnownNames) -> bool:
    english = english_words()
    if lower in lists.INFLECTIONS or not english.is_common(lower) or english.zipf(form.lower()) >= WIDELY_USED:
        return False
    is_function_word = english.is_verb_or_function_word(lower)
    if upper not in names.acronyms:
        is_long = len(upper) > 2 and len(lower) > 2 and upper[:-1] not in names.acronyms
        return is_function_word and is_long and english.zipf(form.lower()) < ESTABLISHED
    return is_function_word or (len(lower) > 2 and english.zipf(form.lower()) < CURRENT)


def _after_name(word: PrintedWord, names: KnownNames) -> Lost | None:
    """ "Natomilitary" is "Nato military", "Juneprovides" is "June provides"; "Mayflower" is one word."""
    english = english_words()
    form = word.form
    if len(form) < LEAST_LETTERS + 2 or english.zipf(form.lower()) >= ESTABLISHED:
        return None
    for at in range(len(form) - 2, LEAST_LETTERS - 1, -1):
        head, tail = form[:at], form[at:]
        if tail in lists.NAME_ENDINGS or not english.is_common(tail) or english.zipf(tail) < CURRENT:
            continue
        if head not in lists.MONTHS and head not in lists.WEEKDAYS and not names.is_name(head):
            continue
        if len(tail) < LEAST_LETTERS:
            # A surname may end in "in"; a place or a day with one glued to it is more likely than a name like it.
            is_telling = len(tail) > 2 or not names.is_person(head)
            is_word = is_telling and tail in lists.SHORT_FUNCTION_WORDS and len(head) > LEAST_LETTERS
        else:
            is_telling = (
                len(head) > LEAST_LETTERS or head in lists.INSTITUTIONS or english.zipf(head.lower()) > WELL_KNOWN
            )
            is_word = is_telling and (english.is_verb_or_function_word(tail) or word.next.islower())
        if is_word:
            return Lost(at, " ")
    return None


def _before_capital(word: PrintedWord, head: str, tail: str, names: KnownNames) -> Lost | None:
    """ "saidMoscow" is "said Moscow", "KremlinRussia" is two names; "easyJet" and "WhatsApp" are one word."""
    english = english_words()
    if english.zipf(word.form.lower()) >= ESTABLISHED or not names.begins_a_word(tail):
        return None
    if head.islower():
        is_word = len(head) > 2 and english.is_common(head) and english.zipf(head) >= CURRENT
        return Lost(len(head), " ") if is_word else None
    is_date = head in lists.MONTHS or head in lists.WEEKDAYS
    if is_date or names.is_name(head) or head in lists.OFFICES:
        return Lost(len(head), _between(word, head, tail, names))
    return None


def _between_capitals(word: PrintedWord, names: KnownNames) -> Lost | None:
    """ "DELAWAREMOSCOW" is two places; "INDIANA" is one."""
    form = word.form
    if len(form) < 2 * LEAST_LETTERS or english_words().zipf(form.lower()) >= ESTABLISHED or form in names.acronyms:
        return None
    for at in range(LEAST_LETTERS, len(form) - LEAST_LETTERS + 1):
        head, tail = form[:at].title(), form[at:].title()
        if names.is_name(head) and names.is_name(tail):
            return Lost(at, _between(word, head, tail, names))
    return None


def _between(word: PrintedWord, head: str, tail: str, names: KnownNames) -> str:
    """Give the dash of "US-Russia ties" between two states where the next word tells of both, otherwise a space."""
    states = (head in lists.STATE_ACRONYMS or names.is_place(head)) and names.is_place(tail)
    return "-" if states and word.next.lower() in lists.RELATIONS else " "


def _at_digits(word: PrintedWord, names: KnownNames) -> Lost | None:
    """ "Jan10" is "Jan 10", "2014and" is "2014 and"; "G20", "COVID19", "9am" and "10th" are one word."""
    english = english_words()
    if match := LETTERS_DIGITS.fullmatch(word.form):
        head = match[1]
        is_date = head.title() in lists.MONTHS or head in lists.WEEKDAYS
        return Lost(len(head), " ") if is_date or head in lists.BEFORE_NUMBERS else None
    match = DIGITS_LETTERS.fullmatch(word.form)
    if match is None:
        return None
    number, tail = match[1], match[2]
    if tail in lists.COUNTED or tail in lists.MONTHS:
        return Lost(len(number), " ")
    ends_date = word.previous in lists.MONTHS and int(number) > 0
    is_year = YEAR.fullmatch(number) is not None
    if tail.islower():
        is_word = english.is_common(tail) and english.zipf(tail) >= CURRENT and tail not in lists.INFLECTIONS
        is_function_word = is_word and english.is_verb_or_function_word(tail)
        is_long_word = is_word and ends_date and len(tail) > 2
        return Lost(len(number), " ") if is_long_word or (is_function_word and (is_year or ends_date)) else None
    return Lost(len(number), " ") if (is_year or ends_date) and names.begins_a_word(tail) else None
