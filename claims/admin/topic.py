"""Topics in the admin."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import CuratedAdmin
from claims.admin.exchange import ExchangeMixin
from claims.exchange.resources import TopicResource
from claims.models import Topic


@admin.register(Topic)
class TopicAdmin(ExchangeMixin, CuratedAdmin):
    """The issues that analysts follow."""

    resource_classes = (TopicResource,)
    list_display = ("name", "description", "curated")
    list_filter = ("curated",)
    search_fields = ("name", "description")
    ordering = ("name",)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Topic | None = None) -> dict[str, Sequence[str]]:
        """A new topic's slug follows its name; an old one's stays, since addresses have it."""
        return {"slug": ("name",)} if obj is None else {}
