"""The few forms of English verbs and names that putting a content into a clause of its own takes."""

from __future__ import annotations

from typing import NamedTuple

from claims.extraction.lexicon import words

_IRREGULAR = {"be": "is", "have": "has"}
_SIBILANTS = ("s", "x", "z", "ch", "sh", "o")


class Forms(NamedTuple):
    """The forms of a personal pronoun."""

    subject: str
    object: str
    possessive: str
    reflexive: str


PRONOUNS = {
    "he": Forms("he", "him", "his", "himself"),
    "she": Forms("she", "her", "her", "herself"),
    "it": Forms("it", "it", "its", "itself"),
    "they": Forms("they", "them", "their", "themselves"),
}


def present(lemma: str, *, plural: bool) -> str:
    """The present tense of a verb in the third person.

    >>> present("deny", plural=False), present("attack", plural=False), present("be", plural=True)
    ('denies', 'attacks', 'are')
    """
    if plural:
        return "are" if lemma == "be" else lemma
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("y") and lemma[-2:-1] not in set("aeiou"):
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if lemma.endswith(_SIBILANTS) else f"{lemma}s"


def possessive(name: str) -> str:
    """A name in the genitive: "Russia's", "the United States'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def with_article(name: str) -> str:
    """A name as it stands in running text, with the article that it takes.

    >>> with_article("United States"), with_article("Foreign Ministry of Iran"), with_article("NATO")
    ('the United States', 'the Foreign Ministry of Iran', 'NATO')
    """
    parts = name.lower().split()
    if not parts or parts[0] in {"the", "a", "an", "some", "many", "several"} or not name[0].isupper():
        return name
    head = parts[parts.index("of") - 1] if "of" in parts[1:] else parts[-1]
    return f"the {name}" if head in words("articled") or name in {"EU", "UN", "US", "UK"} else name
