"""Suggestions that two claims are one, in the admin."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.base import ReadOnlyAdmin
from claims.models import ClaimSuggestion


@admin.register(ClaimSuggestion)
class ClaimSuggestionAdmin(ReadOnlyAdmin):
    """Pairs of claims that may be one, the likeliest first."""

    list_display = ("first", "second", "score", "reason", "state", "decided_by", "decided_at")
    list_filter = ("state",)
    list_select_related = ("first", "second", "decided_by")
    ordering = ("-score", "pk")
