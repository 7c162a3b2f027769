"""Dismissing a change of position: it is none, for a reason, and no run brings it back."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from claims.models import PositionChange, limits

PERMISSION = "claims.dismiss_positionchange"


def dismiss_change(changes: list[int], *, user: User, reason: str) -> int:
    """Dismiss those of ``changes`` (keys) that nobody has dismissed yet; gives how many.

    Raises ``ValidationError`` where the reason is missing or too long, and ``PermissionDenied``.
    """
    _require_permission(user)
    if not reason.strip():
        raise ValidationError("Say why this is no change of position.", code="required")
    if len(reason.strip()) > limits.REASON:
        raise ValidationError(f"The reason is longer than {limits.REASON} characters.", code="max_length")
    return PositionChange.objects.filter(pk__in=changes, dismissed_by=None).update(
        dismissed_by=user, dismissed_at=timezone.now(), reason=reason.strip()
    )


def restore_change(changes: list[int], *, user: User) -> int:
    """List those of ``changes`` (keys) again that were dismissed; gives how many. Raises ``PermissionDenied``."""
    _require_permission(user)
    return PositionChange.objects.filter(pk__in=changes, dismissed_by__isnull=False).update(
        dismissed_by=None, dismissed_at=None, reason=""
    )


def _require_permission(user: User) -> None:
    if not user.has_perm(PERMISSION):
        raise PermissionDenied("You may not dismiss changes of position.")
