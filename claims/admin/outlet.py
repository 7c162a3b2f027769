"""Outlets in the admin."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.base import CuratedAdmin
from claims.models import Outlet


@admin.register(Outlet)
class OutletAdmin(CuratedAdmin):
    """Outlets by name."""

    list_display = ("name", "domain", "curated")
    list_filter = ("curated",)
    search_fields = ("name", "domain")
    ordering = ("name",)
