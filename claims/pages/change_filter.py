"""Which changes of position to list, as the address says it."""

from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Actor, ClaimTopic, PositionChange, Topic
from claims.pages.picking import Picked, pick
from claims.selectors import merged_ids

CLAIM, TARGET = "claim", "target"


class ChangeFilter(forms.Form):
    """Whose changes, on which topic, on what, and on which days the later position was taken."""

    actor = forms.CharField(
        label=gettext_lazy("Actor"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "actor-names", "autocomplete": "off"}),
    )
    topic = forms.ModelChoiceField(
        Topic.objects.order_by("name"),
        label=gettext_lazy("Topic"),
        required=False,
        to_field_name="slug",
        empty_label=gettext_lazy("every topic"),
    )
    about = forms.ChoiceField(
        label=gettext_lazy("Change"),
        choices=[
            ("", gettext_lazy("on claims and targets")),
            (CLAIM, gettext_lazy("on a claim")),
            (TARGET, gettext_lazy("on a target")),
        ],
        required=False,
    )
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET, auto_id="filter-%s", label_suffix="")
        self.request = request
        self.picked = Picked("")

    @property
    def actor_asked(self) -> Actor | None:
        """Whose changes are asked for, None for everybody's; the form must have been checked."""
        return self.picked.actor

    def clean_actor(self) -> str:
        """What was typed. Raises ``ValidationError`` where it means no actor, or several."""
        text = str(self.cleaned_data["actor"])
        if text:
            self.picked = pick(self.request, text)
            if self.picked.candidates:
                raise forms.ValidationError(_("Several actors have these words in a name: choose one."))
            if self.picked.actor is None:
                raise forms.ValidationError(_("No actor has this name."))
        return text

    def apply(self, changes: QuerySet[PositionChange]) -> QuerySet[PositionChange]:
        """Those of ``changes`` that were asked for; none where the address asks for what does not exist."""
        if not self.is_valid():
            return changes.none()
        asked = self.cleaned_data
        if self.picked.actor is not None:
            changes = changes.filter(actor__in=merged_ids(self.picked.actor))
        if asked["topic"]:
            claims = ClaimTopic.objects.filter(topic=asked["topic"]).values("claim")
            changes = changes.filter(
                Q(topic=asked["topic"])
                | Q(claim__merged_into=None, claim__in=claims)
                | Q(claim__merged_into__in=claims)
            )
        if asked["about"]:
            changes = changes.filter(claim__isnull=asked["about"] == TARGET)
        if asked["since"]:
            changes = changes.filter(later_on__gte=asked["since"])
        if asked["until"]:
            changes = changes.filter(later_on__lte=asked["until"])
        return changes

    @property
    def is_asking(self) -> bool:
        """Whether anything is filtered."""
        return any(self.data.get(name) for name in self.fields)
