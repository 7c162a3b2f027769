"""Writing what people judged to files from which a next pipeline learns."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import spacy
from django.db.models import Exists, OuterRef, QuerySet
from spacy.tokens import DocBin

from claims.models import Article, Stance
from claims.training.docs import doc_of
from claims.training.gold import article_name, gold_record

#: One article in so many is kept apart, the second first, to measure what was learned on texts not learned from.
DEV_SHARE: Final = 5
ARTICLES_AT_ONCE: Final = 100


@dataclass(slots=True)
class Written:
    """How much was written: articles to learn from and to measure on, and stances that people hold for right."""

    train: int = 0
    dev: int = 0
    stances: int = 0


def judged_articles(*, partial: bool = False) -> QuerySet[Article]:
    """The articles of which every stance is judged, or with ``partial`` at least one; by their keys."""
    judged = Stance.objects.judged().filter(article=OuterRef("pk"))
    pending = Stance.objects.pending().filter(article=OuterRef("pk"))
    articles = Article.objects.filter(Exists(judged)).order_by("pk")
    return articles if partial else articles.exclude(Exists(pending))


def export(articles: QuerySet[Article], folder: Path, watch: Callable[[], None] = lambda: None) -> Written:
    """Write ``articles`` with their accepted and corrected stances into ``folder``, which must be empty or not exist.

    ``articles/`` holds the texts and ``stances.jsonl`` a record for each stance, as ``evaluate stances`` reads them;
    ``train.spacy`` and ``dev.spacy`` hold the spans of evidence, every fifth article in the latter. What people
    rejected is in none: the words stand there unmarked, which is what a pipeline has to learn of them. ``watch`` is
    called after each article. Raises ``OSError`` where something can't be written or the folder has files in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty.")
    (folder / "articles").mkdir()
    nlp = spacy.blank("en")
    bins = {"train": DocBin(), "dev": DocBin()}
    written = Written()
    with (folder / "stances.jsonl").open("w", encoding="utf-8") as records:
        for number, article in enumerate(articles.iterator(chunk_size=ARTICLES_AT_ONCE)):
            stances = list(_right(article))
            name = article_name(article.sha256)
            (folder / "articles" / f"{name}.txt").write_text(article.text, encoding="utf-8", newline="")
            for stance in stances:
                stance.article = article
                records.write(f"{json.dumps(gold_record(stance), ensure_ascii=False)}\n")
            part = "dev" if number % DEV_SHARE == 1 else "train"
            bins[part].add(doc_of(article, stances, nlp))
            written.stances += len(stances)
            written.dev += part == "dev"
            written.train += part == "train"
            watch()
    for part, docs in bins.items():
        docs.to_disk(folder / f"{part}.spacy")
    return written


def _right(article: Article) -> Iterator[Stance]:
    rows = Stance.objects.visible().judged().filter(article=article).order_by("content_start", "pk")
    yield from rows.select_related("actor__merged_into").prefetch_related(
        "chain__actor__merged_into", "addressees__actor__merged_into"
    )
