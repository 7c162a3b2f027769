"""One pattern of a topic, from what an analyst types to what is compared.

========================  ====================================================================================
``sanction``              the word in any of its forms: sanctions, sanctioned
``sanctions on Russia``   these words in this order, each in any of its forms
``NATO``                  written in capitals: found in capitals only
``sanction + Iran``       both, anywhere in the claim
``@taiwan``               the actor with this slug takes a position on the claim, or the claim is about it
``@taiwan + drill``       the actor, and the word
========================  ====================================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.patterns.words import Word, is_acronym, words

#: What joins the parts of a pattern that must all be found.
AND = "+"
#: What stands before the slug of an actor.
ACTOR = "@"
_SLUG = re.compile(r"[-a-z0-9_]+")
LONGEST = 200

Phrase = tuple[Word, ...]


class PatternError(ValueError):
    """A pattern that can't be compared with anything; the message says why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What must all be found in a claim: ``phrases``, each a run of words, and ``actors``, by slug."""

    phrases: tuple[Phrase, ...] = ()
    actors: frozenset[str] = frozenset()


def parse(text: str) -> Pattern:
    """The pattern that ``text`` spells. Raises ``PatternError`` where it spells none."""
    if len(text) > LONGEST:
        raise PatternError(f"“{text[:40]}...” is longer than {LONGEST} characters.")
    phrases: list[Phrase] = []
    actors: set[str] = set()
    for part in re.split(r"(?:^|\s)\+(?=\s|$)", text):
        piece = part.strip()
        if piece.startswith(ACTOR):
            slug = piece.removeprefix(ACTOR)
            if not _SLUG.fullmatch(slug):
                raise PatternError(f"“{piece}”: the slug of an actor has small letters, digits and hyphens.")
            actors.add(slug)
            continue
        phrase = tuple(words(piece))
        if not phrase:
            raise PatternError(f"“{text.strip()}” has a part without a word.")
        phrases.append(_as_typed(piece, phrase))
    return Pattern(tuple(phrases), frozenset(actors))


def _as_typed(piece: str, phrase: Phrase) -> Phrase:
    """``phrase`` with its capitals; a pattern that is nothing but an acronym has no small letter to tell by."""
    if any(letter.islower() for letter in piece):
        return phrase
    printed = re.split(r"[\s\-–/]+", piece)
    if not all(is_acronym(each) for each in printed if each):
        return phrase
    return tuple(words(f"{piece} x"))[:-1]
