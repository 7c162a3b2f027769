"""The memory that two actors are not the same."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q

from claims.models import Actor, ActorDistinction, limits
from claims.selectors import canonical, merged_ids


def tell_apart(one: Actor, other: Actor, *, user: User, note: str = "") -> ActorDistinction:
    """Remember that ``one`` and ``other`` are not the same; said twice, the first time counts.

    Raises ``PermissionDenied`` where ``user`` may not merge actors, and ``ValidationError`` where the two are one.
    """
    if not user.has_perm("claims.merge_actor"):
        raise PermissionDenied("You may not tell actors apart.")
    first, second = sorted((canonical(one), canonical(other)), key=lambda actor: actor.pk)
    if first.pk == second.pk:
        raise ValidationError(f"{one.name} and {other.name} are one actor.")
    values = {"user": user, "note": note.strip()[: limits.REASON]}
    distinction, _created = ActorDistinction.objects.get_or_create(first=first, second=second, defaults=values)
    return distinction


def are_distinct(one: Actor, other: Actor) -> bool:
    """Whether somebody said that the two, or rows merged into them, are not the same."""
    ones, others = merged_ids(one), merged_ids(other)
    pair = Q(first__in=ones, second__in=others) | Q(first__in=others, second__in=ones)
    return ActorDistinction.objects.filter(pair).exists()


def distinct_pairs(survivors: dict[int, int]) -> set[frozenset[int]]:
    """All pairs of keys that were told apart, each as the row that it was merged into, by ``survivors``."""
    pairs = ActorDistinction.objects.values_list("first", "second")
    return {frozenset((survivors.get(first, first), survivors.get(second, second))) for first, second in pairs}
