"""Judgements in the admin: the history of what people decided."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, ReadOnlyInline
from claims.admin.versions import in_words
from claims.models import Actor, Claim, Judgement, Role, Stance


class _ChangesInWords:
    """Shows what a judgement changed."""

    @admin.display(description="changes")
    def changes_in_words(self, judgement: Judgement) -> SafeString | str:
        """Each field that the judgement changed: name, before, after."""
        lines = [(line,) for line in lines_of(judgement)]
        if not lines:
            return "–"
        return format_html('<ul class="changes">{}</ul>', format_html_join("", "<li>{}</li>", lines))


def lines_of(judgement: Judgement) -> list[str]:
    """Each field that ``judgement`` changed in words, with what it held before and after; the state is left out."""
    return [
        f"{_field_name(name)}: {_shown(name, change.get('before'))} to {_shown(name, change.get('after'))}"
        for name, change in judgement.changes.items()
        if name != "state" and not name.endswith(("_start", "_end"))
    ]


def _field_name(name: str) -> str:
    return str(getattr(Stance._meta.get_field(name), "verbose_name", name)).removesuffix(" text")


def _shown(name: str, value: Any) -> str:
    model = {"actor": Actor, "target_actor": Actor, "claim": Claim, "role": Role}.get(name)
    if model is None or value is None:
        return in_words(value)
    row = model._default_manager.filter(pk=value).first()
    return in_words(str(row) if row else f"a {model._meta.verbose_name} that is gone")


@admin.register(Judgement)
class JudgementAdmin(_ChangesInWords, ReadOnlyAdmin):
    """Who decided what about which stance, newest first."""

    list_display = ("stance", "decision", "user", "at", "note", "blind")
    list_filter = ("decision", "blind")
    list_select_related = ("stance", "user")
    fields = ("stance", "user", "decision", "changes_in_words", "note", "at", "blind")
    readonly_fields = fields
    ordering = ("-at", "-pk")


class JudgementInline(_ChangesInWords, ReadOnlyInline):
    """The history of one stance."""

    model = Judgement
    verbose_name_plural = "history"
    fields = ("decision", "user", "at", "changes_in_words", "note")
    readonly_fields = fields
    ordering = ("-at", "-pk")
    show_change_link = False
