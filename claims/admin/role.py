"""Roles in the admin."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.base import AddOnlyInline, CuratedAdmin
from claims.models import Role


@admin.register(Role)
class RoleAdmin(CuratedAdmin):
    """Who holds or held which office."""

    list_display = ("title", "actor", "organisation", "valid_from", "valid_until", "curated")
    list_filter = ("curated",)
    list_select_related = ("actor", "organisation")
    search_fields = ("title", "actor__name")
    autocomplete_fields = ("actor", "organisation")
    ordering = ("-pk",)


class RoleInline(AddOnlyInline):
    """The offices of one actor."""

    model = Role
    fk_name = "actor"
    fields = ("title", "organisation", "valid_from", "valid_until")
    autocomplete_fields = ("organisation",)
    ordering = ("valid_from", "pk")
