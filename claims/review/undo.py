"""Undoing: one takes back one's own latest decision about a stance."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction

from claims.models import Judgement, Stance
from claims.review.decide import as_json, attribute, decide, require_permission
from claims.review.outcome import ConflictError

#: What was decided when a stance came into a state.
DECISIONS = {
    Stance.State.PENDING: Judgement.Decision.REOPENED,
    Stance.State.ACCEPTED: Judgement.Decision.ACCEPTED,
    Stance.State.CORRECTED: Judgement.Decision.CORRECTED,
    Stance.State.REJECTED: Judgement.Decision.REJECTED,
}


def last_decision(user: User) -> Judgement | None:
    """The latest decision of ``user`` that is not taken back, nor takes one back itself; None where there is none."""
    own = Judgement.objects.filter(user=user, undoes=None, undone_by=None)
    return own.select_related("stance").order_by("-at", "-pk").first()


def undo(judgement: Judgement, *, user: User) -> Stance:
    """Give the stance back what it was before ``judgement``, which stays in the history; gives the stance.

    Raises ``PermissionDenied`` where the judgement is not ``user``'s or ``user`` may not judge, and ``ConflictError``
    where somebody has decided about the stance since, or moved it to another claim.
    """
    require_permission(user)
    own = Judgement.objects.filter(user=user, undoes=None, undone_by=None)
    with transaction.atomic():
        stance = Stance.objects.select_for_update(of=("self",)).get(pk=judgement.stance_id)
        latest = stance.judgements.order_by("-at", "-pk").filter(undoes=None, undone_by=None).first()
        if latest != judgement or not own.filter(pk=judgement.pk).exists():
            raise ConflictError(stance)
        moved_on = any(
            as_json(getattr(stance, attribute(name))) != change["after"] for name, change in judgement.changes.items()
        )
        if moved_on:
            raise ConflictError(stance)
        before = {name: restored(name, change["before"]) for name, change in judgement.changes.items()}
        state = Stance.State(before.get("state", stance.state))
        done = decide(
            stance, before, user=user, decision=DECISIONS[state], note="", blind=judgement.blind, undoes=judgement
        )
        if not done:
            raise ConflictError(stance)
    return stance


def restored(name: str, value: Any) -> Any:
    """The value of the field ``name`` from what a judgement keeps of it.

    Raises ``ObjectDoesNotExist`` where it is a row that is gone.
    """
    field: Any = Stance._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        rows: Any = field.related_model
        return None if value is None else rows._default_manager.get(pk=value)
    return field.to_python(value)
