"""Aliases in the admin."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.base import AddOnlyInline, CuratedAdmin
from claims.admin.exchange import ExchangeMixin
from claims.exchange.resources import AliasResource
from claims.models import Alias


@admin.register(Alias)
class AliasAdmin(ExchangeMixin, CuratedAdmin):
    """The names that actors go by."""

    resource_classes = (AliasResource,)
    list_display = ("text", "actor", "kind", "valid_from", "valid_until", "curated")
    list_filter = ("kind", "curated")
    list_select_related = ("actor",)
    search_fields = ("text",)
    autocomplete_fields = ("actor",)
    ordering = ("text", "pk")


class AliasInline(AddOnlyInline):
    """The names of one actor."""

    model = Alias
    fields = ("text", "kind", "valid_from", "valid_until")
    ordering = ("text", "pk")
