"""The page of one article: its own words, with the evidence of every stance marked and its card beside them."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.models import Article, Stance
from claims.pages.cards import Card, card, card_rows, outlet_name, web_address
from claims.pages.citation import citation_of
from claims.pages.evidence import LEGEND, Kind, Mark, Piece, marks_of, pieces
from claims.pages.history import History, histories, with_history
from claims.pages.outlets import readable_articles
from claims.pages.paging import page_of
from claims.pages.readable import may_see_unjudged, readable_stances

#: A longer text is shown in parts of about so many characters.
PART: Final = 60_000
#: So many stances of a part are marked and have a card, the first.
MOST_CARDS: Final = 300
#: So many copies are listed, the earliest.
COPIES_SHOWN: Final = 12
#: How much of a title is shown, in characters.
LONGEST_TITLE: Final = 500


@dataclass(frozen=True, slots=True)
class Note:
    """A stance of the article as a numbered card, with how it came about; ``is_open`` where the address asks for it."""

    number: int
    card: Card
    history: History
    is_open: bool
    has_next: bool


@require_safe
def article_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one article. The public sees the articles only that have a stance for it to see.

    ``stance`` in the address opens the card of that stance, ``page`` chooses a part of a long text.
    """
    found = Article.objects.select_related("outlet", "family__original__outlet", "run", "supersedes")
    article = get_object_or_404(found.defer("supersedes__text"), pk=pk)
    stances = readable_stances(request).filter(article=article).order_by("content_start", "pk")
    found_at = list(stances.select_related(None).values_list("content_start", "pk", "state"))
    places = [(place, key) for place, key, _state in found_at]
    if not places and not may_see_unjudged(request):
        raise Http404
    text = article.text
    asked = request.GET.get("stance", "")
    asked_place = next((place for place in places if str(place[1]) == asked), None)
    page = _part(request, text, article.body_start, asked_place[0] if asked_place else None)
    start, end = page.object_list[0]
    # The title stands above the first part.
    first = 0 if page.number == 1 else bisect.bisect_left(places, (start, 0))
    keys = [key for _place, key in places[first : bisect.bisect_left(places, (end, 0))]]
    rows = list(with_history(card_rows(stances.filter(pk__in=keys[:MOST_CARDS]))))
    marks = [mark._replace(number=number) for number, row in enumerate(rows, first + 1) for mark in marks_of(row)]
    marks += [Mark(row.content_start, row.content_end, Kind.CURRENT) for row in rows if str(row.pk) == asked]
    notes = [(min(row.content_end, end), number) for number, row in enumerate(rows, first + 1)]
    numbered = _notes(rows, first + 1, asked, names=_may_see_names(request))
    return render(
        request,
        "pages/article.html",
        {
            "article": article,
            "title": pieces(text, 0, _title_end(text), marks, notes),
            "paragraphs": paragraphs(pieces(text, start, end, marks, notes)),
            "page": page,
            "notes": numbered,
            "cards": [note.card for note in numbered],
            "total": len(places),
            "judged": sum(state != Stance.State.PENDING for _place, _key, state in found_at),
            "left_out": len(keys) - len(rows),
            "outlet": outlet_name(article),
            "copies": copies_of(article, request),
            "citation": citation_of(request, article.title),
            "earlier": _earlier(article, request),
            "source_url": web_address(article.url),
            "legend": LEGEND,
        },
    )


def _may_see_names(request: HttpRequest) -> bool:
    """Whether the visitor works here: who decided what, and why, is not for others."""
    return request.user.is_authenticated and request.user.is_staff


def _part(request: HttpRequest, text: str, body_start: int, place: int | None) -> Page[tuple[int, int]]:
    """The part of ``text`` that holds the offset ``place``, or the one that the address asks for."""
    bounds = parts_of(text, body_start)
    page = page_of(request, bounds, 1)
    if place is None or "page" in request.GET:
        return page
    index = next((number for number, (_start, end) in enumerate(bounds, 1) if place < end), len(bounds))
    return page.paginator.page(index)


def parts_of(text: str, start: int) -> list[tuple[int, int]]:
    """``text`` from ``start`` on in parts of at most ``PART`` characters (offsets), cut between lines or else words."""
    bounds = []
    while len(text) - start > PART:
        cut = start + PART
        for end in ("\n", " "):
            at = text.rfind(end, start + PART // 2, start + PART)
            if at != -1:
                cut = at + 1
                break
        bounds.append((start, cut))
        start = cut
    return [*bounds, (start, len(text))]


def _title_end(text: str) -> int:
    end = text.find("\n")
    return min(len(text) if end == -1 else end, LONGEST_TITLE)


def _notes(rows: Sequence[Stance], first: int, asked: str, *, names: bool) -> list[Note]:
    """The cards of ``rows``, numbered from ``first`` on."""
    return [
        Note(number, card(row), history, is_open=str(row.pk) == asked, has_next=number < first + len(rows) - 1)
        for number, (row, history) in enumerate(zip(rows, histories(rows, names=names), strict=True), first)
    ]


@dataclass(frozen=True, slots=True)
class Copies:
    """The family that an article belongs to: its original, how many articles it has, and others that may be seen.

    ``url`` is the address of the original's page, "" where this article is it or the visitor may not see it.
    """

    original: Article
    number: int
    is_original: bool
    url: str
    others: Sequence[Article]


def copies_of(article: Article, request: HttpRequest) -> Copies | None:
    """The family of ``article``; None where it has no copies."""
    if article.family is None:
        return None
    original = article.family.original
    is_original = original.pk == article.pk
    visible = may_see_unjudged(request) or readable_stances(request).filter(article=original).exists()
    url = reverse("article", args=[original.pk]) if visible and not is_original else ""
    others = readable_articles(request).filter(family=article.family).exclude(pk__in=[article.pk, original.pk])
    listed = others.select_related("outlet").defer("text").order_by("published_on", "pk")[:COPIES_SHOWN]
    return Copies(original, article.family.articles.count(), is_original, url, list(listed))


def _earlier(article: Article, request: HttpRequest) -> Article | None:
    """The text that was published under the same address before; None where there is none for the visitor to see."""
    earlier = article.supersedes
    if earlier is None or may_see_unjudged(request):
        return earlier
    return earlier if readable_articles(request).filter(pk=earlier.pk).exists() else None


def paragraphs(cut: Iterable[Piece]) -> list[list[Piece]]:
    """Part ``cut`` at the ends of its lines; lines without words are left out."""
    lines: list[list[Piece]] = [[]]
    for piece in cut:
        *whole, last = piece.text.split("\n")
        for text in whole:
            lines[-1].append(piece._replace(text=text, notes=()))
            lines.append([])
        lines[-1].append(piece._replace(text=last))
    return [line for line in lines if "".join(piece.text for piece in line).strip()]
