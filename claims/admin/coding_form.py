"""The form of a coding: what a coder says of a stance, chosen on purpose in every field."""

from __future__ import annotations

import enum
from typing import Any, Final

from django import forms
from django.contrib.admin.sites import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.admin.stance_form import selected_at
from claims.admin.words import locate
from claims.coding.fields import CODES, FIELDS, FLAGS
from claims.extraction.types import Act, Quotation, Side
from claims.models import Actor, Coding, CodingUnit, Stance, limits
from claims.models.words import choices
from claims.review.correct import SPANS

#: Not known is chosen; what is not chosen is nothing yet.
UNKNOWN: Final = "unknown"
NO_STANCE: Final = "_none"


def code_field(label: Any, values: type[enum.StrEnum]) -> forms.ChoiceField:
    """A choice of ``values``, "not known" among them, and of nothing to begin with."""
    offered = [("", "---------"), (UNKNOWN, _("not known")), *choices(values)]
    return forms.ChoiceField(label=label, choices=offered, required=False)


class CodingForm(forms.Form):
    """The fields and words of a coding; ``values`` are what ``claims.coding`` takes, None for no stance."""

    actor = forms.ModelChoiceField(
        label=_("Actor"),
        queryset=Actor.objects.all(),
        required=False,
        help_text=_("Empty where the text leaves open who it is, or where nobody here bears the name."),
    )
    act = code_field(_("Act"), Act)
    side = code_field(_("Side"), Side)
    quotation = code_field(_("Quotation"), Quotation)
    negated = forms.BooleanField(label=_("Negated"), required=False)
    conditional = forms.BooleanField(label=_("Conditional"), required=False)
    future = forms.BooleanField(label=_("Future"), required=False)
    content_words = forms.CharField(
        label=_("Content"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    cue_words = forms.CharField(label=_("Cue"), required=False, strip=False)
    mention_words = forms.CharField(
        label=_("Mention"), required=False, strip=False, help_text=_("Empty where the passage names nobody.")
    )
    target_words = forms.CharField(
        label=_("Target"), required=False, strip=False, help_text=_("Empty where nothing stands out.")
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=limits.NOTE, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, unit: CodingUnit, site: AdminSite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.text = unit.stance.article.text
        field: Any = Stance._meta.get_field("actor")
        actors: Any = self.fields["actor"]
        actors.widget = AutocompleteSelect(field, site)
        actors.widget.choices = actors.choices
        self.values: dict[str, Any] | None = None

    @property
    def says_no_stance(self) -> bool:
        """Whether the button for no stance was pressed; the fields then don't matter."""
        return NO_STANCE in self.data

    def clean(self) -> dict[str, Any] | None:
        """Find the words in the article, and note what is not chosen yet and what the article does not have."""
        cleaned = super().clean()
        if self.says_no_stance:
            return cleaned
        found = {name: self.value_of(name) for name in FIELDS}
        if not self.errors:
            self.values = found
        return cleaned

    def value_of(self, name: str) -> Any:
        """What was chosen for one of ``FIELDS``; notes what is not chosen, or not in the article."""
        if name in SPANS:
            return self._located(name)
        if name in CODES:
            chosen = self.cleaned_data.get(name, "")
            if not chosen and name not in self.errors:
                self.add_error(name, _("Choose one; “not known” is among them."))
            return "" if chosen == UNKNOWN else chosen
        return self.cleaned_data.get(name)

    def _located(self, span: str) -> tuple[int, int] | None:
        words = self.cleaned_data.get(f"{span}_words", "").strip()
        if not words:
            if span in ("cue", "content"):
                self.add_error(f"{span}_words", _("A stance has these words."))
            return None
        shown = getattr(self.unit, f"{span}_start", self.unit.cue_start)
        try:
            return locate(self.text, words, near=selected_at(self.data, span, otherwise=shown))
        except ValidationError as error:
            self.add_error(f"{span}_words", error)
            return None


def input_of(name: str) -> str:
    """The name of the form's field in which one of ``FIELDS`` is typed."""
    return f"{name}_words" if name in SPANS else name


def initial_of(coding: Coding | Stance | None, unit: CodingUnit) -> dict[str, Any]:
    """What the form starts from: ``coding``, the stance as it stands, or of ``unit`` the passage alone."""
    text = unit.stance.article.text
    if coding is None or (isinstance(coding, Coding) and coding.verdict != Coding.Verdict.STANCE):
        words = {f"{span}_words": _words(text, unit, span) for span in ("cue", "content")}
        return {**words, "note": coding.note if coding is not None else ""}
    return {
        "actor": coding.actor_id,
        **{name: getattr(coding, name) or UNKNOWN for name in CODES},
        **{name: getattr(coding, name) for name in FLAGS},
        **{f"{span}_words": _words(text, coding, span) for span in SPANS},
        "note": coding.note if isinstance(coding, Coding) else "",
    }


def _words(text: str, row: Coding | CodingUnit | Stance, span: str) -> str:
    start, end = getattr(row, f"{span}_start"), getattr(row, f"{span}_end")
    return text[start:end] if start is not None else ""
