"""Where people put stances, in the admin."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.base import ReadOnlyAdmin
from claims.models import ClaimPlacement


@admin.register(ClaimPlacement)
class ClaimPlacementAdmin(ReadOnlyAdmin):
    """Which passage a person put under which claim, newest first."""

    list_display = ("article", "actor_as_printed", "claim", "user", "at")
    list_select_related = ("article", "claim", "user")
    ordering = ("-at", "-pk")
