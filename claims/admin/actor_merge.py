"""Merges of actors in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from claims.actors.merging import PERMISSION, undo
from claims.admin.base import ReadOnlyAdmin
from claims.models import ActorMerge


@admin.register(ActorMerge)
class ActorMergeAdmin(ReadOnlyAdmin):
    """Which actors turned out to be one, and the way back."""

    change_form_template = "admin/claims/actormerge/change_form.html"
    actions = ("undo_selected",)
    list_display = ("source", "target", "user", "at", "undone_at")
    list_filter = (("undone_at", admin.EmptyFieldListFilter),)
    list_select_related = ("source", "target", "user")
    search_fields = ("source__name", "target__name")
    fields = ("source", "target", "what_followed", "user", "at", "undone_at")
    readonly_fields = fields
    ordering = ("-at", "-pk")

    def get_urls(self) -> list[URLPattern]:
        """The addresses of all nouns, and that of undoing."""
        view = self.admin_site.admin_view(require_POST(self.undo_view))
        return [path("<int:pk>/undo/", view, name="claims_actormerge_undo"), *super().get_urls()]

    def has_undo_permission(self, request: HttpRequest) -> bool:
        """Whether the person may undo merges."""
        return request.user.has_perm(PERMISSION)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Undo one merge. Raises ``PermissionDenied`` for who may not."""
        if not self.has_undo_permission(request):
            raise PermissionDenied
        self._undo(request, get_object_or_404(ActorMerge.objects.select_related("source", "target"), pk=pk))
        return redirect("admin:claims_actormerge_change", pk)

    @admin.action(description="Undo selected merges", permissions=["undo"])
    def undo_selected(self, request: HttpRequest, queryset: QuerySet[ActorMerge]) -> None:
        """Undo them all, the latest first."""
        for merged in queryset.select_related("source", "target").order_by("-at", "-pk"):
            self._undo(request, merged)

    def _undo(self, request: HttpRequest, merged: ActorMerge) -> None:
        user: Any = request.user
        try:
            undo(merged, user=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return
        self.log_change(request, merged, "Undone.")
        messages.success(request, f"{merged.source.name} is an actor of its own again.")

    @admin.display(description="what followed")
    def what_followed(self, merged: ActorMerge) -> SafeString | str:
        """How many rows of which sort followed the source when it was merged."""
        counts = [(number, label) for label, number in merged.moved.get("counts", {}).items() if number]
        return format_html_join("", "{} {}<br>", counts) or "–"
