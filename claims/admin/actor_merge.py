"""Merges of actors in the admin."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.base import ReadOnlyAdmin
from claims.models import ActorMerge


@admin.register(ActorMerge)
class ActorMergeAdmin(ReadOnlyAdmin):
    """Which actors turned out to be one."""

    list_display = ("source", "target", "user", "at", "undone_at")
    list_select_related = ("source", "target", "user")
    ordering = ("-at",)
