"""Who is at which article, in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import ReadOnlyAdmin
from claims.models import Presence


@admin.register(Presence)
class PresenceAdmin(ReadOnlyAdmin):
    """Reached by address only: where it matters, the desk says it."""

    list_display = ("user", "article", "seen")
    list_select_related = ("user", "article")
    ordering = ("-seen",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the index."""
        return False
