"""The figures on the page of a topic, as plain values that can be kept for a while."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from claims.models import StanceQuerySet
from claims.pages.quotes import Quote, quote
from claims.pages.summary import summary_of
from claims.topics.contested import contested_claims
from claims.topics.sides import ActorSides, Period, SidesInPeriod, Stand, sides_by_actor, sides_over_time

ACTORS_SHOWN: Final = 30
CONTESTED_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Contest:
    """A claim (by key) with both sides, in how many independent articles each was taken, and a quotation of either."""

    claim: int
    text: str
    for_: int
    against: int
    quote_for: Quote
    quote_against: Quote


@dataclass(frozen=True, slots=True)
class Figures:
    """What the page counts: sides over time, by actor and on contested claims, and all claims, most stances first."""

    summary: dict[str, Any]
    period: Period
    periods: tuple[SidesInPeriod, ...]
    actors: list[ActorSides]
    contested: list[Contest]
    claims: list[int]


def figures_of(stances: StanceQuerySet) -> Figures | None:
    """The figures of ``stances``; None where there are none."""
    summary = summary_of(stances)
    if not summary["stances"]:
        return None
    period = Period.fitting(summary["first"], summary["last"])
    return Figures(
        summary=summary,
        period=period,
        periods=sides_over_time(stances, period),
        actors=sides_by_actor(stances, ACTORS_SHOWN),
        contested=[
            Contest(
                each.claim.pk,
                each.claim.text,
                each.for_,
                each.against,
                quote(each.example_for),
                quote(each.example_against),
            )
            for each in contested_claims(stances, CONTESTED_SHOWN)
        ],
        claims=claims_of(stances),
    )


def claims_of(stances: StanceQuerySet) -> list[int]:
    """The claims of ``stances`` (keys; merged rows counted with the one that stays), those with most first."""
    plain = stances.select_related(None).order_by().filter(~Q(claim=None))
    rows = plain.values(of=Coalesce("claim__merged_into", "claim")).annotate(number=Count("pk"))
    return [row["of"] for row in rows.order_by("-number", "of")]


def by_stand(actors: Iterable[ActorSides]) -> list[tuple[str, list[ActorSides]]]:
    """``actors`` by where they stand, in words; those of whom too little is judged last."""
    headings = {
        Stand.FOR: _("For"),
        Stand.AGAINST: _("Against"),
        Stand.BOTH: _("On both sides"),
        Stand.NEITHER: _("On neither side"),
        Stand.UNCERTAIN: _("Too little to tell"),
    }
    found: dict[Stand, list[ActorSides]] = {stand: [] for stand in headings}
    for each in actors:
        found[each.sides.stand].append(each)
    return [(headings[stand], rows) for stand, rows in found.items() if rows]
