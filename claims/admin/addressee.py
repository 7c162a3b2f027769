"""Addressees in the admin; they are shown with their stance."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import ReadOnlyAdmin, ReadOnlyInline
from claims.models import Addressee


@admin.register(Addressee)
class AddresseeAdmin(ReadOnlyAdmin):
    """Whom stances were said to."""

    list_display = ("as_printed", "actor", "order", "stance")
    list_select_related = ("actor", "stance")
    ordering = ("-pk",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the index."""
        return False


class AddresseeInline(ReadOnlyInline):
    """Whom one stance was said to."""

    model = Addressee
    fields = ("as_printed", "actor")
    readonly_fields = fields
    show_change_link = False
