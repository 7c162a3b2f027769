"""Topics in the admin: their patterns with a preview of what they would gather."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.forms import Media, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from claims.admin.base import CuratedAdmin
from claims.admin.exchange import ExchangeMixin
from claims.admin.versions import VersionedForm
from claims.exchange.resources import TopicResource
from claims.models import Claim, Topic
from claims.models.topic import validate_patterns
from claims.topics.assign import assign
from claims.topics.preview import preview

#: Up to so many claims a saved topic is assigned at once; with more it waits for ``manage.py assign_topics``.
ASSIGNED_AT_ONCE = 20_000
#: The longest list of patterns, in characters.
LONGEST = 20_000
#: The key of a row, as an address or a form has it.
KEY = re.compile(r"[0-9]{1,18}")


class PatternsField(forms.CharField):
    """A list of patterns, one a line."""

    widget = forms.Textarea

    def __init__(self) -> None:
        super().__init__(
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 12, "cols": 60, "spellcheck": "false"}),
            help_text=(
                "One a line. A word or phrase fits in all its forms: “sanction on Russia” finds “sanctions on "
                "Russia”. Words in capitals (WHO) are found in capitals only. “+” joins what may stand apart: "
                "“sanction + Iran”. “@taiwan” is the actor with that slug, holding a position or being what one is on."
            ),
        )

    def prepare_value(self, value: Any) -> Any:
        """The list as lines."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The lines as a list, each once."""
        return lines(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        """Raises ``ValidationError`` where a line is no pattern."""
        validate_patterns(value)

    def run_validators(self, value: Any) -> None:
        """Raises ``ValidationError`` where the list is too long."""
        super().run_validators("\n".join(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lines are other ones."""
        return list(initial or []) != lines(data or "")


def lines(typed: str) -> list[str]:
    """The lines of ``typed`` that have something in them, each once."""
    return list(dict.fromkeys(" ".join(line.split()) for line in typed.splitlines() if line.strip()))


class TopicForm(VersionedForm):
    """A topic, with its patterns one a line."""

    patterns = PatternsField()

    class Meta:
        widgets: ClassVar[dict[str, forms.Widget]] = {"description": forms.Textarea(attrs={"rows": 2, "cols": 60})}


@admin.register(Topic)
class TopicAdmin(ExchangeMixin, CuratedAdmin):
    """The issues that analysts follow."""

    form = TopicForm
    change_form_template = "admin/claims/topic/change_form.html"
    resource_classes = (TopicResource,)
    list_display = ("name", "description", "claims_in_it", "curated")
    list_filter = ("curated",)
    search_fields = ("name", "description")
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        """The topics, with how many claims belong to them."""
        return super().get_queryset(request).annotate(number=Count("claim_topics"))

    @admin.display(description="claims")
    def claims_in_it(self, topic: Topic) -> int:
        """How many claims belong to the topic."""
        number: int = getattr(topic, "number")  # noqa: B009 - annotated in the query
        return number

    @property
    def media(self) -> Media:
        """The styles of all nouns, and what shows the preview while one types."""
        return super().media + Media(js=("claims/topic-preview.js",))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Topic | None = None) -> dict[str, Sequence[str]]:
        """A new topic's slug follows its name; an old one's stays, since addresses have it."""
        return {"slug": ("name",)} if obj is None else {}

    def get_urls(self) -> list[URLPattern]:
        """The addresses of all nouns, and that of the preview."""
        view = self.admin_site.admin_view(require_POST(self.preview_view))
        return [path("preview/", view, name="claims_topic_preview"), *super().get_urls()]

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """Show what the patterns that are posted would gather: a page of its own, or a part for the script to show.

        Raises ``PermissionDenied`` for who may neither add nor change topics.
        """
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        topic = request.POST.get("topic", "")
        found = preview(lines(request.POST.get("patterns", "")[:LONGEST]), int(topic) if KEY.fullmatch(topic) else None)
        is_part = request.headers.get("X-Requested-With") == "fetch"
        template = "preview_part" if is_part else "preview"
        context = {**self.admin_site.each_context(request), "title": "What the patterns fit", "preview": found}
        return render(request, f"admin/claims/topic/{template}.html", context)

    def save_model(self, request: HttpRequest, obj: Topic, form: ModelForm[Any], change: bool) -> None:
        """Save the topic; where its patterns changed, assign claims anew, at once if there are not too many."""
        super().save_model(request, obj, form, change)
        if "patterns" not in form.changed_data:
            return
        claims = list(Claim.objects.order_by("pk").values_list("pk", flat=True)[: ASSIGNED_AT_ONCE + 1])
        if len(claims) > ASSIGNED_AT_ONCE:
            messages.info(request, "Claims get their new assignments with the next manage.py assign_topics.")
            return
        assigned = assign(claims, topics=[obj.pk])
        messages.info(request, f"Claims put into the topic: {assigned.added:,}; taken out: {assigned.removed:,}.")
