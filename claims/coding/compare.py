"""What of two codings is the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Final

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Substr

from claims.agreement.spans import NOWHERE
from claims.coding.fields import CODES, FIELDS, FLAGS
from claims.models import Actor, Coding
from claims.review.correct import SPANS
from claims.selectors import survivors

VERDICT: Final = "verdict"
#: What is compared: first whether there is a stance, and of those that say so the rest.
COMPARED: Final = (VERDICT, *FIELDS)

#: Where the merges of actors end, by key.
Ends = Mapping[int, int]


def coded(codings: QuerySet[Coding]) -> QuerySet[Coding]:
    """Those of ``codings`` that say something, each with the words of an actor that is open as ``actor_words``."""
    words = Substr("unit__stance__article__text", F("mention_start") + 1, F("mention_end") - F("mention_start"))
    return codings.exclude(verdict="").annotate(
        actor_words=Case(
            When(actor__isnull=True, mention_start__isnull=False, then=words),
            default=Value(""),
            output_field=TextField(),
        )
    )


def ends_of_merges() -> Ends:
    """Which actor each merged one has become."""
    return survivors(dict(Actor.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into")))


def comparable(coding: Coding, field: str, ends: Ends) -> Hashable:
    """What ``coding`` (see ``coded``) says of ``field``; None where it says nothing since it finds no stance.

    An actor is who it was merged into; one that is open is told by the words that name it. "" stands for not known.
    """
    if field == VERDICT:
        return coding.verdict
    if coding.verdict != Coding.Verdict.STANCE:
        return None
    if field == "actor":
        if coding.actor_id is not None:
            return ends.get(coding.actor_id, coding.actor_id)
        words: str = getattr(coding, "actor_words")  # noqa: B009 - annotated in the query
        return " ".join(words.split()).casefold()
    if field in SPANS:
        start, end = getattr(coding, f"{field}_start"), getattr(coding, f"{field}_end")
        return NOWHERE if start is None else (start, end)
    if field not in (*CODES, *FLAGS):
        raise ValueError(f"{field} is not coded")
    value: Hashable = getattr(coding, field)
    return value


def differing(codings: Iterable[Coding], ends: Ends) -> list[str]:
    """The fields of which people say different things; the machine is no party to it."""
    people = [coding for coding in codings if coding.coder_id is not None]
    return [
        field
        for field in COMPARED
        if len({value for coding in people if (value := comparable(coding, field, ends)) is not None}) > 1
    ]
