"""Codings in the admin: what each coder, and the machine, said."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import ReadOnlyAdmin
from claims.models import Coding


@admin.register(Coding)
class CodingAdmin(ReadOnlyAdmin):
    """Seen by who leads coding rounds, and by nobody who codes: it would tell what the others said."""

    list_display = ("unit", "coder", "verdict", "actor", "act", "side", "at")
    list_filter = ("verdict", "unit__round")
    list_select_related = ("unit__round", "coder", "actor")
    ordering = ("-pk",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the index: a round leads to it."""
        return False
