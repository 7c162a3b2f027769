"""Articles and stances as the tables of extraction tests write them."""

from __future__ import annotations

import datetime as dt

from claims.extraction.types import ArticleText, ExtractedStance, Span

DAY = dt.date(2022, 1, 20)
TITLE = "Notes of the day"


def article(*lines: str, title: str = TITLE) -> ArticleText:
    """An article of ``lines`` under a title that holds no stance."""
    header = f"{title}\n20220120\nhttps://news.example/1\n"
    return ArticleText("case", header + "\n".join(lines), Span(0, len(title)), len(header), DAY)


def told(stance: ExtractedStance, text: str) -> str:
    """A stance as the tables below write it."""
    via = f" via {', '.join(link.actor.name for link in stance.chain)}" if stance.chain else ""
    to = f" to {', '.join(ref.name for ref in stance.addressees)}" if stance.addressees else ""
    return f"{stance.actor.name}{via} {stance.act}{to}: {text[stance.content.start : stance.content.end]}"
