"""The page that compares actors."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.models import Actor
from claims.pages.comparison import CLAIMS_SHOWN, columns_of, compare, others_on_claims_of
from claims.pages.picking import Picked, listed_names, pick
from claims.pages.readable import sees_unjudged
from claims.topics.sides import ENOUGH

#: So many actors stand beside one another at most: more fit on no screen.
MOST: Final = 5


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """Show what the actors that the address names say on the same topics and claims.

    An actor is named by its slug; a name that somebody typed, and the slug of a merged or renamed actor, lead to the
    address with the slug of the one that is meant.
    """
    asked = [text for text in request.GET.getlist("actor") if text.strip()]
    picked = [pick(request, text) for text in asked[:MOST]]
    named = [each.actor.slug if each.actor else text for each, text in zip(picked, asked, strict=False)]
    if named != asked[:MOST]:
        return redirect(f"{reverse('compare')}?{_query(request, [*named, *asked[MOST:]])}")
    actors = list({each.actor.pk: each.actor for each in picked if each.actor is not None}.values())
    columns = columns_of(request, actors)
    return render(
        request,
        "pages/compare.html",
        {
            "actors": actors,
            "fields": _fields(picked),
            "names": listed_names(request),
            "unknown": [_unknown(request, picked, each) for each in picked if each.actor is None],
            "twice": sorted({each.actor.name for each in picked if each.actor and named.count(each.actor.slug) > 1}),
            "is_cut": len(asked) > MOST,
            "most": MOST,
            "columns": columns,
            "comparison": compare(request, columns) if len(columns) > 1 else None,
            "others": _others(request, actors, others_on_claims_of(request, columns[0])) if len(columns) == 1 else [],
            "own_only": request.GET.get("rollup") == "0",
            "enough": ENOUGH,
            "claims_shown": CLAIMS_SHOWN,
            "sees_unjudged": sees_unjudged(request),
            "section": "compare",
        },
    )


def _query(request: HttpRequest, actors: list[str]) -> str:
    kept = [(key, request.GET[key]) for key in ("rollup", "by", "show") if request.GET.get(key)]
    return urlencode([*(("actor", each) for each in actors), *kept])


def _fields(picked: list[Picked]) -> list[str]:
    """What stands in the fields of the form: what was typed or meant, and room for one more, for two at least."""
    texts = [each.actor.name if each.actor else each.text for each in picked]
    return (texts + [""] * 2)[: max(2, min(len(texts) + 1, MOST))]


def _unknown(request: HttpRequest, picked: list[Picked], unknown: Picked) -> tuple[str, list[tuple[Actor, str]]]:
    """What was typed and means no actor or several, with those that it may mean and the address that says so."""

    def meaning(actor: Actor) -> str:
        return _query(
            request,
            [actor.slug if each is unknown else (each.actor.slug if each.actor else each.text) for each in picked],
        )

    return unknown.text, [(actor, meaning(actor)) for actor in unknown.candidates]


def _others(request: HttpRequest, actors: list[Actor], others: list[Actor]) -> list[tuple[Actor, Any]]:
    return [(each, _query(request, [*(actor.slug for actor in actors), each.slug])) for each in others]
