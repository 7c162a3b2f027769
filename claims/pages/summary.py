"""The key figures of a list of stances."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Min, Q

from claims.models import Stance, StanceQuerySet
from claims.selectors import Representation, originals


def summary_of(stances: StanceQuerySet, representation: Representation | None = None) -> dict[str, Any]:
    """How many ``stances`` there are and how many are judged; their articles, originals and first and last day.

    ``own`` counts those that the actor itself takes, nobody for it, where ``representation`` says who that is;
    ``others`` are the rest.
    """
    summary: dict[str, Any] = stances.aggregate(
        stances=Count("pk"),
        own=Count("pk", filter=Q(actor__in=representation.own) if representation else None),
        articles=Count("article", distinct=True),
        originals=originals(),
        first=Min("article__published_on"),
        last=Max("article__published_on"),
        judged=Count("pk", filter=~Q(state=Stance.State.PENDING)),
    )
    summary["others"] = summary["stances"] - summary["own"]
    summary["judged_percent"] = round(100 * summary["judged"] / summary["stances"]) if summary["stances"] else 0
    return summary
