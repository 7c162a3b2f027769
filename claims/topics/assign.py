"""Claims into topics by pattern. What a person assigned stays, and what a person took out stays out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from django.db.models import QuerySet

from claims.models import Claim, ClaimTopic, ClaimTopicRemoval, Topic
from claims.patterns.matcher import Matcher
from claims.patterns.pattern import Pattern, PatternError, parse
from claims.topics.wordings import wordings

Row = TypeVar("Row", ClaimTopic, ClaimTopicRemoval)


@dataclass(slots=True)
class Assigned:
    """How many assignments were added and taken back."""

    added: int = 0
    removed: int = 0

    def __iadd__(self, other: Assigned) -> Assigned:
        self.added += other.added
        self.removed += other.removed
        return self


def assign(claims: Collection[int], *, topics: Collection[int] | None = None) -> Assigned:
    """Bring the machine's assignments of ``claims`` (keys) to what the patterns say; of ``topics`` only, if given.

    A claim that was merged into another is left as it is: its wordings count for the one that stays. Meant to be called
    within a transaction.
    """
    matcher = current_matcher()
    standing = Claim.objects.filter(pk__in=claims, merged_into=None).order_by("pk")
    looked_at = []
    wanted = set()
    for wording in wordings(standing, matcher.actors):
        looked_at.append(wording.claim)
        found = matcher.topics(wording.texts, wording.actors)
        wanted |= {(wording.claim, topic) for topic in found if topics is None or topic in topics}
    return _bring_to(wanted, looked_at, topics)


def _bring_to(wanted: set[tuple[int, int]], claims: Collection[int], topics: Collection[int] | None) -> Assigned:
    stored = _of(ClaimTopic.objects.all(), claims, topics)
    refused = _pairs(_of(ClaimTopicRemoval.objects.all(), claims, topics))
    wanted -= refused
    stale = [row.pk for row in stored.filter(by_person=False) if (row.claim_id, row.topic_id) not in wanted]
    # In one order everywhere, so that two imports don't wait for each other in a circle.
    new = sorted(wanted - _pairs(stored))
    ClaimTopic.objects.filter(pk__in=stale, by_person=False).delete()
    ClaimTopic.objects.bulk_create(
        (ClaimTopic(claim_id=claim, topic_id=topic) for claim, topic in new), ignore_conflicts=True
    )
    return Assigned(len(new), len(stale))


def current_matcher() -> Matcher:
    """The patterns of all topics as they are now; compiled once, and again when somebody changed one."""
    rows = Topic.objects.order_by("pk").values_list("pk", "patterns")
    return _compiled(tuple((pk, tuple(patterns)) for pk, patterns in rows))


@lru_cache(maxsize=1)
def _compiled(topics: tuple[tuple[int, tuple[str, ...]], ...]) -> Matcher:
    return Matcher({pk: list(_parsed(patterns)) for pk, patterns in topics})


def _parsed(patterns: Iterable[str]) -> Iterable[Pattern]:
    for text in patterns:
        try:
            yield parse(text)
        except PatternError:
            # Stored before patterns were checked: the form refuses it when somebody next saves the topic.
            continue


def _of(rows: QuerySet[Row], claims: Collection[int], topics: Collection[int] | None) -> QuerySet[Row]:
    found = rows.filter(claim__in=claims)
    return found if topics is None else found.filter(topic__in=topics)


def _pairs(rows: QuerySet[Row]) -> set[tuple[int, int]]:
    return set(rows.values_list("claim_id", "topic_id"))
