"""Articles for tests in the seed format."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from claims.extraction.types import ArticleText
from claims.ingest.reader import parse

ACTORS = ("Putin", "Biden", "Peskov", "Ushakov", "Erdogan")
CONTENTS = (
    "the talks go on",
    "an attack is planned",
    "sanctions would rupture ties",
    "the guarantees are legally binding",
    "the treaty holds",
)
OUTLETS = ("www.reuters.com", "example.org", "news.example.net")


def text(*lines: str, title: str = "A title", date: str = "20211230", url: str = "https://example.org/a") -> str:
    """An article of these body lines."""
    return "\n".join([title, date, url, *lines]) + "\n"


def article(*lines: str, name: str = "a", **header: str) -> ArticleText:
    """The same, read."""
    return parse(text(*lines, **header), name=name)


def write_articles(folder: Path, number: int, *, slow: bool = False) -> None:
    """``number`` different articles that share outlets, actors and claims; always the same ones."""
    dice = random.Random(20211230)
    folder.mkdir(parents=True, exist_ok=True)
    for place in range(number):
        lines = ["!slow"] if slow else []
        for _ in range(dice.randint(1, 4)):
            source = f"{dice.choice(ACTORS)} says " if dice.random() < 0.3 else ""
            to = f" to {dice.choice(ACTORS)}:" if dice.random() < 0.3 else ""
            cue = dice.choice(("says", "denies", "warns"))
            lines.append(f"{source}{dice.choice(ACTORS)} {cue}{to} {dice.choice(CONTENTS)}.")
        date = dt.date(2021, 12, 1) + dt.timedelta(days=dice.randint(0, 60))
        url = f"https://{dice.choice(OUTLETS)}/{place}"
        written = text(*lines, title=f"Article {place}", date=f"{date:%Y%m%d}", url=url)
        (folder / f"{place:03}.txt").write_text(written, encoding="utf-8")
