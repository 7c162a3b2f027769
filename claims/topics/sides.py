"""The sides that actors take on topics, over time. Figures count independent articles: copies of a story count once."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, IntegerField, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, ExtractYear, Trunc
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.extraction.types import Side
from claims.models import Actor, Claim, Stance, StanceQuerySet, Topic
from claims.selectors import originals

#: More periods than this nobody tells apart, in a chart or in a table.
MOST_PERIODS: Final = 60
#: With fewer judged stances nobody is said to be for or against anything.
ENOUGH: Final = 5


class Period(enum.StrEnum):
    """How finely time is divided, the finest first."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"

    @classmethod
    def fitting(cls, first: dt.date, last: dt.date) -> Period:
        """The finest one that divides ``first`` to ``last`` into at most ``MOST_PERIODS``; decades where none does."""
        return next((each for each in cls if each.number_of(first, last) <= MOST_PERIODS), cls.DECADE)

    @property
    def first_day(self) -> Combinable:
        """The first day of the period in which a stance's article was published, as a query computes it.

        For decades, which databases don't cut, the first year's number.
        """
        if self is Period.DECADE:
            year = Cast(ExtractYear("article__published_on"), IntegerField())
            return year - year % 10
        return Trunc("article__published_on", self.value)

    def number_of(self, first: dt.date, last: dt.date) -> int:
        """How many periods there are from the one with ``first`` to the one with ``last``."""
        return self._ordinal(last) - self._ordinal(first) + 1

    def beginning_of(self, day: dt.date) -> dt.date:
        """The first day of the period that ``day`` is in."""
        return self._day(self._ordinal(day))

    def days_between(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The first days of all periods from the one with ``first`` to the one with ``last``."""
        return map(self._day, range(self._ordinal(first), self._ordinal(last) + 1))

    def last_day(self, first_day: dt.date) -> dt.date:
        """The last day of the period that begins on ``first_day``."""
        try:
            return self._day(self._ordinal(first_day) + 1) - dt.timedelta(days=1)
        except (OverflowError, ValueError):
            return dt.date.max

    @property
    def heading(self) -> str:
        """What stands above the labels of periods."""
        return {
            Period.DAY: _("Day"),
            Period.WEEK: _("Week from"),
            Period.MONTH: _("Month"),
            Period.QUARTER: _("Quarter"),
            Period.YEAR: _("Year"),
            Period.DECADE: _("Decade"),
        }[self]

    def label(self, first_day: dt.date) -> str:
        """What people call the period that begins on ``first_day``: "4 Mar 2022", "Mar 2022", "Q1 2022", "2022"."""
        match self:
            case Period.MONTH:
                return date_format(first_day, "M Y")
            case Period.QUARTER:
                return _("Q%(quarter)s %(year)s") % {"quarter": (first_day.month + 2) // 3, "year": first_day.year}
            case Period.YEAR:
                return str(first_day.year)
            case Period.DECADE:
                return _("%(year)ss") % {"year": first_day.year}
        return date_format(first_day, "j M Y")

    def _ordinal(self, day: dt.date) -> int:
        """The number of the period that ``day`` is in, counted without gaps."""
        match self:
            case Period.DAY:
                return day.toordinal()
            case Period.WEEK:
                return (day.toordinal() - 1) // 7
            case Period.MONTH:
                return day.year * 12 + day.month - 1
            case Period.QUARTER:
                return day.year * 4 + (day.month - 1) // 3
            case Period.YEAR:
                return day.year
        return day.year // 10

    def _day(self, ordinal: int) -> dt.date:
        match self:
            case Period.DAY:
                return dt.date.fromordinal(ordinal)
            case Period.WEEK:
                return dt.date.fromordinal(ordinal * 7 + 1)
            case Period.MONTH:
                return dt.date(ordinal // 12, ordinal % 12 + 1, 1)
            case Period.QUARTER:
                return dt.date(ordinal // 4, ordinal % 4 * 3 + 1, 1)
            case Period.YEAR:
                return dt.date(ordinal, 1, 1)
        return dt.date(max(ordinal * 10, 1), 1, 1)


class Stand(enum.StrEnum):
    """Where stances put an actor, as far as they can."""

    FOR = "for"
    AGAINST = "against"
    BOTH = "both"
    NEITHER = "neither"
    UNCERTAIN = "uncertain"


@dataclass(slots=True)
class Sides:
    """In how many independent articles a side was taken, out of how many stances, and how many of these are judged."""

    for_: int = 0
    against: int = 0
    neutral: int = 0
    unknown: int = 0
    stances: int = 0
    judged: int = 0

    def add(self, side: str, articles: int, stances: int, judged: int) -> None:
        """Count ``stances`` with ``side`` ("" where it is not known) in so many ``articles``."""
        name = {Side.FOR: "for_", Side.AGAINST: "against", Side.NEUTRAL: "neutral"}.get(Side(side)) if side else None
        name = name or "unknown"
        setattr(self, name, getattr(self, name) + articles)
        self.stances += stances
        self.judged += judged

    @property
    def judged_percent(self) -> int:
        """The share of the stances that people have judged, in per cent."""
        return round(100 * self.judged / self.stances) if self.stances else 0

    @property
    def is_contested(self) -> bool:
        """Whether both sides were taken."""
        return bool(self.for_ and self.against)

    @property
    def is_enough(self) -> bool:
        """Whether people judged enough of the stances to say where somebody stands."""
        return self.judged >= ENOUGH

    @property
    def stand(self) -> Stand:
        """Which side was taken. One stance with the other side is enough for both: nothing that opposes is hidden."""
        if not self.is_enough:
            return Stand.UNCERTAIN
        if self.is_contested:
            return Stand.BOTH
        if self.for_:
            return Stand.FOR
        return Stand.AGAINST if self.against else Stand.NEITHER


@dataclass(frozen=True, slots=True)
class SidesInPeriod:
    """The sides taken in a period that begins on ``first_day``."""

    first_day: dt.date
    last_day: dt.date
    label: str
    sides: Sides


@dataclass(frozen=True, slots=True)
class TopicSides:
    """The sides taken on a topic: in all, and period by period, the earliest first."""

    topic: Topic
    total: Sides
    periods: tuple[SidesInPeriod, ...]


@dataclass(frozen=True, slots=True)
class ActorSides:
    """The sides that an actor took, those stored under rows merged into it included."""

    actor: Actor
    sides: Sides


@dataclass(frozen=True, slots=True)
class ClaimSides:
    """The sides taken on the targets of a claim's stances."""

    claim: Claim
    sides: Sides


_NUMBERS: Mapping[str, Count] = {
    "articles": originals(),
    "number": Count("pk", distinct=True),
    "judged": Count("pk", distinct=True, filter=~Q(state=Stance.State.PENDING)),
}


def on_topic(stances: StanceQuerySet, topic: Topic) -> StanceQuerySet:
    """Those of ``stances`` whose claim, or the one it was merged into, belongs to ``topic``."""
    return on_topics(stances, [topic.pk])


def on_topics(stances: StanceQuerySet, topics: Collection[Any]) -> StanceQuerySet:
    """Those of ``stances`` whose claim, or the one it was merged into, belongs to one of ``topics`` (keys)."""
    claims = Claim.objects.filter(claim_topics__topic__in=topics, merged_into=None).order_by()
    merged = Claim.objects.filter(merged_into__in=claims).order_by()
    # One set of claims, not two conditions joined by OR: for those, databases read every stance there is.
    return stances.filter(claim__in=claims.values("pk").union(merged.values("pk")))


def sides_over_time(stances: StanceQuerySet, period: Period) -> tuple[SidesInPeriod, ...]:
    """The sides that ``stances`` take, period by period from the first that has any to the last, empty ones between."""
    rows = _plain(stances).values("side", first_day=period.first_day).annotate(**_NUMBERS)
    return _periods(rows, period)


def sides_by_topic(stances: StanceQuerySet, period: Period = Period.QUARTER) -> list[TopicSides]:
    """The sides that ``stances`` take on each topic, the topic with most stances first; in three queries.

    Periods run from the first to the last that a topic has stances in. An article counts twice where a person merged
    two claims of it that are on the same topic.
    """
    found: dict[int, list[dict[str, Any]]] = {}
    plain = _plain(stances)
    for some, path in (
        (plain.filter(claim__merged_into=None), "claim__claim_topics__topic"),
        (plain.exclude(claim__merged_into=None), "claim__merged_into__claim_topics__topic"),
    ):
        rows = some.filter(**{f"{path}__isnull": False}).values("side", topic=F(path), first_day=period.first_day)
        for row in rows.annotate(**_NUMBERS):
            found.setdefault(row["topic"], []).append(row)
    topics = Topic.objects.in_bulk(list(found))
    listed = [TopicSides(topics[key], _total(rows), _periods(rows, period)) for key, rows in found.items()]
    return sorted(listed, key=lambda each: (-each.total.stances, each.topic.name))


def sides_by_actor(stances: StanceQuerySet, limit: int) -> list[ActorSides]:
    """The ``limit`` actors with most of ``stances``, with the sides they take; in three queries."""
    known = _plain(stances).filter(actor__isnull=False)
    most = _most(known, "actor", limit)
    found: dict[int, Sides] = {key: Sides() for key in most}
    rows = known.annotate(of=_lasting("actor")).filter(of__in=most).values("of", "side").annotate(**_NUMBERS)
    for row in rows:
        found[row["of"]].add(row["side"], row["articles"], row["number"], row["judged"])
    actors = Actor.objects.in_bulk(most)
    return [ActorSides(actors[key], sides) for key, sides in found.items()]


def sides_by_claim(stances: StanceQuerySet, claims: Iterable[int]) -> list[ClaimSides]:
    """The sides that ``stances`` take on each of ``claims`` (keys of claims that stay), in their order; two queries."""
    found: dict[int, Sides] = {key: Sides() for key in claims}
    known = _plain(stances).annotate(of=_lasting("claim")).filter(of__in=list(found))
    for row in known.values("of", "side").annotate(**_NUMBERS):
        found[row["of"]].add(row["side"], row["articles"], row["number"], row["judged"])
    rows = Claim.objects.in_bulk(list(found))
    return [ClaimSides(rows[key], sides) for key, sides in found.items()]


def _plain(stances: StanceQuerySet) -> StanceQuerySet:
    return stances.select_related(None).order_by()


def _lasting(field: str) -> Coalesce:
    """The row that a stance's ``field`` was merged into, or itself."""
    return Coalesce(f"{field}__merged_into", field)


def _most(stances: StanceQuerySet, field: str, limit: int) -> list[int]:
    rows = stances.values_list(_lasting(field)).annotate(total=Count("pk")).order_by("-total", _lasting(field))
    return [key for key, _ in rows[:limit]]


def _total(rows: Iterable[Mapping[str, Any]]) -> Sides:
    total = Sides()
    for row in rows:
        total.add(row["side"], row["articles"], row["number"], row["judged"])
    return total


def _periods(rows: Iterable[Mapping[str, Any]], period: Period) -> tuple[SidesInPeriod, ...]:
    found: dict[dt.date, Sides] = {}
    for row in rows:
        first_day = row["first_day"]
        day = first_day if isinstance(first_day, dt.date) else dt.date(max(first_day, 1), 1, 1)
        found.setdefault(day, Sides()).add(row["side"], row["articles"], row["number"], row["judged"])
    if not found:
        return ()
    return tuple(
        SidesInPeriod(day, period.last_day(day), period.label(day), found.get(day, Sides()))
        for day in period.days_between(min(found), max(found))
    )
