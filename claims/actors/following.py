"""What would follow an actor that is merged into another: all that is stored under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from claims.models import Actor, Addressee, Alias, ChainLink, NameResolution, Role, Stance
from claims.selectors import merged_ids

#: Names that are spelled out; of the others there is the number.
NAMED: Final = 12


@dataclass(frozen=True, slots=True)
class Following:
    """One sort of rows that follow: what they are, how many, and the names of some."""

    label: str
    number: int
    names: Sequence[str] = ()


def following(actor: Actor) -> list[Following]:
    """What is stored under ``actor`` and the rows that were merged into it, one entry a sort, empty ones included."""
    rows = merged_ids(actor)
    stances = Stance.objects.filter(actor__in=rows)
    return [
        _counted("stances", stances),
        _counted("of them judged", stances.judged()),
        _counted("places in chains", ChainLink.objects.filter(actor__in=rows)),
        _counted("places as addressee", Addressee.objects.filter(actor__in=rows)),
        _counted("stances with it as target", Stance.objects.filter(target_actor__in=rows)),
        _named("aliases", Alias.objects.filter(actor__in=rows), "text"),
        _named("roles", Role.objects.filter(actor__in=rows), "title"),
        _named("roles held in it", Role.objects.filter(organisation__in=rows), "title"),
        _named("actors that are part of it", Actor.objects.filter(part_of__in=rows), "name"),
        _named("actors merged into it before", Actor.objects.filter(pk__in=rows - {actor.pk}), "name"),
        _counted("names resolved to it", NameResolution.objects.filter(actor__in=rows)),
    ]


def _counted(label: str, rows: QuerySet[Any]) -> Following:
    return Following(label, rows.count())


def _named(label: str, rows: QuerySet[Any], field: str) -> Following:
    names = list(rows.order_by(field, "pk").values_list(field, flat=True)[:NAMED])
    return Following(label, rows.count() if len(names) == NAMED else len(names), names)
