"""The form of a stance: what a person may correct, and the words of its evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.admin.versions import VersionedForm
from claims.admin.words import locate, same_words
from claims.models import Role, Stance, limits
from claims.review.correct import FIELDS, SPANS, different_columns

ACCEPT, REJECT, REOPEN = "_accept", "_reject", "_reopen"
DECISIONS = (ACCEPT, REJECT, REOPEN)
#: An offset in an article has no more digits.
MOST_DIGITS = 9


def selected_at(data: Any, span: str, *, otherwise: int) -> int:
    """Where in the article somebody selected the words of ``span``, as the page reports it; ``otherwise`` if it didn't.

    It only tells several places with the same words apart: browsers count some characters otherwise.
    """
    at = data.get(f"{span}_at", "")
    return int(at) if at.isascii() and at.isdigit() and len(at) <= MOST_DIGITS else otherwise


class StanceForm(VersionedForm):
    """Fields and words of a stance. It saves nothing itself: ``claims.review`` does, and writes down who decided."""

    mention_words = forms.CharField(
        required=False, strip=False, label="Mention", help_text="The words that name the actor; may be empty."
    )
    cue_words = forms.CharField(strip=False, label="Cue", help_text="The words that express the act.")
    content_words = forms.CharField(
        strip=False,
        label="Content",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What is claimed, demanded or denied, in exactly the article's words.",
    )
    target_words = forms.CharField(
        required=False, strip=False, label="Target", help_text="What or whom the position is on; may be empty."
    )
    note = forms.CharField(
        required=False,
        max_length=limits.NOTE,
        label="Note or reason",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept with the decision. To reject a stance, say why.",
    )

    class Meta:
        model = Stance
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            # What the form calls a role names its organisation and its holder.
            roles: Any = self.fields["role"]
            roles.queryset = Role.objects.select_related("actor", "organisation")
        for span in SPANS:
            self.initial[f"{span}_words"] = getattr(self.instance, f"{span}_text")
        self.values: dict[str, Any] = {}

    @property
    def decision(self) -> str:
        """The button that was pressed, where it is one of ``DECISIONS``; "" for saving corrections."""
        return next((name for name in DECISIONS if name in self.data), "")

    def clean(self) -> dict[str, Any] | None:
        """Raises ``ValidationError`` on a conflict; notes what is wrong with the words and the stance as a whole."""
        cleaned = super().clean()
        stance = Stance.objects.select_related("article").get(pk=self.instance.pk)
        self.values = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        for span in SPANS:
            self._clean_span(stance, span)
        if not self.errors:
            try:
                different_columns(stance, self.values)
            except ValidationError as error:
                self.add_error(None, ValidationError(error.messages))
        if self.decision == REJECT and not self.cleaned_data.get("note", "").strip():
            self.add_error("note", "Say why the stance is rejected.")
        return cleaned

    def last_change(self, current: Any) -> tuple[str, Any]:
        """Who judged the stance last, and when."""
        judgement = current.judgements.select_related("user").order_by("-at", "-pk").first()
        return (str(judgement.user), judgement.at) if judgement else ("", None)

    def value_of(self, current: Any, name: str) -> Any:
        """What ``current`` has for the field ``name``; the words of a span for its field."""
        return super().value_of(current, f"{name.removesuffix('_words')}_text" if name.endswith("_words") else name)

    def _clean_span(self, stance: Stance, span: str) -> None:
        words = self.cleaned_data.get(f"{span}_words")
        if words is None or same_words(words, getattr(stance, f"{span}_text")):
            return
        if not words.strip():
            self.values[span] = None
            return
        start = getattr(stance, f"{span}_start")
        near = selected_at(self.data, span, otherwise=start if start is not None else stance.cue_start)
        try:
            self.values[span] = locate(stance.article.text, words.strip(), near=near)
        except ValidationError as error:
            self.add_error(f"{span}_words", error)
