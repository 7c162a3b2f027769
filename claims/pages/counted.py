"""Stances read once so that every filter can count in them, in bounded time however many there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from claims.models import Actor, Addressee, ChainLink, ClaimTopic, Stance, StanceQuerySet
from claims.selectors import survivors

#: So many stances are counted at most, those that came into the store last. Where there are more, a number is "at
#: least": nobody waits for a page while hundreds of thousands of rows are read.
MOST_COUNTED: Final = 10_000


class Row(NamedTuple):
    """What filters ask of a stance; actors, claims and outlets by key, as they are stored."""

    pk: int
    article: int
    content_start: int
    day: dt.date
    outlet: int | None
    act: str
    side: str
    state: str
    actor: int | None
    target: int | None
    claim: int | None
    is_first_hand: bool


@dataclass(frozen=True)
class Counted:
    """The stances that were counted; ``is_cut`` where there are more."""

    rows: list[Row]
    is_cut: bool

    @cached_property
    def lasting_actors(self) -> dict[int, int]:
        """Of each actor that was merged, the one that stays, by their keys."""
        return survivors(dict(Actor.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into")))

    @cached_property
    def topics(self) -> list[int]:
        """The topics (keys) of the stances' claims, each once for each stance."""
        claims = [row.claim for row in self.rows if row.claim is not None]
        of_claims: dict[int, list[int]] = {}
        pairs = ClaimTopic.objects.filter(claim__in=set(claims)).values_list("claim", "topic")
        for claim, topic in pairs if claims else ():
            of_claims.setdefault(claim, []).append(topic)
        return [topic for claim in claims for topic in of_claims.get(claim, ())]

    @cached_property
    def addressees(self) -> list[int]:
        """The actors (keys) that the stances were said to, each once for each stance."""
        keys = [row.pk for row in self.rows]
        pairs = Addressee.objects.filter(stance__in=keys, actor__isnull=False).order_by().values_list("stance", "actor")
        once = {(stance, self.lasting_actors.get(actor, actor)) for stance, actor in (pairs if keys else ())}
        return [actor for _, actor in once]

    @cached_property
    def targets(self) -> list[int]:
        """The actors (keys) that the stances are on."""
        targets = (row.target for row in self.rows if row.target is not None)
        return [self.lasting_actors.get(target, target) for target in targets]

    @property
    def newest_first(self) -> list[int]:
        """The keys of the rows, in the order of ``readable.newest_first``."""
        # The place within an article and the key rise while the days fall.
        ordered = sorted(self.rows, key=lambda row: (row.content_start, row.pk))
        ordered.sort(key=lambda row: (row.day, row.article), reverse=True)
        return [row.pk for row in ordered]


def read(stances: StanceQuerySet) -> Counted:
    """``stances``, or the ``MOST_COUNTED`` that came in last; one query."""
    latest = stances.select_related(None).order_by("-pk").values("pk")[: MOST_COUNTED + 1]
    passed_on = Exists(ChainLink.objects.filter(stance=OuterRef("pk")))
    rows = (
        # The search stays inside: what a row needs from other tables is looked up for the counted ones only.
        Stance.objects.filter(pk__in=latest)
        .annotate(on=Coalesce("claim__merged_into", "claim"), is_first_hand=~passed_on)
        .values_list(
            "pk",
            "article",
            "content_start",
            "article__published_on",
            "article__outlet",
            "act",
            "side",
            "state",
            "actor",
            "target_actor",
            "on",
            "is_first_hand",
        )
    )
    found = [Row(*row) for row in rows]
    if len(found) <= MOST_COUNTED:
        return Counted(found, is_cut=False)
    found.remove(min(found))
    return Counted(found, is_cut=True)
