"""Marks of loaded facts in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import BaseAdmin
from claims.models import LoadedFact


@admin.register(LoadedFact)
class LoadedFactAdmin(BaseAdmin):
    """Which facts have ever been loaded; to delete a mark lets a fact that was deleted be loaded again."""

    list_display = ("key", "kind", "at")
    list_filter = ("kind",)
    search_fields = ("key",)
    ordering = ("kind", "key")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only loading makes marks."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A mark is there or not."""
        return False
