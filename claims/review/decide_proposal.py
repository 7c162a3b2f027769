"""Deciding what a later run proposes beside people's stances: it is applied in the person's name, or dismissed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from claims.models import Actor, Proposal, Stance, limits
from claims.review.add import add
from claims.review.claim_locks import ChangedMeanwhileError
from claims.review.correct import SPANS, correct
from claims.review.decide import require_permission
from claims.review.outcome import ConflictError
from claims.review.reject import reject
from claims.selectors import canonical

#: Why a stance is rejected that a person gives up because a later run does not find it.
GONE = "a later run no longer finds it"


def apply_proposal(proposal: Proposal, *, user: User, version: int | None = None) -> Stance:
    """Do what ``proposal`` says: add the stance as accepted, correct it to what the run read, or reject it.

    ``version`` is that of the stance which the person saw; an addition has none. Sources and addressees stay as they
    are. Gives the stance. Raises ``PermissionDenied`` where ``user`` may not judge, ``ChangedMeanwhileError`` where
    somebody has decided the proposal, ``ConflictError`` where somebody changed the stance, and ``ValidationError``
    where the store refuses what the run read, or where it differs in sources and addressees alone.
    """
    require_permission(user)
    with transaction.atomic():
        _settle(proposal, Proposal.State.APPLIED, user)
        note = f"as run {proposal.run_id} proposed"
        values = values_of(proposal.payload)
        if proposal.stance_id is None:
            return add(proposal.article, values, user=user, note=note)
        stance = Stance.objects.select_for_update(of=("self",)).select_related("article").get(pk=proposal.stance_id)
        if version is not None and stance.version != version:
            raise ConflictError(stance)
        if proposal.kind == Proposal.Kind.DROP:
            reject([stance], user=user, reason=GONE)
        elif not correct(stance, values, user=user, note=note):
            raise ValidationError("It differs in sources or addressees alone, which stay as they are. Dismiss it.")
    return stance


def dismiss_proposals(proposals: Iterable[Proposal], *, user: User) -> int:
    """Leave what people have as it is: no run proposes the same again. Gives how many were open.

    Raises ``PermissionDenied`` where ``user`` may not judge.
    """
    require_permission(user)
    rows = Proposal.objects.filter(pk__in=[each.pk for each in proposals], state=Proposal.State.OPEN)
    return rows.update(state=Proposal.State.DISMISSED, decided_by=user, decided_at=timezone.now())


def values_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a record of extraction says, as ``correct`` and ``add`` take it; actors that nobody has stay open."""
    target = record.get("target_actor") or {}
    actors = {actor.slug: canonical(actor) for actor in Actor.objects.filter(slug__in=_slugs(record, target))}
    said_on = record.get("said_on")
    read = record.get("spans") or {}
    spans = {name: (read[name][0], read[name][1]) if read.get(name) else None for name in SPANS}
    return {
        **spans,
        "actor": actors.get(record.get("actor_slug") or ""),
        "actor_as_printed": (record.get("mention") or record.get("actor") or "")[: limits.PRINTED],
        "target_actor": actors.get(target.get("slug") or ""),
        "act": record.get("act") or "",
        "side": record.get("side") or "",
        "plover": record.get("plover"),
        "negated": bool(record.get("negated")),
        "conditional": bool(record.get("conditional")),
        "future": bool(record.get("future")),
        "quotation": record.get("quotation") or "",
        "said_on": dt.date.fromisoformat(said_on) if said_on else None,
    }


def _slugs(record: Mapping[str, Any], target: Mapping[str, Any]) -> list[str]:
    return [slug for slug in (record.get("actor_slug"), target.get("slug")) if slug]


def _settle(proposal: Proposal, state: Proposal.State, user: User) -> None:
    done = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.OPEN).update(
        state=state, decided_by=user, decided_at=timezone.now()
    )
    if not done:
        raise ChangedMeanwhileError("Somebody has decided this proposal meanwhile.")
