"""Coding: one coder says what a stance is, without seeing what others say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from claims.coding.fields import CODES, FIELDS, FLAGS
from claims.coding.permissions import CODE
from claims.models import Coding, CodingUnit
from claims.review import RefusedError
from claims.review.correct import SPANS


def code(coding: Coding, values: Mapping[str, Any] | None, *, user: User, note: str = "") -> None:
    """Write down what ``user`` makes of the stance; ``values`` is None where it is no stance.

    Otherwise ``values`` has each of ``FIELDS``: an actor or None, codes with "" for not known, spans as offsets or
    None. Who coded already codes anew. Raises ``PermissionDenied`` where the stance is assigned to somebody else or the
    person may not code, ``RefusedError`` where the round is closed or the stance decided, and ``ValidationError`` where
    the values are none.
    """
    if coding.coder_id != user.pk or not user.has_perm(CODE):
        raise PermissionDenied("This is not assigned to you.")
    with transaction.atomic():
        # Whoever decides about the stance takes the same lock.
        unit = (
            CodingUnit.objects.select_for_update(of=("self",))
            .select_related("round", "stance__article")
            .get(pk=coding.unit_id)
        )
        require_open(unit)
        coding.unit = unit
        coding.verdict = Coding.Verdict.NONE if values is None else Coding.Verdict.STANCE
        _set(coding, values or {})
        coding.note, coding.at = note.strip(), timezone.now()
        coding.full_clean()
        coding.save()


def require_open(unit: CodingUnit) -> None:
    """Raises ``RefusedError`` where ``unit`` can no longer be coded, or not yet."""
    if unit.round.assigned is None:
        raise RefusedError("The stances of this round are not all assigned yet.")
    if unit.round.closed is not None:
        raise RefusedError("This round is closed.")
    if unit.decided_at is not None:
        raise RefusedError("This stance is decided already.")


def _set(coding: Coding, values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))} is not for people to code")
    coding.actor = values.get("actor")
    for name in CODES:
        setattr(coding, name, values.get(name, ""))
    for name in FLAGS:
        setattr(coding, name, values.get(name, False))
    length = len(coding.unit.stance.article.text)
    for span in SPANS:
        start, end = values.get(span) or (None, None)
        if start is not None and end is not None and not 0 <= start < end <= length:
            raise ValidationError(f"The {span} must lie within the article.")
        setattr(coding, f"{span}_start", start)
        setattr(coding, f"{span}_end", end)
