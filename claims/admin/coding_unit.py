"""Coding units in the admin: the stances of coding rounds."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import ReadOnlyAdmin
from claims.models import CodingUnit


@admin.register(CodingUnit)
class CodingUnitAdmin(ReadOnlyAdmin):
    """Seen by who leads coding rounds, and by nobody who codes: it names the stance as the machine has it."""

    list_display = ("round", "order", "stance", "decided_by", "decided_at")
    list_display_links = ("order",)
    list_filter = ("round",)
    list_select_related = ("round", "stance", "decided_by")
    raw_id_fields = ("stance",)
    ordering = ("-round", "order")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the index: a round leads to it."""
        return False
