"""Changes of position: the same actor, the same claim or target, the opposite on a later day.

Precision comes before completeness. Left out are: conditions; what the machine is not sure of, unless a person judged
it; days on which an actor is reported with both; copies of earlier stories; what others say that an actor says;
positions on whether something is so against those on whether it should be. What speaks for a state counts as its
position, and is named.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from claims.extraction.types import Act, ActorKind, Side
from claims.models import ChainLink, Claim, PositionChange, Stance, StanceQuerySet, Topic, limits
from claims.patterns.words import words
from claims.positions.holders import Holders
from claims.positions.position import position_of, questions_of

#: The score from which the machine's reading counts.
SURE: Final = 0.6
#: On an actor as a target only these acts take a lasting side; others are against one deed of it.
ON_ACTORS: Final = (Act.SUPPORTS, Act.OPPOSES)
_UNTOLD: Final = frozenset({"the", "a", "an", "any", "all", "its", "his", "her", "their", "such", "this", "that"})

#: Stances a query: SQLite takes some 32,000 parameters.
QUERIED: Final = 10_000
#: Claims a step.
BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """One stance as a change is made of it: whose it is, on which day it was taken, and what it says."""

    stance: int
    article: int
    actor: int
    root: int
    day: dt.date
    name: str
    is_for: bool
    weight: tuple[bool, float]


@dataclass(frozen=True, slots=True)
class Change:
    """The opposite of ``earlier`` in ``later``, for whom both count."""

    actor: int
    earlier: Reading
    later: Reading


@dataclass(slots=True)
class Found:
    """How many changes were new, and how many no longer hold."""

    added: int = 0
    removed: int = 0

    def __iadd__(self, other: Found) -> Found:
        self.added += other.added
        self.removed += other.removed
        return self


Step = Callable[[], Found]


def changes_in(readings: Iterable[Reading]) -> list[Change]:
    """The changes that ``readings``, all on one question, show: of actors themselves, and of those they speak for.

    Of two days that follow one another with opposite readings, the surest reading of each day stands for it. What an
    actor itself shows is not told again of the whole for which it speaks.
    """
    own: dict[int, list[Reading]] = defaultdict(list)
    whole: dict[int, list[Reading]] = defaultdict(list)
    for reading in readings:
        own[reading.actor].append(reading)
        if reading.root != reading.actor:
            whole[reading.root].append(reading)
    for root in whole:
        whole[root] += own.pop(root, [])
    found: dict[tuple[int, int], Change] = {}
    for group in (own, whole):
        for actor, those in group.items():
            for earlier, later in _turns(those):
                found.setdefault((earlier.article, later.article), Change(actor, earlier, later))
    return list(found.values())


def _turns(readings: Sequence[Reading]) -> Iterator[tuple[Reading, Reading]]:
    by_day: dict[dt.date, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_day[reading.day].append(reading)
    clear = [
        max(those, key=lambda reading: (reading.weight, -reading.stance))
        for _, those in sorted(by_day.items())
        if len({reading.is_for for reading in those}) == 1
    ]
    return ((one, other) for one, other in itertools.pairwise(clear) if one.is_for is not other.is_for)


def find_on_claims(claims: Collection[int], holders: Holders) -> Found:
    """Bring the changes on ``claims`` (keys) to what their stances show. Meant to be called within a transaction."""
    texts = dict(Claim.objects.filter(pk__in=claims, merged_into=None).values_list("pk", "text"))
    rows = _told(Stance.objects.filter(Q(claim__in=texts) | Q(claim__merged_into__in=texts)).exclude(act=""))
    readings: dict[tuple[int, str], list[Reading]] = defaultdict(list)
    told = list(rows.annotate(on=Coalesce("claim__merged_into", "claim")).values(*_COLUMNS, "on"))
    for row in first_hand(told, holders):
        position = position_of(row["act"], row["cue_text"], row["content_text"], texts[row["on"]])
        # A doubt is no position yet.
        if position is not None and row["act"] != Act.DOUBTS:
            reading = _reading(row, holders, position.value, is_for=position.is_for)
            for question in questions_of(row["act"], position):
                readings[row["on"], question].append(reading)
    wanted: dict[tuple[Any, ...], PositionChange] = {}
    for (claim, _question), those in readings.items():
        for change in changes_in(those):
            new = _row(change, claim_id=claim)
            wanted.setdefault(_key(new), new)
    return _bring_to(wanted, PositionChange.objects.filter(claim__in=claims))


def find_on_topic(topic: Topic, holders: Holders, *, roots: Collection[int] | None = None) -> Found:
    """Bring the changes on the targets of ``topic`` to what stances show; of ``roots`` and their members, if given.

    Meant to be called within a transaction.
    """
    claims = Claim.objects.filter(claim_topics__topic=topic, merged_into=None)
    stances = Stance.objects.filter(Q(claim__in=claims) | Q(claim__merged_into__in=claims))
    stances = stances.filter(side__in=(Side.FOR, Side.AGAINST)).exclude(target_text="")
    stances = stances.exclude(~Q(act__in=ON_ACTORS), target_actor__isnull=False)
    stored = PositionChange.objects.filter(topic=topic)
    if roots is not None:
        members = holders.members(roots)
        stances = stances.filter(Q(actor__in=members) | Q(role__organisation__in=members))
        stored = stored.filter(Q(actor__in=members) | Q(later__role__organisation__in=members))
    readings: dict[str, list[Reading]] = defaultdict(list)
    told = list(_told(stances).values(*_COLUMNS, "side", "target_text", "target_actor"))
    for row in first_hand(told, holders):
        target = target_key(row["target_text"])
        if target:
            readings[target].append(_reading(row, holders, row["side"], is_for=row["side"] == Side.FOR))
    wanted: dict[tuple[Any, ...], PositionChange] = {}
    on_claims = PositionChange.objects.filter(claim__isnull=False, claim__claim_topics__topic=topic)
    listed = set(on_claims.values_list("actor", "earlier_article", "later_article"))
    for target, those in readings.items():
        for change in changes_in(those):
            new = _row(change, topic_id=topic.pk, target=target)
            # What is a change on a claim already is not told again of the target.
            if (new.actor_id, new.earlier_article_id, new.later_article_id) not in listed:
                wanted.setdefault(_key(new), new)
    return _bring_to(wanted, stored)


def steps_after_import(run: int) -> list[Step]:
    """What to do where stances of the run with this key may have made changes, each step a small transaction."""
    new = Stance.objects.filter(run=run, claim__isnull=False, actor__isnull=False)
    claims = set(new.values_list(Coalesce("claim__merged_into", "claim"), flat=True).distinct())
    if not claims:
        return []
    holders = Holders()
    speakers = new.values_list("actor", "role__organisation").distinct()
    roots = {holders.speaks_for(actor, organisation) for actor, organisation in speakers}
    topics = Topic.objects.filter(claim_topics__claim__in=claims).distinct()
    return [
        *_steps_on_claims(worth_looking(claims), holders),
        *(partial(find_on_topic, topic, holders, roots=roots) for topic in topics.order_by("pk")),
    ]


def all_steps() -> list[Step]:
    """What to do to look at the whole store, each step a small transaction."""
    holders = Holders()
    return [
        *_steps_on_claims(worth_looking(), holders),
        *(partial(find_on_topic, topic, holders) for topic in Topic.objects.order_by("pk")),
    ]


def _steps_on_claims(claims: Sequence[int], holders: Holders) -> list[Step]:
    return [partial(find_on_claims, claims[start : start + BATCH], holders) for start in range(0, len(claims), BATCH)]


def worth_looking(claims: Collection[int] | None = None) -> list[int]:
    """Those of ``claims`` (keys), or of all, that can have a change: with two stances, or listed with one before."""
    stances = Stance.objects.visible().exclude(act="").filter(actor__isnull=False, claim__isnull=False)
    listed = PositionChange.objects.filter(claim__isnull=False)
    if claims is not None:
        stances = stances.filter(Q(claim__in=claims) | Q(claim__merged_into__in=claims))
        listed = listed.filter(claim__in=claims)
    several = (
        stances.values_list(Coalesce("claim__merged_into", "claim")).annotate(number=Count("pk")).filter(number__gt=1)
    )
    return sorted({claim for claim, _ in several.order_by()} | set(listed.values_list("claim", flat=True)))


def target_key(target: str) -> str:
    """What two targets must have in common to be the same: their words without endings and articles."""
    return " ".join(word.stem for word in words(target) if word.stem not in _UNTOLD)[: limits.NAME].strip()


_COLUMNS: Final = (
    "pk",
    "article",
    "actor",
    "role__organisation",
    "act",
    "cue_text",
    "content_text",
    "state",
    "confidence",
    "day",
)


def _told(stances: StanceQuerySet) -> StanceQuerySet:
    """Those of ``stances`` that can make a change: visible, unconditional, sure, somebody's, and no copy's."""
    return (
        stances.visible()
        .filter(actor__isnull=False, conditional=False)
        .filter(~Q(state=Stance.State.PENDING) | Q(confidence__gte=SURE))
        .filter(Q(article__family=None) | Q(article__family__original=F("article")))
        .annotate(day=Coalesce("said_on", "article__published_on"))
        .order_by("pk")
    )


def first_hand(rows: Sequence[Mapping[str, Any]], holders: Holders) -> list[Mapping[str, Any]]:
    """Those of ``rows`` (stances) that nobody passes on but outlets and those who speak for the same actor.

    What its opponents say that an actor says is theirs, not the actor's. One query for each 10,000 rows.
    """
    sources: dict[int, list[tuple[int | None, str | None]]] = defaultdict(list)
    keys = [row["pk"] for row in rows]
    for start in range(0, len(keys), QUERIED):
        links = ChainLink.objects.filter(stance__in=keys[start : start + QUERIED])
        for stance, source, kind in links.values_list("stance", "actor", "actor__kind"):
            sources[stance].append((source, kind))

    def is_own(row: Mapping[str, Any], source: int | None, kind: str | None) -> bool:
        if kind == ActorKind.OUTLET:
            return True
        root = holders.speaks_for(row["actor"], row["role__organisation"])
        return source is not None and holders.spokesperson_of(source, root, row["actor"])

    return [row for row in rows if all(is_own(row, source, kind) for source, kind in sources[row["pk"]])]


def _reading(row: Mapping[str, Any], holders: Holders, name: str, *, is_for: bool) -> Reading:
    return Reading(
        stance=row["pk"],
        article=row["article"],
        actor=holders.lasting(row["actor"]),
        root=holders.speaks_for(row["actor"], row["role__organisation"]),
        day=row["day"],
        name=name,
        is_for=is_for,
        weight=(row["state"] != Stance.State.PENDING, row["confidence"]),
    )


def _row(change: Change, **about: Any) -> PositionChange:
    return PositionChange(
        actor_id=change.actor,
        earlier_id=change.earlier.stance,
        later_id=change.later.stance,
        earlier_article_id=change.earlier.article,
        later_article_id=change.later.article,
        earlier_position=change.earlier.name,
        later_position=change.later.name,
        earlier_on=change.earlier.day,
        later_on=change.later.day,
        **about,
    )


def _key(row: PositionChange) -> tuple[Any, ...]:
    return row.actor_id, row.claim_id, row.topic_id, row.target, row.earlier_article_id, row.later_article_id


_SHOWN: Final = ("earlier_id", "later_id", "earlier_position", "later_position", "earlier_on", "later_on")


def _bring_to(wanted: Mapping[tuple[Any, ...], PositionChange], stored: QuerySet[PositionChange]) -> Found:
    """Make ``stored`` what is ``wanted``; what a person dismissed stays dismissed, also where it no longer holds."""
    rows = {_key(row): row for row in stored.order_by("pk")}
    gone = [row.pk for key, row in rows.items() if key not in wanted and row.dismissed_by_id is None]
    PositionChange.objects.filter(pk__in=gone, dismissed_by=None).delete()
    for key, new in wanted.items():
        old = rows.get(key)
        if old is not None and any(getattr(old, name) != getattr(new, name) for name in _SHOWN):
            for name in _SHOWN:
                setattr(old, name, getattr(new, name))
            old.save(update_fields=[name.removesuffix("_id") for name in _SHOWN])
    fresh = [new for key, new in sorted(wanted.items(), key=lambda item: str(item[0])) if key not in rows]
    PositionChange.objects.bulk_create(fresh, ignore_conflicts=True)
    return Found(len(fresh), len(gone))
