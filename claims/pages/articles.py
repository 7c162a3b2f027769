"""The page of one article: its own words, with the evidence of every stance marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.models import Article
from claims.pages.cards import card_rows, cards, outlet_name, web_address
from claims.pages.evidence import LEGEND, Piece, marks_of, pieces
from claims.pages.readable import may_see_unjudged, readable_stances


@require_safe
def article_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one article. The public sees the articles only that have a stance for it to see."""
    article = get_object_or_404(Article.objects.select_related("outlet", "family__original__outlet"), pk=pk)
    rows = list(card_rows(readable_stances(request).filter(article=article)).order_by("content_start", "pk"))
    if not rows and not may_see_unjudged(request):
        raise Http404
    text = article.text
    marks = [mark for row in rows for mark in marks_of(row)]
    notes = [(row.content_end, number) for number, row in enumerate(rows, start=1)]
    title_end = text.find("\n") if "\n" in text else len(text)
    return render(
        request,
        "pages/article.html",
        {
            "article": article,
            "title": pieces(text, 0, title_end, marks, notes),
            "paragraphs": paragraphs(pieces(text, article.body_start, len(text), marks, notes)),
            "cards": list(enumerate(cards(rows), start=1)),
            "outlet": outlet_name(article),
            "copies": copies_of(article, request),
            "source_url": web_address(article.url),
            "legend": LEGEND,
        },
    )


@dataclass(frozen=True, slots=True)
class Copies:
    """The family that an article belongs to: its original and how many articles it has.

    ``url`` is the address of the original's page, "" where this article is it or the visitor may not see it.
    """

    original: Article
    number: int
    is_original: bool
    url: str


def copies_of(article: Article, request: HttpRequest) -> Copies | None:
    """The family of ``article``; None where it has no copies."""
    if article.family is None:
        return None
    original = article.family.original
    is_original = original.pk == article.pk
    visible = may_see_unjudged(request) or readable_stances(request).filter(article=original).exists()
    url = reverse("article", args=[original.pk]) if visible and not is_original else ""
    return Copies(original, article.family.articles.count(), is_original, url)


def paragraphs(cut: Iterable[Piece]) -> list[list[Piece]]:
    """Part ``cut`` at the ends of its lines; lines without words are left out."""
    lines: list[list[Piece]] = [[]]
    for piece in cut:
        *whole, last = piece.text.split("\n")
        for text in whole:
            lines[-1].append(Piece(text, piece.kinds))
            lines.append([])
        lines[-1].append(Piece(last, piece.kinds, piece.notes))
    return [line for line in lines if "".join(piece.text for piece in line).strip()]
