"""Former slugs in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import BaseAdmin
from claims.models import FormerSlug


@admin.register(FormerSlug)
class FormerSlugAdmin(BaseAdmin):
    """Which old addresses lead where; to delete a row breaks the old links and lets another row take the slug."""

    list_display = ("slug", "actor", "topic", "at")
    list_select_related = ("actor", "topic")
    search_fields = ("slug", "actor__name", "topic__name")
    ordering = ("-at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A rename leaves it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It is what was."""
        return False
