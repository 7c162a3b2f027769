"""The assignment of claims to topics in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from claims.admin.base import BaseAdmin, TabularInline, user_of
from claims.models import ClaimTopic
from claims.topics import by_hand


@admin.register(ClaimTopic)
class ClaimTopicAdmin(BaseAdmin):
    """Which claim belongs to which topic; reached from the claim."""

    list_display = ("claim", "topic", "by_person")
    list_filter = ("by_person",)
    list_select_related = ("claim", "topic")
    autocomplete_fields = ("claim", "topic")
    readonly_fields = ("by_person",)
    ordering = ("-pk",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the index."""
        return False

    def save_model(self, request: HttpRequest, obj: ClaimTopic, form: ModelForm[Any], change: bool) -> None:
        """Save the assignment as a person's."""
        by_hand.put_in(obj)

    def delete_model(self, request: HttpRequest, obj: ClaimTopic) -> None:
        """Take the claim out of the topic for good."""
        by_hand.take_out(obj, user_of(request))


class ClaimTopicInline(TabularInline):
    """The topics of one claim: added and taken away as a whole, so there is nothing in a row to overwrite."""

    model = ClaimTopic
    extra = 0
    fields = ("topic", "by_person")
    readonly_fields = ("by_person",)
    autocomplete_fields = ("topic",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A row is added or taken away, never changed."""
        return False
