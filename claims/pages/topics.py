"""Topics: the list of them, and the page of one: who takes which side, when, on which claims, and what was said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.models import StanceQuerySet, Topic
from claims.pages.cards import cards
from claims.pages.citation import citation_of
from claims.pages.downloads import stances_file
from claims.pages.evidence import LEGEND
from claims.pages.filters import StanceFilters
from claims.pages.kept import kept
from claims.pages.paging import page_of
from claims.pages.readable import allowed_stances, readable_stances, sees_unjudged
from claims.pages.topic_figures import ACTORS_SHOWN, Figures, by_stand, figures_of
from claims.topics.sides import ENOUGH, Sides, on_topic, sides_by_claim

CLAIMS_A_PAGE = 20
STANCES_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class LinkedPeriod:
    """The sides taken in a period, and the address that shows the stances behind them."""

    first_day: dt.date
    label: str
    sides: Sides
    url: str


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
    """Show one topic: who takes which side, how that went over time, what is contested, its claims and stances."""
    topic = get_object_or_404(Topic, slug=slug)
    filters = filters_of(request, topic)
    figures = (
        figures_of(filters.shown)
        if filters.is_asking
        else kept(request, f"topic.{topic.pk}", lambda: figures_of(filters.shown))
    )
    claims = page_of(request, figures.claims if figures else [], CLAIMS_A_PAGE, "claims")
    page = page_of(request, filters.newest(), STANCES_A_PAGE)
    return render(
        request,
        "pages/topic.html",
        {
            "topic": topic,
            "figures": figures,
            "summary": figures.summary if figures else {},
            "periods": linked_periods(figures, filters) if figures else [],
            "actors": by_stand(figures.actors) if figures else [],
            "is_cut": figures is not None and len(figures.actors) == ACTORS_SHOWN,
            "actors_shown": ACTORS_SHOWN,
            "enough": ENOUGH,
            "claims": sides_by_claim(filters.shown, claims.object_list),
            "claims_page": claims,
            "filters": filters,
            "citation": citation_of(request, topic.name, filters.query),
            "page": page,
            "cards": cards(page.object_list),
            "query": filters.query,
            "legend": LEGEND,
            "sees_unjudged": sees_unjudged(request),
            "section": "topics",
        },
    )


@require_safe
def topic_stances(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Send the stances on one topic that its page shows as a file."""
    topic = get_object_or_404(Topic, slug=slug)
    return stances_file(filters_of(request, topic), form, about=topic.name, name=f"{topic.slug}-stances")


def filters_of(request: HttpRequest, topic: Topic) -> StanceFilters:
    """The filters of the stances on ``topic``."""
    return StanceFilters(request, on_topic(allowed_stances(request), topic), without=["topic"])


def linked_periods(figures: Figures, filters: StanceFilters) -> list[LinkedPeriod]:
    """The periods of ``figures``, each with the address of its stances under ``filters``."""
    return [
        LinkedPeriod(
            each.first_day,
            each.label,
            each.sides,
            filters.address(since=[each.first_day.isoformat()], until=[each.last_day.isoformat()]),
        )
        for each in figures.periods
    ]
