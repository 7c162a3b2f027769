"""Failures of runs in the admin."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.base import ReadOnlyAdmin
from claims.models import RunFailure


@admin.register(RunFailure)
class RunFailureAdmin(ReadOnlyAdmin):
    """What could not be read or stored, and why."""

    list_display = ("where", "reason", "run", "at")
    list_filter = ("run__kind",)
    list_select_related = ("run",)
    search_fields = ("where", "reason")
    ordering = ("-at", "-pk")
