"""What is contested: claims on which actors take both sides, each with a quotation of either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import Coalesce, Least, RowNumber

from claims.extraction.types import Side
from claims.models import Claim, Stance, StanceQuerySet
from claims.selectors import originals

OPPOSED = (Side.FOR, Side.AGAINST)


@dataclass(frozen=True, slots=True)
class ContestedClaim:
    """A claim, in how many independent articles each side was taken, and a stance that takes it."""

    claim: Claim
    for_: int
    against: int
    example_for: Stance
    example_against: Stance


def contested_claims(stances: StanceQuerySet, limit: int) -> list[ContestedClaim]:
    """The ``limit`` claims on which ``stances`` take both sides, the most evenly opposed first; three queries.

    The examples are the newest that people judged, or else the newest; their actors and articles come along.
    """
    plain = stances.select_related(None).order_by()
    of = Coalesce("claim__merged_into", "claim")
    counted = (
        plain.filter(~Q(claim=None), side__in=OPPOSED)
        .values(of=of)
        .annotate(number_for=originals(Q(side=Side.FOR)), number_against=originals(Q(side=Side.AGAINST)))
        .filter(number_for__gt=0, number_against__gt=0)
        .order_by(-Least("number_for", "number_against"), -(F("number_for") + F("number_against")), "of")[:limit]
    )
    numbers = {row["of"]: (row["number_for"], row["number_against"]) for row in counted}
    if not numbers:
        return []
    found = {(row.of, row.side): row for row in _examples(plain, list(numbers))}
    claims = Claim.objects.in_bulk(list(numbers))
    return [
        ContestedClaim(claims[key], *numbers[key], found[key, Side.FOR], found[key, Side.AGAINST])
        for key in numbers
        # Somebody may have judged or moved one in between.
        if key in claims and (key, Side.FOR) in found and (key, Side.AGAINST) in found
    ]


def _examples(stances: StanceQuerySet, claims: list[int]) -> QuerySet[Any]:
    """Of each of ``claims`` and of each side the stance to show, annotated with the claim's key as ``of``."""
    unjudged = Case(When(state=Stance.State.PENDING, then=Value(1)), default=Value(0), output_field=IntegerField())
    keys = Claim.objects.filter(Q(pk__in=claims) | Q(merged_into__in=claims)).values("pk")
    rows = stances.filter(claim__in=keys, side__in=OPPOSED).annotate(of=Coalesce("claim__merged_into", "claim"))
    place = Window(
        RowNumber(),
        partition_by=[F("of"), F("side")],
        order_by=[unjudged, F("article__published_on").desc(), F("pk").desc()],
    )
    return rows.annotate(place=place).filter(place=1).select_related("actor__merged_into", "article__outlet")
