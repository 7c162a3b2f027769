"""The wordings of claims, and the keys by which alike ones are found, in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import ReadOnlyAdmin
from claims.models import ClaimWording, ClaimWordingKey


@admin.register(ClaimWording)
class ClaimWordingAdmin(ReadOnlyAdmin):
    """In which words claims were printed."""

    list_display = ("text", "claim", "speaker")
    list_select_related = ("claim",)
    search_fields = ("text",)
    ordering = ("-pk",)


@admin.register(ClaimWordingKey)
class ClaimWordingKeyAdmin(ReadOnlyAdmin):
    """Numbers for the machine; reached by address only."""

    list_display = ("wording", "key")
    list_select_related = ("wording",)
    ordering = ("-pk",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the index."""
        return False
