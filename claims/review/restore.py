"""Restoring: a stance becomes again what it was after an earlier decision, whoever took that."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Judgement, Stance
from claims.review.decide import as_json, attribute, decide, require_permission
from claims.review.outcome import ConflictError, Outcome
from claims.review.undo import DECISIONS, restored


def restore(judgement: Judgement, *, user: User, version: int) -> Outcome:
    """Give the stance back the fields and the state that it had after ``judgement``, as one more decision of ``user``.

    What was decided since stays in the history. ``version`` is that of the stance which the person saw. Where nothing
    differs the stance is among the unchanged.

    Raises ``PermissionDenied`` where ``user`` may not judge, ``ConflictError`` where somebody changed the stance since,
    and ``ObjectDoesNotExist`` where an actor or claim of that time is gone.
    """
    require_permission(user)
    with transaction.atomic():
        stance = Stance.objects.select_for_update(of=("self",)).get(pk=judgement.stance_id)
        if stance.version != version:
            raise ConflictError(stance)
        values = {
            name: restored(name, value)
            for name, value in values_after(judgement).items()
            if as_json(getattr(stance, attribute(name))) != value
        }
        if not values:
            return Outcome(unchanged=[stance])
        state = Stance.State(values.get("state", stance.state))
        done = decide(
            stance,
            values,
            user=user,
            decision=DECISIONS[state],
            note=f"restored to {judgement.at:%-d %B %Y, %H:%M}",
            blind=False,
        )
    return Outcome(done=[stance]) if done else Outcome(conflicts=[stance])


def values_after(judgement: Judgement) -> dict[str, Any]:
    """What each field that ``judgement`` or a later one changed held after it, as judgements keep values."""
    values = {name: change["after"] for name, change in judgement.changes.items()}
    later = Judgement.objects.filter(stance=judgement.stance_id, pk__gt=judgement.pk).order_by("pk")
    for changes in later.values_list("changes", flat=True):
        for name, change in changes.items():
            values.setdefault(name, change["before"])
    return values
