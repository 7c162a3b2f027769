"""Questions to the store that more than one part of the program asks. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from claims.models import Actor, Claim, Role, Stance, StanceQuerySet

Merged = TypeVar("Merged", Actor, Claim)


def visible_stances() -> StanceQuerySet:
    """All stances that readers see, with the rows that any listing of them names."""
    return Stance.objects.visible().select_related("article__outlet", "actor", "claim", "target_actor")


def canonical(row: Merged) -> Merged:
    """The row that ``row`` was merged into, however many merges away; ``row`` itself where it was not merged.

    Merges that lead round in a circle (``manage.py doctor`` finds them) end at ``row``.
    """
    seen = {row.pk}
    current = row
    while current.merged_into is not None:
        current = current.merged_into
        if current.pk in seen:
            return row
        seen.add(current.pk)
    return current


def merged_ids(row: Merged) -> set[int]:
    """The keys of ``row`` and of all rows that were merged into it, directly or through others."""
    manager: models.Manager[Merged] = type(row)._default_manager
    found: set[int] = {row.pk}
    latest = found
    while latest:
        latest = set(manager.filter(merged_into__in=latest).values_list("pk", flat=True)) - found
        found = found | latest
    return found


def lasting_keys(model: type[Actor | Claim], keys: Iterable[int]) -> dict[int, int]:
    """For each of ``keys`` of ``model``, where it exists, the row that it was merged into in the end, or itself.

    Takes a query for each step of a merge.
    """
    asked = set(keys)
    targets: dict[int, int | None] = {}
    missing = asked
    while missing:
        targets |= dict(model._default_manager.filter(pk__in=missing).values_list("pk", "merged_into"))
        missing = {target for target in targets.values() if target is not None} - targets.keys()
    ends = survivors(targets)
    return {key: ends[key] for key in asked if key in ends}


def gathered_keys(model: type[Actor | Claim], keys: Iterable[int]) -> dict[int, int]:
    """The rows of ``model`` (keys) that were merged into ``keys``, in any number of steps, and these themselves.

    Each leads to the one of ``keys`` that gathers it. Takes a query for each step.
    """
    found = {key: key for key in keys}
    latest = set(found)
    while latest:
        rows = model._default_manager.filter(merged_into__in=latest).values_list("pk", "merged_into")
        fresh = {pk: found[target] for pk, target in rows if pk not in found and target is not None}
        found |= fresh
        latest = set(fresh)
    return found


def survivors(targets: Mapping[int, int | None]) -> dict[int, int]:
    """Where each row's merges end, for rows by key with the key each was merged into, however many merges there are.

    A row whose merges lead round in a circle stays itself.
    """
    ends = {}
    for pk in targets:
        seen = [pk]
        while (target := targets.get(seen[-1])) is not None and target not in seen:
            seen.append(target)
        ends[pk] = pk if targets.get(seen[-1]) is not None else seen[-1]
    return ends


def originals(only: Q | None = None) -> Count:
    """How many independent articles a group of stances is from: a story and its copies count once.

    Of the group, those that fit ``only``. Figures stand on this number, not on that of articles, which grows with every
    outlet that prints a wire story.
    """
    return Count(Coalesce("article__family__original", "article"), filter=only, distinct=True)


def stances_of(actor: Actor) -> StanceQuerySet:
    """The visible stances of ``actor``, those stored under rows that were merged into it included."""
    return visible_stances().filter(actor__in=merged_ids(actor))


@dataclass(frozen=True, slots=True)
class Representation:
    """Who speaks for an actor: the bodies that are part of it, and people in the offices of it and of them.

    ``own`` are the actor's keys, ``bodies`` those of the institutions and organisations, ``offices`` those of the dated
    roles, each with rows merged into them.
    """

    own: frozenset[int]
    bodies: frozenset[int] = frozenset()
    offices: frozenset[int] = frozenset()

    def includes(self, stances: StanceQuerySet) -> StanceQuerySet:
        """Those of ``stances`` that the actor or somebody who speaks for it takes, the latter in office at the time."""
        if not self.offices:
            return stances.filter(actor__in=self.own | self.bodies)
        # Two searches in an index each: where the two conditions are joined by OR, SQLite reads the whole table.
        by_holder = Stance.objects.filter(actor__in=self.own | self.bodies)
        by_office = Stance.objects.filter(role__in=self.offices)
        return stances.filter(pk__in=by_holder.values("pk").union(by_office.values("pk")))

    def is_own(self, stance: Stance) -> bool:
        """Whether the actor itself takes ``stance``, nobody for it."""
        return stance.actor_id in self.own


def represented_by(actor: Actor, depth: int, *, bodies: bool = True, people: bool = True) -> Representation:
    """Who speaks for ``actor``, down to ``depth`` steps.

    One step leads from a state or organisation to the bodies that are part of it and to the people in its own offices,
    the next to the parts of those bodies and the people in their offices; no step, to nobody. Without ``bodies`` their
    own words are left out, not the people in their offices; without ``people`` those are. Takes at most two queries a
    step and one more.
    """
    own = frozenset(merged_ids(actor))
    levels = [own]
    found = own
    for _ in range(depth if bodies or people else 0):
        parts = set(Actor.objects.filter(part_of__in=levels[-1], merged_into=None).values_list("pk", flat=True)) - found
        if not parts:
            break
        merged = Actor.objects.filter(merged_into__in=parts).values_list("pk", flat=True)
        levels.append(frozenset(parts.union(merged) - found))
        found |= levels[-1]
    offices: frozenset[int] = frozenset()
    if people and depth:
        employers = frozenset[int]().union(*levels[:depth])
        offices = frozenset(Role.objects.filter(organisation__in=employers).values_list("pk", flat=True))
    return Representation(own, found - own if bodies else frozenset(), offices)
