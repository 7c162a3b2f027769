"""The log of edits of claims in the admin."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.base import ReadOnlyAdmin
from claims.models import ClaimEdit


@admin.register(ClaimEdit)
class ClaimEditAdmin(ReadOnlyAdmin):
    """Who merged, split, moved and renamed what, newest first."""

    list_display = ("kind", "claim", "other", "user", "at", "undone_by", "undone_at")
    list_filter = ("kind",)
    list_select_related = ("claim", "other", "user", "undone_by")
    ordering = ("-at", "-pk")
