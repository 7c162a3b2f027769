"""The bands by which copies are found, in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import ReadOnlyAdmin
from claims.models import ArticleBand


@admin.register(ArticleBand)
class ArticleBandAdmin(ReadOnlyAdmin):
    """Numbers for the machine; reached by address only."""

    list_display = ("article", "key")
    list_select_related = ("article",)
    ordering = ("-pk",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the index."""
        return False
