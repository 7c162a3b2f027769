"""What a wording says, as far as telling wordings apart takes: its terms, names with their roles, and numbers."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.extraction.actors import Registry, fold
from claims.extraction.types import ActorKind
from claims.gathering.vocabulary import NEGATIONS, compounds, opposites, phrase, term

_WORD = re.compile(r"[^\W\d_]+-?\d[\w-]*|\d+[^\W\d_]+\d*\b|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|%")
_CONDITION = re.compile(r"\b(?:if|unless|in case|in the event)\b", re.IGNORECASE)
_THEN = re.compile(r",| then | (?=there )")
_GENITIVE = re.compile(r"['’]s?$")
_PASSIVE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_TOWARDS = frozenset(
    {"against", "on", "into", "to", "at", "over", "upon", "toward", "towards", "with", "from", "of", "in", "for"}
)
_FINITE = _PASSIVE | {"has", "have", "had", "does", "do", "did", "will", "would", "can", "could", "may", "might"}
_FINITE |= {"must", "should", "shall", "not"}
_COUNTS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
    "hundred": "100",
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "another": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
}  # fmt: skip
_FACTORS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
#: So many senses and names are kept for when they are asked for again.
KEPT = 50_000
#: How much a name tells: of no known actor, of a state, of another known actor.
NAME_WEIGHT, STATE_WEIGHT, BODY_WEIGHT = 1.5, 0.4, 1.0


#: Terms that tell less than this don't make two wordings alike by themselves.
TELLING = 0.6


@dataclass(frozen=True)
class Sense:
    """What a wording says.

    ``terms`` are what its words stand for with their weights, ``aside`` those of a condition; ``names`` are the states
    and bodies it names, rolled up to whom they belong, ``agents`` and ``patients`` those of them that act and are acted
    upon.
    """

    terms: dict[str, float]
    aside: frozenset[str]
    names: frozenset[str]
    agents: frozenset[str]
    patients: frozenset[str]
    numbers: frozenset[str]
    ordinals: frozenset[str]
    negated: bool

    @property
    def is_vague(self) -> bool:
        """Whether it says too little to be the same in another article: "that", "the move"."""
        return len(self.terms) < 2 and max(self.terms.values(), default=0.0) < NAME_WEIGHT

    @functools.cached_property
    def telling(self) -> frozenset[str]:
        """The terms of which a wording must share one to be of the same claim: all but the names of states."""
        return frozenset(key for key, weight in self.terms.items() if key[0] != "@" or weight >= TELLING)

    @functools.cached_property
    def undone(self) -> frozenset[str]:
        """The terms that undo one of its own."""
        return frozenset(undoing for key in self.terms for undoing in opposites().get(key, ()))

    @functools.cached_property
    def named(self) -> frozenset[str]:
        """All names in it, those of a condition included."""
        return self.names | {key[1:] for key in self.aside if key[0] == "@"}

    @functools.cached_property
    def weight(self) -> float:
        """How much all its terms tell."""
        return sum(self.terms.values())


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    key: str


class Analyst:
    """Reads the sense of wordings; ``registry`` knows the actors that they name."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._keys: dict[tuple[str, int], str] = {}
        self._senses: dict[tuple[str, dt.date | None, str], Sense] = {}

    def place(self, slug: str, on: dt.date | None) -> str:
        """For whom an actor speaks on a day: its state or organisation, or itself."""
        return self._registry.place_of(slug, on) or slug

    def actor(self, name: str, on: dt.date | None) -> str:
        """For whom an actor of that name, or slug, speaks; its folded name where it is not known."""
        if self._registry.get(name) is not None:
            return self.place(name, on)
        return self._key(name, on) or fold(name)

    def sense(self, text: str, on: dt.date | None = None, speaker: str = "") -> Sense:
        """What ``text`` says, in an article of the day ``on``.

        ``speaker`` is whose position it is on, as ``actor`` gives it: the name of one who is not known is a name too.
        """
        place = (text, on, speaker)
        if place not in self._senses:
            if len(self._senses) > KEPT:
                self._senses.clear()
            self._senses[place] = self._read(text, on, speaker)
        return self._senses[place]

    def _read(self, text: str, on: dt.date | None, speaker: str) -> Sense:
        main, condition = _parts(text)
        words = _WORD.findall(main)
        named = list(self._names(words, on, speaker))
        taken = {i for each in named for i in range(each.start, each.end)}
        terms: dict[str, float] = {}
        for i, word in enumerate(words):
            if i in taken or (word[0].isdigit() and not word[-1].isalnum()) or word == "%":
                continue
            joined = phrase(word.lower(), words[i + 1].lower()) if i + 1 < len(words) else None
            if joined is not None:
                taken.add(i + 1)
                terms[joined.key] = joined.weight
                continue
            for key, weight in self._terms(word, i):
                terms[key] = max(weight / _run(words, i), terms.get(key, 0.0)) if key[0] != "=" else weight
        for parts, meant in compounds().items():
            if parts <= terms.keys():
                terms = {key: weight for key, weight in terms.items() if key not in parts} | {meant.key: meant.weight}
        for each in named:
            terms[f"@{each.key}"] = STATE_WEIGHT if self._is_state(each.key) else BODY_WEIGHT
        agents, patients = _roles(words, named)
        # Names count where they stand in a condition too, but take no part there.
        others = {each.key for each in self._names(_WORD.findall(condition), on)}
        aside = {key for i, word in enumerate(_WORD.findall(condition)) for key, _ in self._terms(word, i + 1)}
        counts = set(_numbers(words))
        return Sense(
            terms=terms,
            aside=frozenset(aside - set(terms) | {f"@{name}" for name in others}),
            names=frozenset(each.key for each in named),
            agents=agents,
            patients=patients,
            numbers=frozenset(number for number in counts if number[0] != "#"),
            ordinals=frozenset(number for number in counts if number[0] == "#"),
            negated=any(word.lower() in NEGATIONS or word.lower().endswith(("n't", "n’t")) for word in words),
        )

    def _is_state(self, key: str) -> bool:
        fact = self._registry.get(key)
        return fact is not None and fact.kind is ActorKind.STATE

    def _terms(self, word: str, position: int) -> Iterator[tuple[str, float]]:
        plain = _GENITIVE.sub("", word)
        lower = plain.lower()
        if plain[:1].isupper() and position and not lower.isdigit():
            known = term(lower)
            yield (known.key, max(known.weight, 1.0)) if known and known.key[0] == "=" else (fold(plain), NAME_WEIGHT)
            return
        if any(letter.isdigit() for letter in plain):
            if not plain[0].isdigit() or plain[-1].isalpha():
                yield fold(plain), NAME_WEIGHT
            return
        whole = term(lower)
        parts = lower.split("-")
        keep = (whole and whole.key[0] == "=") or any(part in NEGATIONS or len(part) < 3 for part in parts)
        for part in [lower] if keep else parts:
            if (known := term(part)) is not None and part not in _COUNTS and part not in _FACTORS | _ORDINALS:
                yield known.key, known.weight

    def _names(self, words: Sequence[str], on: dt.date | None, speaker: str = "") -> Iterator[_Named]:
        i = 0
        parts = speaker.split()
        while i < len(words):
            if parts and [fold(word) for word in words[i : i + len(parts)]] == parts:
                yield _Named(i, i + len(parts), speaker)
                i += len(parts)
                continue
            if not words[i][:1].isupper():
                i += 1
                continue
            for length in range(min(self._registry.longest, len(words) - i, 5), 0, -1):
                key = self._key(" ".join(words[i : i + length]), on)
                if key:
                    yield _Named(i, i + length, key)
                    break
            else:
                length = 1
            i += length

    def _key(self, text: str, on: dt.date | None) -> str:
        """For whom the one actor of a name speaks on a day; "" where none or several bear it."""
        place = (text, on.toordinal() if on else 0)
        if place not in self._keys:
            if len(self._keys) > KEPT:
                self._keys.clear()
            self._keys[place] = self._find(_GENITIVE.sub("", text), on)
        return self._keys[place]

    def _find(self, text: str, on: dt.date | None) -> str:
        slugs = self._registry.lookup(text, on, adjective=True)
        if not slugs and " " not in text and len(text) > 3:
            slugs = self._registry.by_surname(text, on)
        places = {self.place(slug, on) for slug in slugs}
        return places.pop() if len(places) == 1 else ""


def _run(words: Sequence[str], i: int) -> int:
    """How many capitalised words stand together at ``i``: each is but a part of one name ("Nord Stream")."""
    if not i or not words[i][:1].isupper():
        return 1
    first = last = i
    while first > 1 and words[first - 1][:1].isupper():
        first -= 1
    while last + 1 < len(words) and words[last + 1][:1].isupper():
        last += 1
    return last - first + 1


def _parts(text: str) -> tuple[str, str]:
    """What is said, and the condition under which it holds."""
    match = _CONDITION.search(text)
    if not match:
        return text, ""
    if match.start() > 0:
        return text[: match.start()], text[match.end() :]
    condition, comma, main = _THEN.sub(",", text[match.end() :], count=1).partition(",")
    return (main, condition) if comma else (text[match.end() :], "")


def _numbers(words: Sequence[str]) -> Iterator[str]:
    for i, word in enumerate(words):
        factor = _FACTORS.get(words[i + 1].lower(), 0) if i + 1 < len(words) else 0
        digits = word.replace(",", "") if word[0].isdigit() else _COUNTS.get(word.lower(), "")
        if factor and word.lower() in {"one", "a"}:
            digits = "1"
        place = _ORDINALS.get(word.lower(), 0)
        # "first" by itself says when, or in which order, things are said.
        if place and (place > 1 or (i and words[i - 1].lower() in {"the", "its", "their", "his", "her"})):
            yield f"#{place}"
        if digits:
            yield str(round(float(digits) * 10**factor, 6)) if digits.replace(".", "", 1).isdigit() else digits


def _roles(words: Sequence[str], named: Sequence[_Named]) -> tuple[frozenset[str], frozenset[str]]:
    """Who acts and who is acted upon, by where the names stand: before or after verbs, "by" and other prepositions."""
    agents: set[str] = set()
    patients: set[str] = set()
    subject_seen = False
    for place, each in enumerate(named):
        if place and _joined(words, named[place - 1], each):
            for role in (agents, patients):
                if named[place - 1].key in role:
                    role.add(each.key)
            continue
        before = [word.lower() for word in words[: each.start] if word.lower() not in {"the", "a", "an"}]
        after = [word.lower() for word in words[each.end : each.end + 4]]
        last = before[-1] if before else ""
        if last == "by":
            agents.add(each.key)
        elif last in _TOWARDS:
            patients.add(each.key)
        elif not subject_seen and not _has_verb(before):
            subject_seen = True
            (patients if _is_passive(after) else agents).add(each.key)
        elif _GENITIVE.search(words[each.end - 1]):
            agents.add(each.key)
        else:
            patients.add(each.key)
    return frozenset(agents - patients), frozenset(patients - agents)


def _joined(words: Sequence[str], one: _Named, other: _Named) -> bool:
    """Whether two names stand side by side in a list: "Finland and Sweden"."""
    return [word.lower() for word in words[one.end : other.start]] in ([], ["and"], ["or"])


def _has_verb(words: Sequence[str]) -> bool:
    return any(word in _FINITE or word.endswith(("ing", "ed")) for word in words)


def _is_passive(after: Sequence[str]) -> bool:
    auxiliary = next((i for i, word in enumerate(after) if word in _PASSIVE), None)
    return auxiliary is not None and any(word.endswith(("ed", "en")) for word in after[auxiliary + 1 : auxiliary + 3])
