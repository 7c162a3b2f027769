"""The forms in which news names something of a state: "Russian Foreign Ministry", "Russia's", "of Russia"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from claims.extraction.types import AliasFact, AliasKind

# What Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae"})


@dataclass(frozen=True, slots=True)
class StateForms:
    """How a state stands beside a noun: before it ("Russian", "US"), with an s ("Russia's"), after it ("the UK")."""

    attributives: tuple[str, ...]
    possessives: tuple[str, ...]
    objects: tuple[str, ...]

    def beside(self, noun: str) -> list[str]:
        """Return every form of the state beside ``noun``: "Iranian army", "Iran's army", "army of Iran"."""
        before = [f"{form} {noun}" for form in (*self.attributives, *self.possessives)]
        return before + [f"{noun} of {form}" for form in self.objects]


def state_forms(
    names: Iterable[str], adjectives: Iterable[str], abbreviations: Iterable[str], *, article: bool
) -> StateForms:
    """Return the forms of a state known by ``names`` (the first of which takes "the" if ``article``)."""
    names, abbreviations = list(names), list(abbreviations)
    spoken = [names[0], *names[1:], *(form for form in abbreviations if form.isalpha())]
    return StateForms(
        attributives=_distinct([*adjectives, *abbreviations]),
        possessives=_distinct(form for name in spoken for form in _possessives(name, plural=article)),
        objects=_distinct([f"the {names[0]}" if article else names[0], *names[1:]]),
    )


def slug_of(name: str) -> str:
    """Return the slug of ``name``: small ASCII letters and digits, joined by hyphens."""
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", without_accents(name).lower())).strip("-_")


def without_accents(text: str) -> str:
    """Return ``text`` in plain letters: "Malé" -> "Male"."""
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return apart.encode("ascii", "ignore").decode("ascii")


def alias_list(name: str, aliases: Iterable[AliasFact], *, dropped: Iterable[str] = ()) -> tuple[AliasFact, ...]:
    """Return ``aliases`` of the actor ``name`` once each, every accented one followed by its plain spelling.

    An alias that repeats the name or is ``dropped`` is left out.
    """
    kept: dict[str, AliasFact] = {}
    unwanted = {name, *dropped}
    for alias in [AliasFact(name), *aliases]:
        for text in (alias.text, without_accents(alias.text)):
            if text not in unwanted:
                kept.setdefault(text, AliasFact(text, alias.kind, alias.valid_from, alias.valid_until))
    return tuple(kept.values())


def aliases_of(kind: AliasKind, texts: Iterable[str]) -> list[AliasFact]:
    """Return an undated alias of ``kind`` for each of ``texts``."""
    return [AliasFact(text, kind) for text in texts]


def _possessives(name: str, *, plural: bool) -> list[str]:
    """Return "Iran's"; "Cyprus'" and "Cyprus's"; of names with an article and an s only "Netherlands'"."""
    if not name.endswith("s"):
        return [f"{name}'s"]
    return [f"{name}'"] if plural else [f"{name}'", f"{name}'s"]


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
