"""The step that all judgements share: change the row if it is still the one that was seen, and write down who did."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from claims.models import Judgement, Stance
from claims.review.outcome import Outcome

PERMISSION = "claims.judge_stance"
#: Stances a transaction in bulk: others get their turn to write in between.
BATCH = 500

Changes = dict[str, dict[str, Any]]


def require_permission(user: User) -> None:
    """Raises ``PermissionDenied`` unless ``user`` may judge stances."""
    if not user.has_perm(PERMISSION):
        raise PermissionDenied("You may not judge stances.")


def decide_all(
    stances: Iterable[Stance],
    *,
    user: User,
    decision: Judgement.Decision,
    state: Stance.State,
    leave: Iterable[Stance.State],
    note: str,
    blind: bool,
) -> Outcome:
    """Put each of ``stances`` into ``state`` unless it is in one of ``leave``, in transactions of ``BATCH`` rows."""
    require_permission(user)
    outcome = Outcome()
    left = set(leave)
    iterator = iter(stances)
    while batch := list(itertools.islice(iterator, BATCH)):
        with transaction.atomic():
            for stance in batch:
                if stance.state in left:
                    outcome.unchanged.append(stance)
                elif decide(stance, {"state": state}, user=user, decision=decision, note=note, blind=blind):
                    outcome.done.append(stance)
                else:
                    outcome.conflicts.append(stance)
    return outcome


def decide(
    stance: Stance,
    values: Mapping[str, Any],
    *,
    user: User,
    decision: Judgement.Decision,
    note: str,
    blind: bool,
    undoes: Judgement | None = None,
) -> bool:
    """Set ``values`` on the row of ``stance`` and add a judgement, if the row still has the version of ``stance``.

    ``undoes`` is the judgement that this one takes back. Gives whether it had; ``stance`` then has the new values and
    version. Must run within a transaction.
    """
    changes = {
        name: {"before": as_json(getattr(stance, attribute(name))), "after": as_json(_key(value))}
        for name, value in values.items()
        if getattr(stance, attribute(name)) != _key(value)
    }
    changed = Stance.objects.filter(pk=stance.pk, version=stance.version).update(
        **values, version=F("version") + 1, updated=timezone.now()
    )
    if not changed:
        return False
    for name, value in values.items():
        setattr(stance, name, value)
    stance.version += 1
    Judgement.objects.create(
        stance=stance, user=user, decision=decision, changes=changes, note=note, blind=blind, undoes=undoes
    )
    return True


def attribute(name: str) -> str:
    """The attribute that holds the plain value of the field ``name``: ``actor_id`` for ``actor``."""
    return Stance._meta.get_field(name).attname  # type: ignore[union-attr]


def as_json(value: object) -> object:
    """``value`` of a field in a form that JSON can hold; a date becomes its ISO form."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _key(value: object) -> object:
    return value.pk if isinstance(value, models.Model) else value
