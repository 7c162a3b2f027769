"""Articles in scraped form: damaged as scraping damages text, with the way back to the clean text."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from claims.extraction.damage import Damaged, damage
from claims.extraction.types import ArticleText, Span

GLUE = 0.3
APOSTROPHES = 0.9


@dataclass(frozen=True, slots=True)
class Scraped:
    """A damaged article; ``origins[i]`` is the offset in the clean text of the character ``article.text[i]``."""

    clean: ArticleText
    article: ArticleText
    origins: tuple[int, ...]

    def in_clean_words(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """The record of a stance found in the damaged article, with its evidence as the clean text prints it.

        So it can be compared with marks made on the clean text. Names of actors stay as they were read.
        """
        evidence = {}
        for name, offsets in record["spans"].items():
            if offsets:
                start, end = offsets
                evidence[name] = self.clean.text[self.origins[start] : self.origins[end - 1] + 1]
        return {**record, **evidence}


def scrape(article: ArticleText, seed: int, *, glue: float = GLUE, apostrophes: float = APOSTROPHES) -> Scraped:
    """Damage the title and the body of ``article``; the lines between them, date and address, stay.

    The same ``seed`` and name of an article give the same damage. ``glue`` and ``apostrophes`` are as in
    ``claims.extraction.damage``. A title of which nothing would be left stays too.
    """
    # By name, so that an article is damaged alike whatever was read before it.
    rng = random.Random(f"{seed} {article.name}")  # noqa: S311
    text = article.text
    title = _part(text, article.title_span, rng, glue, apostrophes)
    if not title.text.strip():
        title = Damaged(text[slice(*article.title_span)], tuple(range(*article.title_span)))
    head, between = range(article.title_span.start), range(article.title_span.end, article.body_start)
    body = _part(text, Span(article.body_start, len(text)), rng, glue, apostrophes)
    origins = (*head, *title.origins, *between, *body.origins)
    damaged = replace(
        article,
        text="".join(text[origin] for origin in origins),
        title_span=Span(len(head), len(head) + len(title.text)),
        body_start=len(origins) - len(body.origins),
    )
    return Scraped(article, damaged, origins)


def _part(text: str, span: Span, rng: random.Random, glue: float, apostrophes: float) -> Damaged:
    damaged = damage(text[slice(*span)], rng, glue=glue, apostrophes=apostrophes)
    return Damaged(damaged.text, tuple(origin + span.start for origin in damaged.origins))
