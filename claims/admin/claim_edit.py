"""The log of edits of claims in the admin, and the page that undoes one."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from claims.admin.base import ReadOnlyAdmin, user_of
from claims.admin.claim_tools import attempt, page
from claims.admin.versions import in_words
from claims.models import Claim, ClaimEdit
from claims.review import undo_edit
from claims.review.claim_locks import MERGE, RENAME

#: How many edits the page of a claim shows.
SHOWN = 20


@admin.register(ClaimEdit)
class ClaimEditAdmin(ReadOnlyAdmin):
    """Who merged, split, moved and renamed what, newest first."""

    change_form_template = "admin/claims/claimedit/change_form.html"
    list_display = ("kind", "summary", "user", "at", "undone_by", "undone_at")
    list_display_links = ("kind", "summary")
    list_filter = ("kind",)
    list_select_related = ("user", "undone_by")
    search_fields = ("summary",)
    fields = ("kind", "summary", "claim", "other", "user", "at", "undone_by", "undone_at", "changes_in_words")
    readonly_fields = ("changes_in_words",)
    ordering = ("-at", "-pk")

    @admin.display(description="changes")
    def changes_in_words(self, edit: ClaimEdit) -> SafeString | str:
        """What the edit changed, counted by noun, and the columns of claims before and after."""
        return changes_in_words(edit)

    def get_urls(self) -> list[URLPattern]:
        """The addresses of all nouns, and that of the undo."""
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<int:key>/undo/", view, name="claims_claimedit_undo"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The edit, with the way to undo it for who may."""
        edit = self.get_object(request, object_id)
        may_undo = edit is not None and edit.undone_at is None and may_edit(request, edit)
        return super().change_view(request, object_id, form_url, {"may_undo": may_undo, **(extra_context or {})})

    def undo_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Say what undoing would restore (GET), and do it (POST). Raises ``PermissionDenied`` for who may not."""
        edit = get_object_or_404(ClaimEdit.objects.select_related("claim", "other", "user", "undone_by"), pk=key)
        if not may_edit(request, edit):
            raise PermissionDenied
        if request.method == "POST":
            done = attempt(request, lambda: undo_edit(edit, user=user_of(request)))
            if done is not None:
                messages.success(request, f"The {edit.get_kind_display()} is undone: {edit.summary}.")
                return HttpResponseRedirect(reverse("admin:claims_claimedit_change", args=[edit.pk]))
        context = {"edit": edit, "changes": changes_in_words(edit)}
        return page(self, request, "claimedit/undo", f"Undo this {edit.get_kind_display()}?", context)


def may_edit(request: HttpRequest, edit: ClaimEdit) -> bool:
    """Whether the person may undo ``edit``: whoever may do it, whoever did it."""
    return request.user.has_perm(RENAME if edit.kind == ClaimEdit.Kind.RENAME else MERGE)


def changes_in_words(edit: ClaimEdit) -> SafeString:
    """What ``edit`` changed, a line each: texts before and after, the other rows counted by noun."""
    lines: list[SafeString | str] = [
        format_html("Text: {} to {}", in_words(entry["before"]["text"]), in_words(entry["after"]["text"]))
        for entry in edit.changes
        if entry["model"] == "claim" and entry["before"] is not None and "text" in entry["before"]
    ]
    counts = Counter((entry["model"], entry["before"] is None) for entry in edit.changes)
    for (name, is_new), count in counts.items():
        options = apps.get_model("claims", name)._meta
        noun = options.verbose_name if count == 1 else options.verbose_name_plural
        lines.append(f"{count:,} {noun} {'added' if is_new else 'changed'}")
    return format_html('<ul class="changes">{}</ul>', format_html_join("", "<li>{}</li>", ((each,) for each in lines)))


def log_of(claim: Claim) -> SafeString | str:
    """The latest edits of ``claim``, each with a link to it."""
    edits = ClaimEdit.objects.filter(Q(claim=claim) | Q(other=claim)).select_related("user", "undone_by")
    lines = [
        (
            reverse("admin:claims_claimedit_change", args=[edit.pk]),
            capfirst(edit.get_kind_display()),
            edit.summary,
            edit.user,
            f"{edit.at:%-d %B %Y}",
            f"; undone by {edit.undone_by}" if edit.undone_by else "",
        )
        for edit in edits.order_by("-at", "-pk")[:SHOWN]
    ]
    if not lines:
        return "–"
    return format_html(
        '<ul class="changes">{}</ul>',
        format_html_join("", '<li><a href="{}">{}</a>: <bdi>{}</bdi> <small>({}, {}{})</small></li>', lines),
    )
