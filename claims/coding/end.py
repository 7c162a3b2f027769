"""Ending a coding round, going on with it, and throwing away one in which nobody has coded."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.coding.make_round import BATCH
from claims.coding.permissions import require_lead
from claims.models import Coding, CodingRound, CodingUnit
from claims.review import RefusedError


def close(coding_round: CodingRound, *, user: User) -> None:
    """End the coding: what somebody has not coded stays so, and everything can be decided.

    Raises ``PermissionDenied`` where ``user`` may not lead.
    """
    require_lead(user)
    coding_round.closed = timezone.now()
    coding_round.save(update_fields=["closed"])


def go_on(coding_round: CodingRound, *, user: User) -> None:
    """Let people code again. Raises ``PermissionDenied`` where ``user`` may not lead."""
    require_lead(user)
    coding_round.closed = None
    coding_round.save(update_fields=["closed"])


def discard(coding_round: CodingRound, *, user: User) -> None:
    """Delete the round with its assignments, in transactions of some hundred rows.

    Raises ``PermissionDenied`` where ``user`` may not lead, and ``RefusedError`` where somebody has coded: what people
    said is kept.
    """
    require_lead(user)
    # Nobody begins to code what is going.
    CodingRound.objects.filter(pk=coding_round.pk).update(assigned=None)
    said = Coding.objects.filter(unit__round=coding_round, coder__isnull=False).exclude(verdict="")
    if said.exists():
        CodingRound.objects.filter(pk=coding_round.pk).update(assigned=coding_round.assigned)
        raise RefusedError("Somebody has coded in this round, so it is kept. Close it instead.")
    units = CodingUnit.objects.filter(round=coding_round).order_by("pk").values_list("pk", flat=True)
    while keys := list(units[:BATCH]):
        with transaction.atomic():
            Coding.objects.filter(unit__in=keys).delete()
            CodingUnit.objects.filter(pk__in=keys).delete()
    coding_round.delete()
