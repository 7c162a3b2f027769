"""Actors told apart, in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import BaseAdmin
from claims.models import ActorDistinction


@admin.register(ActorDistinction)
class ActorDistinctionAdmin(BaseAdmin):
    """Which actors are not the same; to delete a row lets the two be proposed, and merged, again."""

    list_display = ("first", "second", "note", "user", "at")
    list_display_links = ("first", "second")
    list_select_related = ("first", "second", "user")
    search_fields = ("first__name", "second__name")
    ordering = ("-at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Two actors are told apart where they are proposed as one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are told apart or not."""
        return False
