"""One claim beside another: what tells whether the two say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min
from django.utils.safestring import SafeString

from claims.admin.marking import marked
from claims.models import Claim, Stance
from claims.pages.evidence import marks_of, passage
from claims.selectors import merged_ids, visible_stances

#: How many wordings, actors and passages are shown of a claim; the counts are of all.
WORDINGS, ACTORS, PASSAGES = 5, 8, 3


@dataclass(frozen=True, slots=True)
class Line:
    """Something on a claim with how often it occurs."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one stance in their sentence."""

    stance: Stance
    text: SafeString


@dataclass(frozen=True, slots=True)
class Side:
    """A claim with what was said on it, rejected stances left out."""

    claim: Claim
    stances: int
    judged: int
    topics: Sequence[str]
    merged: Sequence[str]
    wordings: Sequence[Line]
    actors: Sequence[Line]
    passages: Sequence[Passage]


def side_of(claim: Claim) -> Side:
    """What is known of ``claim``, in a number of queries that does not grow with its stances."""
    rows = visible_stances().filter(claim__in=merged_ids(claim))
    newest = rows.select_related("article").prefetch_related("chain", "addressees").order_by("-pk")
    return Side(
        claim=claim,
        stances=rows.count(),
        judged=rows.judged().count(),
        topics=list(claim.topics.order_by("name").values_list("name", flat=True)),
        merged=list(claim.merged_from.order_by("text").values_list("text", flat=True)[:WORDINGS]),
        wordings=[
            Line(content, count)
            for content, count in rows.values_list("content_text")
            .annotate(count=Count("pk"))
            .order_by("-count")[:WORDINGS]
        ],
        actors=[
            Line(f"{name or printed}: {act or 'takes a position'}", count)
            for name, printed, act, count in rows.values_list("actor__name")
            .annotate(printed=Min("actor_as_printed"))
            .values_list("actor__name", "printed", "act")
            .annotate(count=Count("pk"))
            .order_by("-count", "actor__name")[:ACTORS]
        ],
        passages=[Passage(stance, _sentence(stance)) for stance in newest[:PASSAGES]],
    )


def _sentence(stance: Stance) -> SafeString:
    text, marks = stance.article.text, marks_of(stance)
    start, end = passage(text, marks)
    return marked(text, start, end, marks)
