"""Copies of what an import brought in."""

from __future__ import annotations

from collections.abc import Iterable

from claims.copies.families import join, sketches
from claims.extraction.types import ArticleText
from claims.ingest.store import persistently, writing
from claims.models import Article


def seek_copies(articles: Iterable[ArticleText]) -> None:
    """Put those of ``articles`` that are stored into families with their copies.

    This is a transaction of its own behind the one that stores them, so that the lock which it needs is held shortly.
    Where it does not come to that, ``manage.py find_copies`` does the same later.
    """
    digests = [Article.digest(article.text) for article in articles]
    found = sketches(list(Article.objects.filter(sha256__in=digests).values_list("pk", flat=True)))

    def write() -> None:
        with writing():
            join(found)

    if found:
        persistently(write)
