"""The page of one claim: who takes which position on it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.pages.addresses import claim_at
from claims.pages.cards import cards
from claims.pages.citation import citation_of
from claims.pages.downloads import stances_file
from claims.pages.evidence import LEGEND
from claims.pages.filters import StanceFilters
from claims.pages.paging import page_of
from claims.pages.readable import allowed_stances, may_see_unjudged, readable_stances, sees_unjudged
from claims.pages.structured import claim_block
from claims.pages.summary import summary_of
from claims.pages.wordings import wordings_of
from claims.positions.thread import thread_of
from claims.selectors import merged_ids
from claims.topics.sides import ENOUGH

STANCES_A_PAGE = 20


@require_safe
def claim_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one claim and the stances on it, newest first; a merged claim's page leads to the one that stays."""
    claim = claim_at(pk)
    rows = merged_ids(claim)
    stances = readable_stances(request).filter(claim__in=rows)
    if not may_see_unjudged(request) and not stances.exists():
        raise Http404
    filters = filters_of(request, rows)
    page = page_of(request, filters.newest(), STANCES_A_PAGE)
    return render(
        request,
        "pages/claim.html",
        {
            "claim": claim,
            "topics": (topics := list(claim.topics.order_by("name"))),
            "summary": summary_of(stances),
            "thread": (thread := thread_of(claim, stances)),
            "claim_data": claim_block(claim, stances, thread, topics, request),
            "wordings": wordings_of(stances),
            "enough": ENOUGH,
            "citation": citation_of(request, claim.text, filters.query),
            "filters": filters,
            "page": page,
            "cards": cards(page.object_list),
            "query": filters.query,
            "legend": LEGEND,
            "sees_unjudged": sees_unjudged(request),
        },
    )


@require_safe
def claim_stances(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Send the stances on one claim that its page shows as a file; the public, where there is one that it may see."""
    claim = claim_at(pk)
    filters = filters_of(request, merged_ids(claim))
    if not may_see_unjudged(request) and not filters.stances.exists():
        raise Http404
    return stances_file(filters, form, about=claim.text, name=f"claim-{claim.pk}-stances")


def filters_of(request: HttpRequest, wordings: set[int]) -> StanceFilters:
    """The filters of the stances on a claim in any of its ``wordings`` (keys of claims)."""
    return StanceFilters(request, allowed_stances(request).filter(claim__in=wordings))
