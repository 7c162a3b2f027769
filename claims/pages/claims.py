"""The page of one claim: who takes which position on it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.pages.actors import summary_of
from claims.pages.addresses import claim_at
from claims.pages.cards import card_rows, cards
from claims.pages.evidence import LEGEND
from claims.pages.paging import page_of, query_without_page
from claims.pages.readable import StanceFilter, may_see_unjudged, newest_first, readable_stances
from claims.positions.thread import thread_of
from claims.selectors import merged_ids

STANCES_A_PAGE = 20


@require_safe
def claim_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one claim and the stances on it, newest first; a merged claim's page leads to the one that stays."""
    claim = claim_at(pk)
    stances = readable_stances(request).filter(claim__in=merged_ids(claim))
    if not may_see_unjudged(request) and not stances.exists():
        raise Http404
    form = StanceFilter(request)
    page = page_of(request, newest_first(card_rows(form.apply(stances))), STANCES_A_PAGE)
    return render(
        request,
        "pages/claim.html",
        {
            "claim": claim,
            "topics": claim.topics.order_by("name"),
            "total": (summary := summary_of(stances))["stances"],
            "summary": summary,
            "thread": thread_of(claim, stances),
            "form": form,
            "page": page,
            "cards": cards(page.object_list),
            "query": query_without_page(request),
            "legend": LEGEND,
            "sees_unjudged": may_see_unjudged(request),
        },
    )
