"""Articles of January 2022, one for each day and outlet, each with the words that stances need."""

from __future__ import annotations

import datetime as dt
from typing import Any

from claims.models import Article, Stance
from tests import factories as make

WORDS = (
    "Moscow denies planning to attack Ukraine. Moscow says an attack is planned. Moscow says no attack is planned.\n"
)


def article(day: int) -> Article:
    """The article of that day."""
    row: Article = make.article(
        text=f"Title {day}\n202201{day:02}\nhttps://example.org/{day}\n{WORDS}", published_on=dt.date(2022, 1, day)
    )
    return row


def denies(day: int, **fields: Any) -> Stance:
    """Russia denies the plan on that day."""
    row: Stance = make.stance(**{"article": article(day), **fields})
    return row


def asserts(day: int, **fields: Any) -> Stance:
    """Russia says on that day that there is one."""
    told = {"act": "states", "side": "", "cue": "says", "content": "an attack is planned", "target": ""}
    row: Stance = make.stance(**{"article": article(day), **told, **fields})
    return row
