"""Questions to the store that more than one part of the program asks. Nothing here writes."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from claims.models import Actor, Claim, Stance, StanceQuerySet

Merged = TypeVar("Merged", Actor, Claim)


def visible_stances() -> StanceQuerySet:
    """All stances that readers see, with the rows that any listing of them names."""
    return Stance.objects.visible().select_related("article__outlet", "actor", "claim", "target_actor")


def canonical(row: Merged) -> Merged:
    """The row that ``row`` was merged into, however many merges away; ``row`` itself where it was not merged.

    Merges that lead round in a circle (``manage.py doctor`` finds them) end at ``row``.
    """
    seen = {row.pk}
    current = row
    while current.merged_into is not None:
        current = current.merged_into
        if current.pk in seen:
            return row
        seen.add(current.pk)
    return current


def merged_ids(row: Merged) -> set[int]:
    """The keys of ``row`` and of all rows that were merged into it, directly or through others."""
    manager: models.Manager[Merged] = type(row)._default_manager
    found: set[int] = {row.pk}
    latest = found
    while latest:
        latest = set(manager.filter(merged_into__in=latest).values_list("pk", flat=True)) - found
        found = found | latest
    return found


def stances_of(actor: Actor) -> StanceQuerySet:
    """The visible stances of ``actor``, those stored under rows that were merged into it included."""
    return visible_stances().filter(actor__in=merged_ids(actor))
