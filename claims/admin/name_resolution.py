"""What people said of printed names, in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from claims.actors.resolutions import withdraw
from claims.admin.base import BaseAdmin
from claims.admin.open_names import OpenNamesMixin
from claims.models import NameResolution


@admin.register(NameResolution)
class NameResolutionAdmin(OpenNamesMixin, BaseAdmin):
    """Whom names in articles mean; to delete a row leaves the name open again in pending stances."""

    change_list_template = "admin/claims/nameresolution/change_list.html"
    list_display = ("as_printed", "actor", "article", "user", "at")
    list_select_related = ("actor", "article", "user")
    search_fields = ("as_printed", "actor__name")
    ordering = ("-at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A name is resolved where all places that print it are shown."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Another decision takes its place, under the name itself."""
        return False

    def delete_model(self, request: HttpRequest, obj: NameResolution) -> None:
        """Take the decision back where it was applied, and forget it."""
        user: Any = request.user
        withdraw([obj], user=user)
