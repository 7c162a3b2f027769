"""The order in which stances wait to be judged, and which one is next."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from claims.models import Stance


class Order(enum.StrEnum):
    """What comes first; each order has an index."""

    ARTICLE = "article"
    UNSURE = "unsure"
    NEWEST = "newest"


#: The fields of each order; the last tells any two stances apart.
FIELDS: dict[Order, tuple[str, ...]] = {
    Order.ARTICLE: ("article_id", "content_start", "pk"),
    Order.UNSURE: ("confidence", "pk"),
    Order.NEWEST: ("-created", "-pk"),
}


def in_order(stances: QuerySet[Stance], order: Order) -> QuerySet[Stance]:
    """``stances`` in the order ``order``."""
    return stances.order_by(*FIELDS[order])


def first_of(stances: QuerySet[Stance], order: Order) -> int | None:
    """The primary key of the first of ``stances``; None where there is none."""
    return in_order(stances, order).values_list("pk", flat=True).first()


def neighbour(stances: QuerySet[Stance], order: Order, stance: Stance, *, forward: bool = True) -> int | None:
    """The primary key of the one of ``stances`` that stands behind ``stance``, or before it; None at the end.

    ``stance`` need not be among them: who has just judged it goes on from where it stood.
    """
    fields = FIELDS[order] if forward else tuple(_turned(field) for field in FIELDS[order])
    return stances.filter(_behind(fields, stance)).order_by(*fields).values_list("pk", flat=True).first()


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def _behind(fields: Sequence[str], stance: Stance) -> Q:
    """Whether a row comes behind ``stance`` when sorted by ``fields``."""
    behind, same = Q(), Q()
    for field in fields:
        name = field.removeprefix("-")
        value = getattr(stance, name)
        behind |= same & Q(**{f"{name}__{_beyond(field)}": value})
        same &= Q(**{name: value})
    # That the first field is not on this side of the stance follows from the rest, but only where it is said do
    # databases begin to read the index there; otherwise they begin with the first row of all.
    first = fields[0].removeprefix("-")
    return Q(**{f"{first}__{_beyond(fields[0])}e": getattr(stance, first)}) & behind


def _beyond(field: str) -> str:
    return "lt" if field.startswith("-") else "gt"
