"""Topics: the list of them, and the page of one with its claims and the sides that actors take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.models import StanceQuerySet, Topic
from claims.pages.actors import summary_of
from claims.pages.kept import kept
from claims.pages.paging import page_of, query_without_page
from claims.pages.quotes import quote
from claims.pages.readable import readable_stances, sees_unjudged
from claims.topics.contested import contested_claims
from claims.topics.sides import (
    ENOUGH,
    ActorSides,
    Period,
    Stand,
    on_topic,
    sides_by_actor,
    sides_by_claim,
    sides_over_time,
)

ACTORS_SHOWN = 30
CLAIMS_A_PAGE = 20
CONTESTED_SHOWN = 6


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """Show the topics, those with most stances first."""
    numbers = kept(request, "topics", lambda: stances_by_topic(readable_stances(request)))
    topics = sorted(Topic.objects.all(), key=lambda topic: (-numbers.get(topic.pk, 0), topic.name))
    return render(
        request,
        "pages/topic_list.html",
        {"topics": [(topic, numbers.get(topic.pk, 0)) for topic in topics], "section": "topics"},
    )


def stances_by_topic(stances: StanceQuerySet) -> dict[int, int]:
    """How many of ``stances`` are on each topic (key); topics without any are left out."""
    plain = stances.select_related(None).order_by()
    found: dict[int, int] = {}
    for some, path in (
        (plain.filter(claim__merged_into=None), "claim__claim_topics__topic"),
        (plain.exclude(claim__merged_into=None), "claim__merged_into__claim_topics__topic"),
    ):
        rows = some.filter(**{f"{path}__isnull": False}).values_list(F(path)).annotate(number=Count("pk"))
        for topic, number in rows:
            found[topic] = found.get(topic, 0) + number
    return found


@require_safe
def topic_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one topic: who is for, against and neutral, how that went over time, and its claims."""
    topic = get_object_or_404(Topic, slug=slug)
    stances = on_topic(readable_stances(request), topic)
    summary = kept(request, f"topic.{topic.pk}.summary", lambda: summary_of(stances))
    period = Period.fitting(summary["first"], summary["last"]) if summary["stances"] else None
    page = page_of(request, claims_of(stances), CLAIMS_A_PAGE)
    keys = [row["of"] for row in page.object_list]
    actors = sides_by_actor(stances, ACTORS_SHOWN)
    return render(
        request,
        "pages/topic.html",
        {
            "topic": topic,
            "summary": summary,
            "period": period,
            "periods": sides_over_time(stances, period) if period else (),
            "actors": by_stand(actors),
            "actors_shown": ACTORS_SHOWN,
            "is_cut": len(actors) == ACTORS_SHOWN,
            "enough": ENOUGH,
            "contested": [
                (each, quote(each.example_for), quote(each.example_against))
                for each in contested_claims(stances, CONTESTED_SHOWN)
            ],
            "claims": sides_by_claim(stances, keys),
            "page": page,
            "query": query_without_page(request),
            "sees_unjudged": sees_unjudged(request),
            "section": "topics",
        },
    )


def by_stand(actors: Iterable[ActorSides]) -> list[tuple[str, list[ActorSides]]]:
    """``actors`` by where they stand, in words: those of whom too little is judged last."""
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


def claims_of(stances: StanceQuerySet) -> QuerySet[Any, dict[str, Any]]:
    """The claims (``of``, a key; merged rows counted with the one that stays) of ``stances``, those with most first."""
    plain = stances.select_related(None).order_by()
    rows = plain.filter(~Q(claim=None)).values(of=Coalesce("claim__merged_into", "claim"))
    return rows.annotate(number=Count("pk")).order_by("-number", "of")
