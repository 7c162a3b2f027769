"""Merging two actors that turned out to be one, and undoing it.

A merge is soft: the row merged away stays, points to the one that stays, and keeps all that hangs on it. Readers follow
the pointer, so an import that still writes to the old row loses nothing. Rows that were merged into the old one before
point to the new one from then on, so that a merge is never more than one step away.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.actors.distinctions import are_distinct
from claims.models import Actor, ActorMerge
from claims.selectors import canonical

PERMISSION: Final = "claims.merge_actor"


def merge(source: Actor, target: Actor, *, user: User, counts: dict[str, int] | None = None) -> ActorMerge:
    """Merge ``source`` into ``target``; both objects then have what their rows have.

    ``counts`` are kept with the merge, for people to read. Raises ``PermissionDenied`` where ``user`` may not merge,
    and ``ValidationError`` where the two can't be merged (see ``obstacles``).
    """
    require_permission(user)
    with transaction.atomic():
        _lock(source.pk, target.pk)
        source.refresh_from_db()
        target.refresh_from_db()
        if found := obstacles(source, target):
            raise ValidationError(found)
        children = list(Actor.objects.filter(merged_into=source).order_by("pk").values_list("pk", flat=True))
        Actor.objects.filter(pk__in=[*children, source.pk]).update(merged_into=target)
        source.merged_into = target
        moved: dict[str, Any] = {"merged_from": children, "counts": counts or {}}
        return ActorMerge.objects.create(source=source, target=target, moved=moved, user=user)


def undo(merged: ActorMerge, *, user: User) -> None:
    """Make the source of ``merged`` an actor of its own again, with all that was merged into it before.

    Later merges of either stand. Raises ``PermissionDenied`` where ``user`` may not merge, and ``ValidationError``
    where the merge is undone already or the two can't be apart.
    """
    require_permission(user)
    with transaction.atomic():
        followers = merged.moved.get("merged_from", [])
        _lock(merged.source_id, merged.target_id, *followers)
        merged.refresh_from_db()
        if merged.undone_at is not None:
            raise ValidationError("This merge is undone already.")
        survivor = canonical(merged.source)
        later = ActorMerge.objects.filter(source=OuterRef("pk"), undone_at=None, pk__gt=merged.pk)
        children = Actor.objects.filter(pk__in=followers, merged_into=survivor).exclude(Exists(later))
        children.update(merged_into=merged.source_id)
        try:
            with transaction.atomic():
                Actor.objects.filter(pk=merged.source_id).update(merged_into=None)
        except IntegrityError as error:
            raise ValidationError(
                f"Another actor has the Wikidata id {merged.source.wikidata_id} by now; take it from one of them first."
            ) from error
        merged.undone_at = timezone.now()
        merged.save(update_fields=["undone_at"])


def obstacles(source: Actor, target: Actor) -> list[str]:
    """Why ``source`` can't be merged into ``target``, in sentences; empty where it can."""
    if source.pk == target.pk:
        return ["An actor can't be merged into itself."]
    found = []
    for actor in (source, target):
        if actor.merged_into_id is not None:
            found.append(f"{actor.name} was merged into {canonical(actor).name} already.")
    for part, whole in ((source, target), (target, source)):
        if whole.pk in _wholes(part):
            found.append(f"{part.name} is part of {whole.name}; take that away first if it is wrong.")
    if not found and are_distinct(source, target):
        found.append(f"Somebody said that {source.name} and {target.name} are not the same; delete that first.")
    return found


def require_permission(user: User) -> None:
    """Raises ``PermissionDenied`` unless ``user`` may merge actors and tell them apart."""
    if not user.has_perm(PERMISSION):
        raise PermissionDenied("You may not merge actors.")


def _wholes(actor: Actor) -> set[int]:
    """The keys of what ``actor`` is part of, and of what that is part of, and so on."""
    found: set[int] = set()
    current = actor
    while current.part_of is not None and (current := canonical(current.part_of)).pk not in found:
        found.add(current.pk)
    return found


def _lock(*keys: int) -> None:
    """Let no other merge touch these rows until this one is done.

    Locked in one order, so that two merges don't wait for each other, and without keeping imports from writing stances
    that refer to them.
    """
    list(Actor.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
