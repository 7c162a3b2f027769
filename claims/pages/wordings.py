"""The words in which articles print a claim, with how often each was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Min, Q
from django.db.models.functions import Left

from claims.models import Stance, StanceQuerySet
from claims.selectors import originals

#: So many wordings are listed, the most frequent.
MOST: Final = 30
#: Wordings are told apart by their first so many characters, and shown as far.
LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Wording:
    """Some words of articles: how many stances have them, in how many independent articles, and since when."""

    text: str
    is_cut: bool
    stances: int
    judged: int
    articles: int
    first: dt.date


@dataclass(frozen=True, slots=True)
class Wordings:
    """The wordings that are listed, and how many there are."""

    listed: Sequence[Wording]
    number: int


def wordings_of(stances: StanceQuerySet) -> Wordings:
    """The wordings of ``stances``, those of most stances first; two queries."""
    worded = stances.select_related(None).order_by().annotate(words=Left("content_text", LONGEST + 1)).values("words")
    rows = worded.annotate(
        stances=Count("pk"),
        judged=Count("pk", filter=~Q(state=Stance.State.PENDING)),
        articles=originals(),
        first=Min("article__published_on"),
    ).order_by("-stances", "first", "words")[:MOST]
    listed = [
        Wording(
            text=row["words"][:LONGEST],
            is_cut=len(row["words"]) > LONGEST,
            stances=row["stances"],
            judged=row["judged"],
            articles=row["articles"],
            first=row["first"],
        )
        for row in rows
    ]
    number = len(listed) if len(listed) < MOST else worded.aggregate(number=Count("words", distinct=True))["number"]
    return Wordings(listed, number)
