"""Who may code, and who leads."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

CODE: Final = "claims.code_stance"
LEAD: Final = "claims.lead_codinground"


def may_code() -> QuerySet[User]:
    """The people whom stances can be assigned to, by name."""
    return User.objects.with_perm(CODE).order_by("username")


def require_lead(user: User) -> None:
    """Raises ``PermissionDenied`` unless ``user`` may make coding rounds and decide them."""
    if not user.has_perm(LEAD):
        raise PermissionDenied("You may not lead coding rounds.")
