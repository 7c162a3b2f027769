"""What people took out of topics, in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import BaseAdmin
from claims.models import ClaimTopicRemoval


@admin.register(ClaimTopicRemoval)
class ClaimTopicRemovalAdmin(BaseAdmin):
    """Which claim a person took out of which topic; deleting the memory lets patterns put it back."""

    list_display = ("claim", "topic", "user", "at")
    list_select_related = ("claim", "topic", "user")
    ordering = ("-pk",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Taking a claim out of a topic is what adds a row."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ClaimTopicRemoval | None = None) -> bool:
        """There is nothing in it to change."""
        return False
