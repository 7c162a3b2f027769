"""Damage clean text the way scraping does, to test text repair and to train on text as it arrives.

Scraping keeps ASCII letters, digits, white space and ``, . - '`` and loses every other character; where a
non-breaking space stood the words around it end up glued.
"""

from __future__ import annotations

import random
import re
import string
from dataclasses import dataclass

KEPT = frozenset(string.ascii_letters + string.digits + " \n,.-'")

# Typesetters join these by a non-breaking space: an acronym or a month, and what follows.
NON_BREAKING = re.compile(
    r"(?<=\b[A-Z]{2}) (?=[a-z])|(?<=\b[A-Z]{3}) (?=[a-z])|(?<=\b[A-Z]{4}) (?=[a-z])"
    r"|(?<=\bJan|\bFeb|\bMar|\bApr|\bAug|\bOct|\bNov|\bDec|\bMay) (?=\d)|(?<=\bJune|\bJuly|\bSept) (?=\d)"
)


@dataclass(frozen=True, slots=True)
class Damaged:
    """Damaged text; ``origins[i]`` is the offset in the clean text of the character ``text[i]``."""

    text: str
    origins: tuple[int, ...]


def damage(text: str, rng: random.Random, *, glue: float = 0.3, apostrophes: float = 0.9) -> Damaged:
    """Damage ``text`` at random.

    ``glue`` is the share of the places for a non-breaking space where words are glued, ``apostrophes`` the share of
    straight apostrophes that are lost (curly ones always are), both from 0 to 1. The same ``rng`` state gives the same
    text.
    """
    glued = {match.start() for match in NON_BREAKING.finditer(text) if rng.random() < glue}
    kept = [
        (position, character)
        for position, character in enumerate(text)
        if character in KEPT and position not in glued and not (character == "'" and rng.random() < apostrophes)
    ]
    spaced = [
        (position, character)
        for index, (position, character) in enumerate(kept)
        if not (character == " " and index and kept[index - 1][1] == " ")
    ]
    return Damaged(
        text="".join(character for _, character in spaced), origins=tuple(position for position, _ in spaced)
    )
