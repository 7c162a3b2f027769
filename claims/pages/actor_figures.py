"""The figures on the page of an actor, as plain values that can be kept for a while."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from claims.models import StanceQuerySet
from claims.pages.quotes import Quote, quote
from claims.pages.speakers import Speaker, speakers_of
from claims.pages.summary import summary_of
from claims.selectors import Representation, visible_stances
from claims.topics.sides import MOST_PERIODS, Period, Sides, SidesInPeriod, TopicSides, sides_by_topic

#: So many topics are drawn over time, and so many of which too little is judged are shown with what was said.
TOPICS_DRAWN: Final = 6
TOPICS_TOLD: Final = 6
#: So many quotations of each side are shown of such a topic, the newest.
QUOTES_A_SIDE: Final = 2


@dataclass(frozen=True, slots=True)
class OnTopic:
    """Where the actor stands on a topic; ``quotes`` are those of a side that others oppose, or all there is to tell."""

    slug: str
    name: str
    total: Sides
    periods: tuple[SidesInPeriod, ...] = ()
    quotes: list[Quote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ActorFigures:
    """What the page counts.

    ``drawn`` are the topics with most of the stances on which enough is judged, ``untold`` those on which it is not,
    and ``others`` what is left of both.
    """

    summary: dict[str, Any]
    speakers: list[Speaker]
    period: Period
    drawn: list[OnTopic]
    untold: list[OnTopic]
    others: list[OnTopic]

    @property
    def contested(self) -> list[OnTopic]:
        """The drawn topics of which the actor took both sides."""
        return [each for each in self.drawn if each.total.is_contested]


def actor_figures(stances: StanceQuerySet, representation: Representation) -> ActorFigures | None:
    """The figures of ``stances``, those of the actor and of who speaks for it; None where there are none."""
    summary = summary_of(stances, representation)
    if not summary["stances"]:
        return None
    period = period_of(summary["first"], summary["last"])
    topics = sides_by_topic(stances, period)
    enough = [each for each in topics if each.total.is_enough]
    too_little = [each for each in topics if not each.total.is_enough]
    drawn, untold = enough[:TOPICS_DRAWN], too_little[:TOPICS_TOLD]
    told = [each for each in drawn if each.total.is_contested] + untold
    quotes = quotes_on(stances, [each.topic.pk for each in told])
    return ActorFigures(
        summary=summary,
        speakers=speakers_of(stances, representation),
        period=period,
        drawn=[_on(each, quotes, periods=each.periods) for each in drawn],
        untold=[_on(each, quotes) for each in untold],
        others=[_on(each, {}) for each in (*enough[TOPICS_DRAWN:], *too_little[TOPICS_TOLD:])],
    )


def _on(sides: TopicSides, quotes: dict[int, list[Quote]], periods: tuple[SidesInPeriod, ...] = ()) -> OnTopic:
    topic = sides.topic
    return OnTopic(topic.slug, topic.name, sides.total, periods, quotes.get(topic.pk, []))


def period_of(first: dt.date, last: dt.date) -> Period:
    """The finest period of which all that are drawn from ``first`` to ``last`` can still be told apart."""
    fits = (each for each in Period if each.number_of(first, last) * TOPICS_DRAWN <= MOST_PERIODS)
    return next(fits, Period.DECADE)


def quotes_on(stances: StanceQuerySet, topics: Collection[int]) -> dict[int, list[Quote]]:
    """The newest quotations of each side on each of ``topics`` (keys), newest first; in at most five queries."""
    if not topics:
        return {}
    plain = stances.select_related(None).order_by()
    newest = (F("article__published_on").desc(), F("article").desc(), F("pk").desc())
    found: dict[int, dict[str, set[tuple[dt.date, int, int]]]] = {}
    for some, path in (
        (plain.filter(claim__merged_into=None), "claim__claim_topics__topic"),
        (plain.exclude(claim__merged_into=None), "claim__merged_into__claim_topics__topic"),
    ):
        place = Window(RowNumber(), partition_by=[F(path), F("side")], order_by=newest)
        rows = some.filter(**{f"{path}__in": topics}).annotate(place=place).filter(place__lte=QUOTES_A_SIDE)
        for pk, side, topic, day, article in rows.values_list("pk", "side", path, "article__published_on", "article"):
            found.setdefault(topic, {}).setdefault(side, set()).add((day, article, pk))
    chosen = {topic: list(_newest(sides.values())) for topic, sides in found.items()}
    keys = {pk for pks in chosen.values() for pk in pks}
    stored = visible_stances().select_related("actor__merged_into").in_bulk(keys)
    return {topic: [quote(stored[pk]) for pk in pks if pk in stored] for topic, pks in chosen.items()}


def _newest(sides: Iterable[set[tuple[dt.date, int, int]]]) -> list[int]:
    kept = [place for places in sides for place in sorted(places, reverse=True)[:QUOTES_A_SIDE]]
    return [pk for _day, _article, pk in sorted(kept, reverse=True)]
