"""Chain links in the admin; they are shown with their stance."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import ReadOnlyAdmin, ReadOnlyInline
from claims.models import ChainLink


@admin.register(ChainLink)
class ChainLinkAdmin(ReadOnlyAdmin):
    """The sources that stances came through."""

    list_display = ("as_printed", "actor", "act", "order", "stance")
    list_filter = ("act",)
    list_select_related = ("actor", "stance")
    ordering = ("-pk",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the index."""
        return False


class ChainLinkInline(ReadOnlyInline):
    """The sources that one stance came through, outermost first."""

    model = ChainLink
    verbose_name_plural = "chain of sources, outermost first"
    fields = ("as_printed", "actor", "act")
    readonly_fields = fields
    show_change_link = False
