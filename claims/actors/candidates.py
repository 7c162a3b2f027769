"""Whom a printed name may mean: candidates with their reasons, the likeliest first. Nothing is decided here."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q

from claims.actors.duplicates import ALIKE, BEGINNING, likeness
from claims.extraction.actors import fold, in_force
from claims.extraction.titles import meanings, title_words, within
from claims.extraction.types import ActorKind
from claims.models import Actor, Addressee, Alias, ChainLink, Role, Stance
from claims.selectors import canonical

#: Places of a name that are looked at, and rows with a name like it.
SAMPLE: Final = 50
ROWS: Final = 200
#: How much each reason counts. Bearing the name weighs most; to be named in the same article alone, little.
BEARS, BORE, OFFICE, LIKE, PART, NEAR = 4.0, 1.5, 3.0, 2.0, 1.2, 0.8
#: The longest name of an organisation that is looked for in a description, in words.
LONGEST: Final = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a name may mean, with the reasons in words and their weight."""

    actor: Actor
    reasons: tuple[str, ...]
    score: float


@dataclass(slots=True)
class _Places:
    """Where a name is open: articles, their days, and the slugs between which the machine could not choose."""

    articles: set[int] = field(default_factory=set)
    days: set[dt.date] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Ballot:
    """What speaks for whom: for each actor (key) its reasons with their weights, each sort once."""

    reasons: defaultdict[int, dict[str, tuple[float, str]]] = field(default_factory=lambda: defaultdict(dict))

    def vote(self, actor: int, sort: str, weight: float, reason: str) -> None:
        if self.reasons[actor].get(sort, (0.0, ""))[0] < weight:
            self.reasons[actor][sort] = (weight, reason)


def candidates(name: str, *, limit: int = 8) -> list[Candidate]:
    """The ``limit`` actors that ``name`` most likely means where it is open, in a fixed number of queries."""
    places, ballot = _places(name), _Ballot()
    _bearers(name, places, ballot)
    _office_holders(name, places, ballot)
    _alike(name, ballot)
    _named_nearby(places, ballot)
    rows = Actor.objects.select_related("merged_into", "part_of").in_bulk(list(ballot.reasons))
    merged: dict[int, dict[str, tuple[float, str]]] = {}
    survivors: dict[int, Actor] = {}
    for pk, reasons in ballot.reasons.items():
        survivor = canonical(rows[pk])
        survivors[survivor.pk] = survivor
        merged[survivor.pk] = {**reasons, **merged.get(survivor.pk, {})}
    found = [
        Candidate(survivors[pk], tuple(why for _, why in sorted(reasons.values(), reverse=True)), _sum(reasons))
        for pk, reasons in merged.items()
    ]
    return sorted(found, key=lambda each: (-each.score, each.actor.name))[:limit]


def _sum(reasons: Mapping[str, tuple[float, str]]) -> float:
    return sum(weight for weight, _ in reasons.values())


def _places(name: str) -> _Places:
    places = _Places()
    stances = Stance.objects.pending()
    open_in = (
        stances.filter(actor=None, actor_as_printed=name),
        stances.filter(pk__in=ChainLink.objects.filter(actor=None, as_printed=name).values("stance")),
        stances.filter(pk__in=Addressee.objects.filter(actor=None, as_printed=name).values("stance")),
    )
    for number, rows in enumerate(open_in):
        columns = rows.order_by("pk").values_list("article_id", "article__published_on", "extracted__candidates")
        for article, day, slugs in columns[:SAMPLE]:
            places.articles.add(article)
            places.days.add(day)
            places.slugs.update(slugs or () if number == 0 else ())
    return places


def _bearers(name: str, places: _Places, ballot: _Ballot) -> None:
    """Who bears exactly this name, on the days in question or at another time."""
    for actor in Actor.objects.filter(Q(name__iexact=name) | Q(slug__in=places.slugs)):
        shared = actor.slug in places.slugs
        reason = "the program could not choose between it and others" if shared else "it is called so"
        ballot.vote(actor.pk, "name", BEARS, reason)
    for alias in Alias.objects.filter(text__iexact=name):
        valid = not places.days or any(in_force(alias.valid_from, alias.valid_until, day) for day in places.days)
        when = f"{_period(alias.valid_from, alias.valid_until)}" if not valid else ""
        reason = f"“{alias.text}” is a {alias.get_kind_display()} of it{when}"
        ballot.vote(alias.actor_id, "name", BEARS if valid else BORE, reason)


def _office_holders(name: str, places: _Places, ballot: _Ballot) -> None:
    """Who held the office that ``name`` describes ("the Russian foreign minister") on one of the days."""
    words = [word.removesuffix("'s").removesuffix("’s") for word in name.split()]
    spans = {
        " ".join(words[start:end]): (start, end)
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + LONGEST) + 1)
    }
    named: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for pk, own in Actor.objects.filter(name__in=list(spans)).values_list("pk", "name"):
        named[pk].add(spans[own])
    for pk, text in Alias.objects.filter(text__in=list(spans)).values_list("actor", "text"):
        named[pk].add(spans[text])
    roles = Role.objects.filter(Q(organisation__in=list(named)) | Q(organisation__part_of__in=list(named)))
    for role in roles.select_related("organisation") if named else ():
        day = next((day for day in sorted(places.days) if in_force(role.valid_from, role.valid_until, day)), None)
        organisation = role.organisation
        if day is None or organisation is None:
            continue
        for start, end in named[organisation.pk] | named[organisation.part_of_id or 0]:
            title = " ".join(words[:start] + words[end:])
            if any(told and within(told, title_words(role.title)) for told in meanings(title)):
                reason = f"{role.title}, {organisation.name}, on {day:%-d %B %Y}"
                ballot.vote(role.actor_id, "office", OFFICE, reason)


def _alike(name: str, ballot: _Ballot) -> None:
    """Whose name is almost this one, or has it as a part."""
    folded = fold(name)
    parts = [part for part in name.split() if part[:1].isupper() and len(part) >= BEGINNING]
    if not parts:
        return
    own, aliases = Q(), Q()
    for part in parts:
        own |= Q(name__icontains=part[:BEGINNING])
        aliases |= Q(text__icontains=part[:BEGINNING])
    rows = list(Actor.objects.filter(own).order_by("name", "pk").values_list("pk", "kind", "name")[:ROWS])
    rows += Alias.objects.filter(aliases).order_by("text", "pk").values_list("actor", "actor__kind", "text")[:ROWS]
    for actor, kind, text in rows:
        other = fold(text)
        ratio = likeness(folded, other, person=kind == ActorKind.PERSON)
        if other != folded and ratio >= ALIKE:
            ballot.vote(actor, "alike", LIKE * ratio / 100, f"similar name: {text}")
        elif kind == ActorKind.PERSON and set(folded.split()) < set(other.split()):
            ballot.vote(actor, "alike", PART, f"part of its name: {text}")


def _named_nearby(places: _Places, ballot: _Ballot) -> None:
    """Who is named in the same articles."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    nearby = {"stance__article__in": places.articles}
    for rows in (
        Stance.objects.visible().filter(article__in=places.articles).values_list("actor", "article"),
        ChainLink.objects.order_by().filter(**nearby).values_list("actor", "stance__article"),
        Addressee.objects.order_by().filter(**nearby).values_list("actor", "stance__article"),
    ):
        for actor, article in rows.exclude(actor=None).distinct():
            found[actor].add(article)
    total = len(places.articles)
    numbers = Counter({actor: len(articles) for actor, articles in found.items()})
    for actor, number in numbers.items():
        where = "named in the same article" if total == 1 else f"named in {number} of {total} articles looked at"
        ballot.vote(actor, "near", NEAR * number / total, where)


def _period(start: dt.date | None, end: dt.date | None) -> str:
    parts = [f"from {start:%-d %B %Y}" if start else "", f"until {end:%-d %B %Y}" if end else ""]
    return ", " + " ".join(filter(None, parts))
