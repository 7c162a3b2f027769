"""Names as printed that have no actor yet: which, how often, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.db.models import Count, F, Min, QuerySet
from django.db.models.functions import Lower

from claims.actors.resolutions import PRONOUNS
from claims.models import Addressee, ChainLink, Stance

#: As many names are listed as anybody goes through; the rest is found by searching.
MOST: Final = 1_000

Sort = Literal["names", "descriptions", "all"]


@dataclass(slots=True)
class OpenName:
    """A name that is open in pending stances: as actor, as source in a chain, as addressee.

    ``example`` is the key of one of these stances.
    """

    name: str
    stances: int = 0
    sources: int = 0
    addressees: int = 0
    example: int | None = None


def open_names(sort: Sort = "names", words: str = "") -> list[str]:
    """The ``MOST`` names that are open in most places, those first; pronouns are left out.

    ``sort`` tells names, which have a capital letter, from descriptions ("a senior official"); ``words`` are looked for
    in them.
    """
    numbers: Counter[str] = Counter()
    for rows, field in _places():
        asked = _asked(rows, field, sort, words)
        numbers.update(dict(asked.values_list(field).annotate(number=Count("pk")).order_by("-number", field)[:MOST]))
    return [name for name, _ in sorted(numbers.items(), key=lambda item: (-item[1], item[0]))[:MOST]]


def counted(names: Sequence[str]) -> list[OpenName]:
    """How often each of ``names`` is open, and an example; in the order of ``names``, in three queries."""
    found = {name: OpenName(name) for name in names}
    for (rows, field), counts in zip(_places(), ("stances", "sources", "addressees"), strict=True):
        stance = "pk" if counts == "stances" else "stance"
        named = rows.filter(**{f"{field}__in": names}).values_list(field)
        for name, number, example in named.annotate(number=Count("pk"), example=Min(stance)).order_by():
            setattr(found[name], counts, number)
            found[name].example = found[name].example or example
    return list(found.values())


def _places() -> Iterable[tuple[QuerySet[Any], str]]:
    """Where a name can be open, each with the field that has it as printed."""
    pending = Stance.State.PENDING
    yield Stance.objects.pending().filter(actor=None), "actor_as_printed"
    yield ChainLink.objects.order_by().filter(actor=None, stance__state=pending), "as_printed"
    yield Addressee.objects.order_by().filter(actor=None, stance__state=pending), "as_printed"


def _asked(rows: QuerySet[Any], field: str, sort: Sort, words: str) -> QuerySet[Any]:
    rows = rows.annotate(small=Lower(field)).exclude(small__in=PRONOUNS)
    if sort == "names":
        rows = rows.exclude(small=F(field))
    elif sort == "descriptions":
        rows = rows.filter(small=F(field))
    for word in words.split():
        rows = rows.filter(**{f"{field}__icontains": word})
    return rows
