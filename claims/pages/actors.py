"""Actors: the list of them, and the page and the files of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.extraction.types import AliasKind
from claims.models import Actor, Alias, Role, StanceQuerySet
from claims.pages.actor_figures import OnTopic, actor_figures
from claims.pages.addresses import actor_at
from claims.pages.cards import card
from claims.pages.change_cards import readable_changes
from claims.pages.change_quotes import change_quotes
from claims.pages.citation import citation_of
from claims.pages.downloads import stances_file
from claims.pages.evidence import LEGEND
from claims.pages.filters import StanceFilters
from claims.pages.kept import kept
from claims.pages.paging import page_of, query_without_page
from claims.pages.readable import ActorFilter, allowed_stances, readable_stances, sees_unjudged
from claims.pages.rollup import Rollup, rollup_of
from claims.topics.sides import ENOUGH, Sides

ACTORS_A_PAGE = 50
STANCES_A_PAGE = 20
CHANGES_SHOWN = 3
ALIASES_SHOWN = 8
# Names that readers may look for come before those that only a machine needs, such as "Russians" for Russia.
ALIAS_KINDS = (AliasKind.ABBREVIATION, AliasKind.SHORT_NAME, AliasKind.METONYM, AliasKind.NAME, AliasKind.DEMONYM)


@require_safe
def actor_list(request: HttpRequest) -> HttpResponse:
    """Show the actors, those with most stances first."""
    form = ActorFilter(request)
    numbers = kept(request, "actors", lambda: stances_by_actor(readable_stances(request)))
    actors = Actor.objects.filter(merged_into__isnull=True)
    everybody = True
    if form.is_valid():
        actors = asked_for(actors, form)
        everybody = form.cleaned_data["all"] or bool(form.cleaned_data["q"])
    # To count for each actor within the query takes seconds where stances are many; names are soon sorted here.
    found = [row for row in actors.values_list("pk", "name") if everybody or row[0] in numbers]
    found.sort(key=lambda row: (-numbers.get(row[0], 0), row[1], row[0]))
    page = page_of(request, [pk for pk, _ in found], ACTORS_A_PAGE)
    rows = Actor.objects.in_bulk(list(page.object_list))
    return render(
        request,
        "pages/actor_list.html",
        {
            "form": form,
            "page": page,
            "actors": [(rows[pk], numbers.get(pk, 0)) for pk in page.object_list if pk in rows],
            "query": query_without_page(request),
        },
    )


def stances_by_actor(stances: StanceQuerySet) -> dict[int, int]:
    """How many of ``stances`` each actor (key) holds, those under merged rows counted with the one that stays."""
    plain = stances.select_related(None).order_by().filter(actor__isnull=False)
    found: dict[int, int] = {}
    # By actor first, which the index does; who was merged is soon looked up.
    merged = dict(Actor.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))
    for actor, number in plain.values_list("actor").annotate(number=Count("pk")):
        survivor = merged.get(actor, actor)
        found[survivor] = found.get(survivor, 0) + number
    return found


def asked_for(actors: QuerySet[Actor], form: ActorFilter) -> QuerySet[Actor]:
    """Those of ``actors`` that ``form`` asks for; it must be valid."""
    asked = form.cleaned_data
    if asked["q"]:
        named = Alias.objects.filter(text__icontains=asked["q"]).values_list(Coalesce("actor__merged_into", "actor"))
        merged = Actor.objects.filter(name__icontains=asked["q"], merged_into__isnull=False).values("merged_into")
        actors = actors.filter(Q(name__icontains=asked["q"]) | Q(pk__in=named) | Q(pk__in=merged))
    if asked["kind"]:
        actors = actors.filter(kind=asked["kind"])
    return actors


@require_safe
def actor_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one actor and its stances, newest first; a merged actor's page leads to the one that stays."""
    actor = actor_at(slug)
    rollup = rollup_of(request, actor)
    representation = rollup.representation
    filters = filters_of(request, rollup)
    figures = kept(
        request,
        f"actor.{actor.pk}.{filters.behind()}",
        lambda: actor_figures(representation.includes(readable_stances(request)), representation),
    )
    changes = readable_changes(request).filter(actor__in=representation.own)
    page = page_of(request, filters.newest(), STANCES_A_PAGE)
    return render(
        request,
        "pages/actor.html",
        {
            "actor": actor,
            "aliases": other_names(actor, representation.own),
            "roles": roles_of(representation.own),
            "figures": figures,
            "summary": figures.summary if figures else {},
            "days": _days(figures.summary, filters) if figures else [],
            "period": figures.period if figures else None,
            "drawn": [linked(each, filters) for each in figures.drawn] if figures else [],
            "contested": [linked(each, filters) for each in figures.contested] if figures else [],
            "untold": [linked(each, filters) for each in figures.untold] if figures else [],
            "others": [linked(each, filters) for each in figures.others] if figures else [],
            "enough": ENOUGH,
            "address_of_judged": filters.behind(show=["judged"]),
            "address_of_own": filters.behind(voice=["own"]),
            "address_of_others": filters.behind(voice=["others"]),
            "address_of_all": filters.behind(),
            "changes": change_quotes(list(changes[:CHANGES_SHOWN])),
            "number_of_changes": changes.count(),
            "whom": [facet for facet in filters.facets if facet.name in ("addressee", "target")],
            "filters": filters,
            "page": page,
            "cards": [
                card(stance, speaks_for="" if representation.is_own(stance) else actor.name)
                for stance in page.object_list
            ],
            "query": filters.query,
            "citation": citation_of(request, actor.name, filters.query),
            "legend": LEGEND,
            "sees_unjudged": sees_unjudged(request),
        },
    )


@require_safe
def actor_stances(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Send the stances of one actor that its page shows, on all of its pages, as a file."""
    actor = actor_at(slug)
    filters = filters_of(request, rollup_of(request, actor))
    return stances_file(filters, form, about=actor.name, name=f"{actor.slug}-stances")


@dataclass(frozen=True, slots=True)
class LinkedPeriod:
    """The sides taken in a period, and the address that shows the stances behind them."""

    first_day: dt.date
    label: str
    sides: Sides
    url: str


@dataclass(frozen=True, slots=True)
class LinkedTopic:
    """Where the actor stands on a topic, with the addresses that show the stances behind its figures."""

    on: OnTopic
    url: str
    periods: list[LinkedPeriod]


def linked(on: OnTopic, filters: StanceFilters) -> LinkedTopic:
    """``on`` with the addresses of its stances on the page that ``filters`` belong to."""
    topic = [on.slug]
    periods = [
        LinkedPeriod(
            each.first_day,
            each.label,
            each.sides,
            filters.behind(topic=topic, since=[each.first_day.isoformat()], until=[each.last_day.isoformat()]),
        )
        for each in on.periods
    ]
    return LinkedTopic(on, filters.behind(topic=topic), periods)


def _days(summary: Mapping[str, Any], filters: StanceFilters) -> list[tuple[dt.date, str]]:
    """The first and the last day on which something was printed, each with the address of what was."""
    days = dict.fromkeys((summary["first"], summary["last"]))
    return [(day, filters.behind(since=[day.isoformat()], until=[day.isoformat()])) for day in days]


def filters_of(request: HttpRequest, rollup: Rollup) -> StanceFilters:
    """The filters of the stances on the page of an actor, its own and of those who speak for it."""
    stances = rollup.representation.includes(allowed_stances(request))
    return StanceFilters(request, stances, representation=rollup.representation, selects=rollup.selects)


def other_names(actor: Actor, rows: Collection[int]) -> list[str]:
    """Some names of ``actor`` besides its own, the most telling first; ``rows`` are its keys, merged ones included."""
    rank = {kind.value: number for number, kind in enumerate(ALIAS_KINDS)}
    aliases = Alias.objects.filter(actor__in=rows).exclude(text=actor.name)
    names = [alias.text for alias in sorted(aliases, key=lambda alias: (rank[alias.kind], alias.text))]
    return list(dict.fromkeys(names))[:ALIASES_SHOWN]


def roles_of(rows: Collection[int]) -> list[Role]:
    """The offices of an actor, by its keys, the latest first."""
    roles = Role.objects.filter(actor__in=rows).select_related("organisation")
    return list(roles.order_by(F("valid_from").desc(nulls_last=True), "title"))
