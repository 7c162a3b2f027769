"""The form of a stance that the machine missed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.sites import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError

from claims.admin.stance_form import selected_at
from claims.admin.words import locate
from claims.extraction.types import Act, Side
from claims.models import Actor, Article, Stance, limits
from claims.models.words import choices
from claims.review.correct import SPANS


class AddForm(forms.Form):
    """The words of a stance, selected in the text, and how they are meant."""

    prefix = "add"

    content_words = forms.CharField(
        strip=False, label="Content", widget=forms.Textarea(attrs={"rows": 2}), help_text="What is claimed or wanted."
    )
    cue_words = forms.CharField(strip=False, label="Cue", help_text="The words that express the act.")
    mention_words = forms.CharField(
        required=False, strip=False, label="Mention", help_text="The words that name the actor; may be empty."
    )
    target_words = forms.CharField(required=False, strip=False, label="Target", help_text="May be empty.")
    actor = forms.ModelChoiceField(queryset=Actor.objects.all(), required=False)
    act = forms.ChoiceField(choices=[("", "not known"), *choices(Act)], required=False)
    side = forms.ChoiceField(choices=[("", "not known"), *choices(Side)], required=False)
    note = forms.CharField(required=False, max_length=limits.NOTE)

    def __init__(self, *args: Any, article: Article, site: AdminSite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        field: Any = Stance._meta.get_field("actor")
        actors: Any = self.fields["actor"]
        actors.widget = AutocompleteSelect(field, site)
        actors.widget.choices = actors.choices
        self.values: dict[str, Any] = {}

    def clean(self) -> dict[str, Any] | None:
        """Find the words in the article, and note where they are not in it or neither actor nor mention is given."""
        cleaned = super().clean()
        actor = self.cleaned_data.get("actor")
        named = self.cleaned_data.get("mention_words", "").strip() or (actor.name if actor else "")
        if not named:
            self.add_error(None, "Say who: select the words that name the actor, or choose one.")
        self.values = {
            "actor": actor,
            "actor_as_printed": named[: limits.PRINTED],
            "act": self.cleaned_data.get("act", ""),
            "side": self.cleaned_data.get("side", ""),
        }
        for span in sorted(SPANS, key=lambda span: span != "content"):
            words = self.cleaned_data.get(f"{span}_words", "").strip()
            if words:
                self._find(span, words)
        return cleaned

    def _find(self, span: str, words: str) -> None:
        near = self.values["content"][0] if "content" in self.values else 0
        try:
            self.values[span] = locate(
                self.article.text, words, near=selected_at(self.data, f"{self.prefix}-{span}", otherwise=near)
            )
        except ValidationError as error:
            self.add_error(f"{span}_words", error)
