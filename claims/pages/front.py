"""The front page: what this is, how much of it there is, and the newest of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.models import Actor, Claim, PositionChange, Run, StanceQuerySet
from claims.pages.cards import card_rows, cards
from claims.pages.change_cards import readable_changes
from claims.pages.contested import most_contested
from claims.pages.evidence import LEGEND
from claims.pages.kept import kept
from claims.pages.readable import newest_first, readable_stances, sees_unjudged
from claims.selectors import canonical, originals

NEWEST, OF_ONE_ARTICLE = 6, 2
MOST_COVERED = 12
CONTESTED = 5
CHANGED = 5
#: The changes that came last, in which actors are counted.
LATEST_CHANGES = 500


@dataclass(frozen=True, slots=True)
class ChangedActor:
    """An actor with the number of its latest changes of position, and the last of them in words."""

    name: str
    url: str
    changes_url: str
    number: int
    subject: str
    subject_url: str
    earlier: str
    later: str
    later_on: dt.date
    days: int


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the front page."""
    stances = readable_stances(request)
    (counts, most, newest), contested, changed = kept(
        request,
        "front",
        lambda: (
            figures_of(stances),
            most_contested(stances, CONTESTED),
            most_changed(readable_changes(request), CHANGED),
        ),
    )
    actors = Actor.objects.in_bulk([pk for pk, _ in most])
    claims = Claim.objects.in_bulk([each.claim for each in contested])
    runs = Run.objects.filter(kind__in=[Run.Kind.IMPORT, Run.Kind.EXTRACT], state=Run.State.FINISHED)
    run = runs.order_by("-started").first()
    return render(
        request,
        "pages/front.html",
        {
            "counts": counts,
            "judged_percent": round(100 * counts["judged"] / counts["stances"]) if counts["stances"] else 0,
            "cards": cards(newest_first(card_rows(stances.filter(pk__in=newest)))),
            "most_covered": [(actors[pk], number) for pk, number in most if pk in actors],
            "contested": [(each, claims[each.claim]) for each in contested if each.claim in claims],
            "changed": changed,
            "run": run,
            "pipeline": f"{run.pipeline_name} {run.pipeline_version}".strip() if run else "",
            "legend": LEGEND,
            "sees_unjudged": sees_unjudged(request),
            "may_add_articles": request.user.has_perm("claims.add_article"),
        },
    )


def most_changed(changes: QuerySet[PositionChange], limit: int) -> list[ChangedActor]:
    """The actors with most of the latest of ``changes`` (see ``readable_changes``), at most ``limit``."""
    found: dict[int, list[PositionChange]] = {}
    for change in changes[:LATEST_CHANGES]:
        found.setdefault(canonical(change.actor).pk, []).append(change)
    # Of those with as many, whose change is newer: they were found in that order.
    ranked = sorted(found.values(), key=len, reverse=True)[:limit]
    return [_changed(rows[0], len(rows)) for rows in ranked]


def _changed(change: PositionChange, number: int) -> ChangedActor:
    actor = canonical(change.actor)
    claim = canonical(change.claim) if change.claim else None
    topic_url = reverse("topic", args=[change.topic.slug]) if change.topic else ""
    return ChangedActor(
        name=actor.name,
        url=reverse("actor", args=[actor.slug]),
        changes_url=f"{reverse('change_list')}?{urlencode({'actor': actor.slug})}",
        number=number,
        subject=claim.text if claim else change.target,
        subject_url=reverse("claim", args=[claim.pk]) if claim else topic_url,
        earlier=change.earlier_position,
        later=change.later_position,
        later_on=change.later_on,
        days=change.days,
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
    return counts, most_covered(stances), newest_of(stances)


def newest_of(stances: StanceQuerySet) -> list[int]:
    """The newest of ``stances`` (keys), of several articles where there are: a long one would have all of them."""
    rows = newest_first(stances).values_list("pk", "article")[: 10 * NEWEST]
    taken: Counter[int] = Counter()
    found = []
    for pk, article in rows:
        if taken[article] < OF_ONE_ARTICLE:
            taken[article] += 1
            found.append(pk)
    return found[:NEWEST]


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
