"""Actors that may be the same, proposed to people; the machine merges nothing.

Names are looked up in an index of their words, so that only actors with a word in common, or the beginning of one, are
compared: the cost grows with the number of names, not with its square. Two names are alike if the words that only one
of them has are spelled almost like those that only the other has (``likeness``).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from claims.actors.distinctions import distinct_pairs
from claims.extraction.actors import fold
from claims.extraction.types import ActorKind, AliasKind
from claims.models import Actor, Alias, LoadedFact
from claims.selectors import survivors

#: From this ratio on (of 100) two words count as spellings of one: "Yuri" and "Yury" have it.
ALIKE: Final = 75.0
#: A word that more names have tells nothing, like "ministry"; nor does a name of fewer letters that is merely alike.
COMMON: Final = 40
SHORTEST: Final = 5
#: How much of a word two spellings of it have in common at the least, in letters.
BEGINNING: Final = 4
#: Names of the actor itself. A demonym or a metonym ("Brussels") belongs to several by its nature.
TELLING: Final = (AliasKind.NAME.value, AliasKind.SHORT_NAME.value, AliasKind.ABBREVIATION.value)

Pair = frozenset[int]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two actors that may be one, why, and how likely (0 to 1)."""

    one: Actor
    other: Actor
    reason: str
    score: float


@dataclass(slots=True)
class _Names:
    """All names of the actors that are merged into no other, each with whom it names."""

    kinds: dict[int, str] = field(default_factory=dict)
    shipped: set[int] = field(default_factory=set)
    wikidata_ids: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    own: dict[int, str] = field(default_factory=dict)
    bearers: defaultdict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))


def duplicates(limit: int) -> list[Duplicate]:
    """The likeliest ``limit`` pairs of actors that may be one.

    Pairs that people told apart are left out, and so are two actors of the files of facts, which have each once. Takes
    six queries, however many actors there are.
    """
    ends = survivors(dict(Actor.objects.values_list("pk", "merged_into")))
    names, known = _names(ends), distinct_pairs(ends)
    found: dict[Pair, tuple[float, str]] = {}
    for pair, score, reason in itertools.chain(_by_wikidata(names), _by_name(names), _by_likeness(names)):
        if pair not in known and found.get(pair, (0.0, ""))[0] < score and _may_be_one(pair, names):
            found[pair] = (score, reason)
    ranked = sorted(found.items(), key=lambda item: (-item[1][0], sorted(item[0])))[:limit]
    rows = Actor.objects.in_bulk({key for pair, _ in ranked for key in pair})
    return [
        Duplicate(rows[min(pair)], rows[max(pair)], reason, score)
        for pair, (score, reason) in ranked
        if len(pair & rows.keys()) == 2
    ]


def likeness(one: str, other: str, *, person: bool = False) -> float:
    """How alike two folded names are, from 0 to 100.

    It is the ratio of matching characters (RapidFuzz's ``ratio``) of the words that they don't share: "foreign
    ministry" and "defence ministry" are as little alike as "foreign" and "defence". A person's name may lack what the
    other has in the middle or at an end, if two words remain.
    """
    ones, others = one.split(), other.split()
    only_one = [word for word in ones if word not in others]
    only_other = [word for word in others if word not in ones]
    if only_one and only_other:
        return fuzz.ratio(" ".join(only_one), " ".join(only_other)) if len(only_one) == len(only_other) else 0.0
    if not only_one and not only_other:
        return 100.0 if ones == others else ALIKE
    return ALIKE if person and min(len(ones), len(others)) > 1 else 0.0


def _names(ends: Mapping[int, int]) -> _Names:
    names = _Names()
    shipped = set(LoadedFact.objects.filter(kind=LoadedFact.Kind.ACTOR).values_list("key", flat=True))
    columns = ("pk", "slug", "name", "kind", "wikidata_id")
    for pk, slug, name, kind, wikidata_id in Actor.objects.values_list(*columns):
        survivor = ends.get(pk, pk)
        if survivor == pk:
            names.kinds[pk], names.own[pk] = kind, name
            names.shipped |= {pk} if slug in shipped else set()
        if wikidata_id:
            names.wikidata_ids[survivor].add(wikidata_id)
        names.bearers[fold(name)].setdefault(survivor, name)
    for actor, text in Alias.objects.filter(kind__in=TELLING).values_list("actor", "text"):
        names.bearers[fold(text)].setdefault(ends.get(actor, actor), text)
    return names


def _by_wikidata(names: _Names) -> Iterator[tuple[Pair, float, str]]:
    """Actors with the same Wikidata id, one of them through a row that was merged into it."""
    bearers: defaultdict[str, set[int]] = defaultdict(set)
    for actor, wikidata_ids in names.wikidata_ids.items():
        for wikidata_id in wikidata_ids:
            bearers[wikidata_id].add(actor)
    for wikidata_id, actors in bearers.items():
        for pair in itertools.combinations(sorted(actors), 2):
            yield frozenset(pair), 1.0, f"both have the Wikidata id {wikidata_id}"


def _by_name(names: _Names) -> Iterator[tuple[Pair, float, str]]:
    """Actors that share a name."""
    for folded, bearers in names.bearers.items():
        if not folded or not 1 < len(bearers) <= COMMON:
            continue
        for one, other in itertools.combinations(sorted(bearers), 2):
            both_own = fold(names.own[one]) == fold(names.own[other])
            reason = f"both are called “{bearers[one]}”" if both_own else f"they share the name “{bearers[one]}”"
            yield frozenset((one, other)), 0.98 if both_own else 0.9, reason


def _by_likeness(names: _Names) -> Iterator[tuple[Pair, float, str]]:
    """Actors with names that are almost alike."""
    index: defaultdict[str, set[str]] = defaultdict(set)
    for folded in names.bearers:
        for key in _keys(folded):
            index[key].add(folded)
    shipped = {folded for folded, bearers in names.bearers.items() if bearers.keys() <= names.shipped}
    compared: set[tuple[str, str]] = set()
    for alike in index.values():
        if len(alike) > COMMON:
            continue
        for one, other in itertools.combinations(sorted(alike), 2):
            if (one, other) in compared or (one in shipped and other in shipped):
                continue
            compared.add((one, other))
            if min(len(one), len(other)) >= SHORTEST and _same_numbers(one, other):
                yield from _pairs(one, other, names)


def _pairs(one: str, other: str, names: _Names) -> Iterator[tuple[Pair, float, str]]:
    ratios = {person: likeness(one, other, person=person) for person in (False, True)}
    if ratios[True] < ALIKE:
        return
    for (actor, name), (its, its_name) in itertools.product(names.bearers[one].items(), names.bearers[other].items()):
        ratio = ratios[names.kinds[actor] == names.kinds[its] == ActorKind.PERSON.value]
        if actor != its and ratio >= ALIKE:
            yield frozenset((actor, its)), 0.85 * ratio / 100, f"“{name}” and “{its_name}” are almost alike"


def _keys(folded: str) -> Iterable[str]:
    """What a name is found by: its words, and how they begin."""
    parts = folded.split()
    return {*parts, *(f"{part[:BEGINNING]}*" for part in parts if len(part) > BEGINNING)}


def _same_numbers(one: str, other: str) -> bool:
    """Whether both have the same numbers: the "1st army" is not the "2nd army"."""
    return [word for word in one.split() if word[0].isdigit()] == [word for word in other.split() if word[0].isdigit()]


def _may_be_one(pair: Pair, names: _Names) -> bool:
    """Whether nothing tells the two apart: facts have each once, and so has Wikidata; and a person is no body."""
    one, other = pair
    if pair <= names.shipped:
        return False
    if names.wikidata_ids[one] and names.wikidata_ids[other]:
        return bool(names.wikidata_ids[one] & names.wikidata_ids[other])
    kinds = {names.kinds[one], names.kinds[other]} - {""}
    return len(kinds) < 2 or ActorKind.PERSON.value not in kinds
