"""The front page: what this is, how much of it there is, and the newest of it."""

from __future__ import annotations

from django.db.models import Count
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import Actor, StanceQuerySet
from claims.pages.cards import card_rows, cards
from claims.pages.evidence import LEGEND
from claims.pages.kept import kept
from claims.pages.readable import newest_first, readable_stances, sees_unjudged
from claims.selectors import canonical, originals

NEWEST = 6
MOST_COVERED = 12


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the front page."""
    stances = readable_stances(request)
    counts, most, newest = kept(request, "front", lambda: figures_of(stances))
    actors = Actor.objects.in_bulk([pk for pk, _ in most])
    return render(
        request,
        "pages/front.html",
        {
            "counts": counts,
            "cards": cards(newest_first(card_rows(stances.filter(pk__in=newest)))),
            "most_covered": [(actors[pk], number) for pk, number in most if pk in actors],
            "legend": LEGEND,
            "sees_unjudged": sees_unjudged(request),
        },
    )


def figures_of(stances: StanceQuerySet) -> tuple[dict[str, int], list[tuple[int, int]], list[int]]:
    """How much there is of ``stances``, the actors in most articles with numbers, and the newest stances (keys)."""
    counts: dict[str, int] = stances.aggregate(
        stances=Count("pk"),
        actors=Count(Coalesce("actor__merged_into", "actor"), distinct=True),
        articles=Count("article", distinct=True),
        originals=originals(),
        claims=Count(Coalesce("claim__merged_into", "claim"), distinct=True),
    )
    counts["judged"] = stances.judged().count()
    newest = newest_first(stances).values_list("pk", flat=True)[:NEWEST]
    return counts, most_covered(stances), list(newest)


def most_covered(stances: StanceQuerySet) -> list[tuple[int, int]]:
    """The actors (keys) in most independent articles of ``stances``, merged rows counted with the one that stays."""
    counted = (
        stances.filter(actor__isnull=False)
        .select_related(None)
        .values_list(Coalesce("actor__merged_into", "actor"))
        .annotate(number=originals())
        .order_by("-number")[: 2 * MOST_COVERED]
    )
    numbers = dict(counted)
    rows = Actor.objects.select_related("merged_into").in_bulk(list(numbers))
    totals: dict[int, int] = {}
    survivors: dict[int, Actor] = {}
    for pk, number in numbers.items():
        actor = canonical(rows[pk])
        survivors[actor.pk] = actor
        totals[actor.pk] = totals.get(actor.pk, 0) + number
    ranked = sorted(totals.items(), key=lambda item: (-item[1], survivors[item[0]].name))
    return ranked[:MOST_COVERED]
