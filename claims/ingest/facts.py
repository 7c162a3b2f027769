"""The shipped actor facts and topics into rows, once each: nothing that is there is ever changed.

Each fact that was loaded leaves a mark (``LoadedFact``). A fact with a mark is left alone for ever: either its row is
still there, as shipped or as people changed it, or somebody deleted or moved it, and it must not come back.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from claims.extraction.facts import TopicFact
from claims.extraction.types import ActorFact, AliasFact, Failure, RoleFact
from claims.ingest.store import writing
from claims.models import Actor, Alias, FormerSlug, LoadedFact, Role, Topic

#: Facts a transaction; small, since SQLite lets nobody else write meanwhile.
BATCH = 100

T = TypeVar("T")
Row = TypeVar("Row", bound=models.Model)
Kind = LoadedFact.Kind


@dataclass(slots=True)
class Loaded:
    """What came of the facts, by kind: how many were added, were there, had been removed by somebody, were refused."""

    added: Counter[str] = field(default_factory=Counter)
    present: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    refusals: list[Failure] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    def refuse(self, kind: str, key: str, reason: str) -> None:
        """Note that the fact ``key`` of ``kind`` can't be stored."""
        self.refused[kind] += 1
        self.refusals.append(Failure(f"{kind} {key}", reason))

    def outcomes(self, kind: str) -> dict[str, int]:
        """How many facts of ``kind`` ended in which way."""
        return {
            "added": self.added[kind],
            "present": self.present[kind],
            "removed": self.removed[kind],
            "refused": self.refused[kind],
        }

    def counts(self) -> dict[str, int]:
        """The outcomes of all kinds that happened, for a run to keep: "actor added" to its number."""
        return {
            f"{kind} {outcome}": number
            for kind in Kind.values
            for outcome, number in self.outcomes(kind).items()
            if number
        }


def load_facts(
    actors: Sequence[ActorFact], topics: Sequence[TopicFact], *, done: Callable[[int], object] = lambda count: None
) -> Loaded:
    """Store what of ``actors`` and ``topics`` was never stored before; ``done`` is told how many facts are dealt with.

    The facts must hold together as ``claims.extraction.facts`` checks: every slug that one names is that of an actor.
    """
    loaded = Loaded()
    for batch in _batches(wholes_first(actors)):
        with writing():
            _load_actors(batch, loaded)
            _load_aliases(batch, loaded)
        done(len(batch))
    # An office may be in an organisation of any file, so all actors come before the first of them.
    for batch in _batches(actor for actor in actors if actor.roles):
        with writing():
            _load_roles(batch, loaded)
    for topic_batch in _batches(topics):
        with writing():
            _load_topics(topic_batch, loaded)
        done(len(topic_batch))
    return loaded


def wholes_first(actors: Sequence[ActorFact]) -> list[ActorFact]:
    """``actors`` with each behind the state or organisation that it is part of."""
    by_slug = {actor.slug: actor for actor in actors}
    ordered: dict[str, ActorFact] = {}
    for actor in actors:
        line = [actor]
        while (whole := by_slug.get(line[-1].part_of)) is not None and whole not in line:
            line.append(whole)
        for each in reversed(line):
            ordered.setdefault(each.slug, each)
    return list(ordered.values())


def _load_actors(facts: Sequence[ActorFact], loaded: Loaded) -> None:
    stored = dict(Actor.objects.filter(slug__in=[fact.slug for fact in facts]).values_list("slug", "pk"))
    new = list(_unmarked(Kind.ACTOR, {fact.slug: fact for fact in facts}, stored, loaded))
    taken = set(
        Actor.objects.filter(
            wikidata_id__in=[fact.wikidata_id for _, fact in new if fact.wikidata_id], merged_into=None
        ).values_list("wikidata_id", flat=True)
    )
    former = _former_slugs("actor", (slug for slug, _ in new))
    keys = _actors_by_slug(fact.part_of for _, fact in new)
    rows: list[Actor] = []
    for slug, fact in new:
        row = Actor(
            slug=slug,
            name=fact.name,
            kind=fact.kind.value,
            pronoun=fact.pronoun,
            part_of_id=keys.get(fact.part_of),
            wikidata_id=fact.wikidata_id,
            description=fact.description,
        )
        if fact.wikidata_id in taken:
            loaded.refuse(Kind.ACTOR, slug, f"Another actor has the Wikidata id {fact.wikidata_id}.")
        elif slug in former:
            loaded.refuse(Kind.ACTOR, slug, "The slug was that of another actor, and old links still lead there.")
        elif _valid(row, Kind.ACTOR, slug, loaded):
            row.save(force_insert=True)
            rows.append(row)
            keys[slug] = row.pk
            taken |= {fact.wikidata_id} - {""}
    _mark(Kind.ACTOR, [row.slug for row in rows], loaded)


def _load_aliases(facts: Sequence[ActorFact], loaded: Loaded) -> None:
    actors = _actors_by_slug(fact.slug for fact in facts)
    wanted: dict[str, tuple[str, AliasFact]] = {
        f"{fact.slug}|{alias.kind}|{alias.text}": (fact.slug, alias) for fact in facts for alias in fact.aliases
    }
    stored = {
        f"{slug}|{kind}|{text}": pk
        for pk, slug, kind, text in Alias.objects.filter(actor__in=actors.values()).values_list(
            "pk", "actor__slug", "kind", "text"
        )
    }
    rows: dict[str, Alias] = {}
    for key, (slug, alias) in _unmarked(Kind.ALIAS, wanted, stored, loaded):
        if slug not in actors:
            loaded.removed[Kind.ALIAS] += 1
            continue
        row = Alias(
            actor_id=actors[slug],
            text=alias.text,
            kind=alias.kind.value,
            valid_from=alias.valid_from,
            valid_until=alias.valid_until,
        )
        if _valid(row, Kind.ALIAS, key, loaded):
            rows[key] = row
    Alias.objects.bulk_create(rows.values())
    _mark(Kind.ALIAS, rows, loaded)


def _load_roles(facts: Sequence[ActorFact], loaded: Loaded) -> None:
    actors = _actors_by_slug(
        itertools.chain.from_iterable((fact.slug, *(role.organisation for role in fact.roles)) for fact in facts)
    )
    wanted: dict[str, tuple[str, RoleFact]] = {
        f"{fact.slug}|{role.title}|{role.organisation}|{role.valid_from or ''}": (fact.slug, role)
        for fact in facts
        for role in fact.roles
    }
    stored = {
        f"{slug}|{title}|{organisation or ''}|{since or ''}": pk
        for pk, slug, title, organisation, since in Role.objects.filter(
            actor__slug__in=[fact.slug for fact in facts]
        ).values_list("pk", "actor__slug", "title", "organisation__slug", "valid_from")
    }
    rows: dict[str, Role] = {}
    for key, (slug, role) in _unmarked(Kind.ROLE, wanted, stored, loaded):
        if slug not in actors or (role.organisation and role.organisation not in actors):
            loaded.removed[Kind.ROLE] += 1
            continue
        row = Role(
            actor_id=actors[slug],
            title=role.title,
            organisation_id=actors.get(role.organisation),
            valid_from=role.valid_from,
            valid_until=role.valid_until,
        )
        if _valid(row, Kind.ROLE, key, loaded):
            rows[key] = row
    Role.objects.bulk_create(rows.values())
    _mark(Kind.ROLE, rows, loaded)


def _load_topics(facts: Sequence[TopicFact], loaded: Loaded) -> None:
    stored = dict(Topic.objects.filter(slug__in=[fact.slug for fact in facts]).values_list("slug", "pk"))
    names = set(Topic.objects.filter(name__in=[fact.name for fact in facts]).values_list("name", flat=True))
    former = _former_slugs("topic", (fact.slug for fact in facts))
    rows: dict[str, Topic] = {}
    for slug, fact in _unmarked(Kind.TOPIC, {fact.slug: fact for fact in facts}, stored, loaded):
        row = Topic(slug=slug, name=fact.name, description=fact.description, patterns=list(fact.patterns))
        if fact.name in names:
            loaded.refuse(Kind.TOPIC, slug, f"Another topic has the name {fact.name!r}.")
        elif slug in former:
            loaded.refuse(Kind.TOPIC, slug, "The slug was that of another topic, and old links still lead there.")
        elif _valid(row, Kind.TOPIC, slug, loaded):
            rows[slug] = row
            names.add(fact.name)
    Topic.objects.bulk_create(rows.values())
    _mark(Kind.TOPIC, rows, loaded)


def _unmarked(
    kind: LoadedFact.Kind, facts: dict[str, T], stored: dict[str, int], loaded: Loaded
) -> Iterator[tuple[str, T]]:
    """Those of ``facts`` (by key) that were never loaded and have no row; the others are counted, and marked if new."""
    marked = set(LoadedFact.objects.filter(kind=kind, key__in=list(facts)).values_list("key", flat=True))
    _write_marks(kind, (key for key in facts if key in stored and key not in marked))
    for key, fact in facts.items():
        if key in stored:
            loaded.present[kind] += 1
        elif key in marked:
            loaded.removed[kind] += 1
        else:
            yield key, fact


def _mark(kind: LoadedFact.Kind, keys: Iterable[str], loaded: Loaded) -> None:
    keys = list(keys)
    loaded.added[kind] += len(keys)
    _write_marks(kind, keys)


def _write_marks(kind: LoadedFact.Kind, keys: Iterable[str]) -> None:
    LoadedFact.objects.bulk_create(LoadedFact(kind=kind, key=key) for key in keys)


def _valid(row: models.Model, kind: LoadedFact.Kind, key: str, loaded: Loaded) -> bool:
    """Whether ``row`` keeps the limits of its fields; if not, it is noted as refused."""
    references = {each.name for each in row._meta.get_fields() if isinstance(each, models.ForeignKey)}
    try:
        row.clean_fields(exclude=references)
    except ValidationError as error:
        loaded.refuse(kind, key, " ".join(error.messages))
        return False
    return True


def _actors_by_slug(slugs: Iterable[str]) -> dict[str, int]:
    return dict(Actor.objects.filter(slug__in=set(slugs) - {""}).values_list("slug", "pk"))


def _former_slugs(noun: str, slugs: Iterable[str]) -> set[str]:
    """Those of ``slugs`` that a row of ``noun`` had once."""
    rows = FormerSlug.objects.filter(**{f"{noun}__isnull": False}, slug__in=set(slugs))
    return set(rows.values_list("slug", flat=True))


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, BATCH)):
        yield batch
