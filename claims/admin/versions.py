"""No edit is lost: a form posts the version of the row it loaded, and is refused when the row has moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

LONGEST = 200


class VersionedForm(ModelForm):
    """A form for a row with a ``version``.

    Where somebody else saved the row meanwhile, the form says who, shows what is there now beside what was typed, keeps
    all input, and takes the newer version: saving once more is then a decision and no accident.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields.pop("version", None)
        elif "version" in self.fields:
            self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        """Raises ``ValidationError`` where the row is not the one that was loaded."""
        cleaned = super().clean()
        if self.instance.pk is not None and "version" in self.fields:
            self._require_same_version()
        return cleaned

    def _require_same_version(self) -> None:
        # The admin saves within the transaction that this lock belongs to.
        manager = type(self.instance)._default_manager
        current: Any = manager.select_for_update(of=("self",)).get(pk=self.instance.pk)
        if self.cleaned_data.get("version") == current.version:
            return
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix("version")] = str(current.version)  # type: ignore[index]
        told = [self._who(current), *self._differences(current)]
        raise ValidationError([ValidationError(each, code="conflict") for each in told])

    def _who(self, current: models.Model) -> str:
        who, when = self.last_change(current)
        at = f" at {date_format(timezone.localtime(when), 'j F Y, H:i')}" if when else ""
        return (
            f"{who or 'Somebody else'} changed this {current._meta.verbose_name}{at}, after you had opened it. Nothing "
            "of yours is saved yet; your input is kept below. Save again to put it in place of theirs, or open the "
            "page anew to start from theirs."
        )

    def last_change(self, current: models.Model) -> tuple[str, Any]:
        """Who changed ``current`` last, and when; "" and None where nobody knows."""
        entry = (
            LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(current), object_id=str(current.pk))
            .select_related("user")
            .first()
        )
        return (str(entry.user), entry.action_time) if entry else ("", None)

    def value_of(self, current: Any, name: str) -> Any:
        """What ``current`` has for the field ``name``. Raises ``AttributeError`` where that is no field of the row."""
        return getattr(current, name)

    def _differences(self, current: models.Model) -> list[str]:
        shown = []
        for name, field in self.fields.items():
            if name == "version" or name not in self.cleaned_data:
                continue
            try:
                theirs, mine = self.value_of(current, name), self.cleaned_data[name]
            except AttributeError:
                continue
            if theirs != mine:
                shown.append(f"{field.label or name}: now {in_words(theirs)}; you have {in_words(mine)}.")
        return shown


def in_words(value: object) -> str:
    """``value`` of a field for a message, in quotation marks and not too long."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"“{text}”" if len(text) <= LONGEST else f"“{text[:LONGEST]}...”"
