"""Who is who: the registry of known actors, looked up by name, office and date.

The registry is built from facts alone (files or database rows); it never guesses. A name that several actors bear
comes back with all of them, so that the mention can stay open.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from claims.extraction.lexicon import words
from claims.extraction.titles import LEADING, meanings, rank_of, title_words, within
from claims.extraction.types import ActorFact, ActorKind, AliasFact, AliasKind, RoleFact


@functools.lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """A name as the registry compares it: no accents, no case, no dots, no possessive, no leading "the"."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
    plain = re.sub(r"'s?\b|\.", "", plain)
    plain = re.sub(r"[^\w&+]+", " ", plain).strip()
    return plain.removeprefix("the ")


def in_force(start: dt.date | None, end: dt.date | None, on: dt.date | None) -> bool:
    """Whether a dated fact holds on a day; without a day every fact may."""
    return on is None or ((start is None or start <= on) and (end is None or on <= end))


class Registry:
    """Known actors by slug, name and office. Build it with ``from_facts``."""

    def __init__(self) -> None:
        self._actors: dict[str, ActorFact] = {}
        self._names: dict[str, list[tuple[str, AliasFact]]] = defaultdict(list)
        self._surnames: dict[str, list[str]] = defaultdict(list)
        self._holders: dict[str, list[tuple[str, RoleFact]]] = defaultdict(list)
        self._parts: dict[str, list[str]] = defaultdict(list)
        self.longest = 1

    @classmethod
    def from_facts(cls, facts: Iterable[ActorFact]) -> Registry:
        """A registry of the given actors; a later fact with the same slug replaces an earlier one."""
        registry = cls()
        for fact in {fact.slug: fact for fact in facts}.values():
            registry._add(fact)
        return registry

    def _add(self, fact: ActorFact) -> None:
        self._actors[fact.slug] = fact
        for alias in (AliasFact(fact.name), *fact.aliases):
            key = fold(alias.text)
            if key and all(slug != fact.slug or known.kind != alias.kind for slug, known in self._names[key]):
                self._names[key].append((fact.slug, alias))
                self.longest = max(self.longest, len(key.split()))
        if fact.kind == ActorKind.PERSON:
            parts = fold(fact.name).split()
            for surname in {parts[-1], parts[0]} if len(parts) > 1 else set(parts):
                self._surnames[surname].append(fact.slug)
        if fact.part_of:
            self._parts[fact.part_of].append(fact.slug)
        for role in fact.roles:
            self._holders[role.organisation].append((fact.slug, role))

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """All names as facts give them, for telling names from words."""
        return frozenset(alias.text for known in self._names.values() for _, alias in known)

    def __len__(self) -> int:
        return len(self._actors)

    def get(self, slug: str) -> ActorFact | None:
        """The actor with this slug, or None."""
        return self._actors.get(slug)

    def name(self, slug: str) -> str:
        """The canonical name of a known actor; raises ``KeyError`` for an unknown slug."""
        return self._actors[slug].name

    def lookup(self, text: str, on: dt.date | None = None, *, adjective: bool = False) -> list[str]:
        """The slugs of the actors that bear exactly this name on a day, without duplicates.

        ``adjective`` admits demonyms ("Russian"). Abbreviations that are ordinary words in lower case ("US", "WHO")
        must be printed in capitals.
        """
        found = []
        for slug, alias in self._names.get(fold(text), ()):
            if alias.kind == AliasKind.DEMONYM and not adjective:
                continue
            if not in_force(alias.valid_from, alias.valid_until, on) or not _printed_as(alias.text, text):
                continue
            if slug not in found:
                found.append(slug)
        return found

    def by_surname(self, surname: str, on: dt.date | None = None) -> list[str]:
        """The people with this surname; where any of them held an office on the day, only those."""
        slugs = list(dict.fromkeys(self._surnames.get(fold(surname), ())))
        serving = [slug for slug in slugs if self.offices(slug, on)]
        return serving or slugs

    def offices(self, slug: str, on: dt.date | None) -> list[RoleFact]:
        """The offices a person holds on a day."""
        fact = self._actors.get(slug)
        if fact is None or on is None:
            return []
        return [role for role in fact.roles if in_force(role.valid_from, role.valid_until, on)]

    def holders(self, organisation: str, title: str, on: dt.date | None) -> list[str]:
        """Who holds an office in a state or organisation, or in a part of it, on a day.

        Whoever bears the title exactly comes before those whose title has all its words; of an organisation "chief" and
        "head" mean whoever leads it, of a state "leader" its president or prime minister.
        """
        wanted = title_words(title)
        if not wanted or on is None:
            return []
        serving = [
            (slug, role.title, place == organisation)
            for place in (organisation, *self._parts.get(organisation, ()))
            for slug, role in self._holders.get(place, ())
            if in_force(role.valid_from, role.valid_until, on)
        ]
        if wanted == LEADING:
            leading = [(slug, rank_of(held)) for slug, held, own in serving if own and rank_of(held)]
            highest = max((rank for _, rank in leading), default=0)
            return list(dict.fromkeys(slug for slug, rank in leading if rank == highest))
        for meaning in meanings(title):
            exact = [slug for slug, held, _ in serving if title_words(held) == meaning]
            loose = [
                slug for slug, held, own in serving if (own or len(meaning) > 1) and within(meaning, title_words(held))
            ]
            if exact or loose:
                return list(dict.fromkeys(exact or loose))
        return []

    def state_of(self, slug: str) -> str:
        """The state an actor belongs to (itself for a state), "" if none is known."""
        return next((whole for whole in self.wholes(slug) if self._actors[whole].kind == ActorKind.STATE), "")

    def wholes(self, slug: str) -> list[str]:
        """An actor and what it is part of, from the inside out."""
        found: list[str] = []
        while slug and slug not in found and slug in self._actors:
            found.append(slug)
            slug = self._actors[slug].part_of
        return found

    def parts(self, slug: str) -> list[str]:
        """The slugs of what belongs to an actor directly."""
        return list(self._parts.get(slug, ()))

    def place_of(self, slug: str, on: dt.date | None) -> str:
        """The state or organisation an actor speaks for on a day: its own, its institution's, or its office's."""
        fact = self._actors.get(slug)
        if fact is None:
            return ""
        if fact.kind == ActorKind.PERSON:
            for role in self.offices(slug, on):
                return self.state_of(role.organisation) or role.organisation
            return ""
        return self.state_of(slug) or slug


def _printed_as(alias: str, printed: str) -> bool:
    """Whether a printed word can be an abbreviation: "us" and "who" are not the US and the WHO."""
    letters = alias.replace(".", "")
    printed = printed.removeprefix("the ").removeprefix("The ")
    if not (letters.isupper() and len(letters) <= 5):
        return True
    shown = printed.replace(".", "")
    if shown.isupper():
        return True
    return shown[:1].isupper() and len(shown) >= 3 and shown.lower() not in words("common")
