"""Which stances a visitor may see, and which of them they asked for."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from claims.extraction.types import Act, ActorKind, Side
from claims.models import Actor, StanceQuerySet
from claims.models.constraints import choices
from claims.selectors import stances_of, visible_stances

JUDGED = "judged"


def may_see_unjudged(request: HttpRequest) -> bool:
    """Whether the visitor sees what nobody has judged yet: the public does not."""
    return request.user.is_authenticated


def readable_stances(request: HttpRequest) -> StanceQuerySet:
    """All stances that the visitor may see."""
    return _readable(request, visible_stances())


def readable_stances_of(request: HttpRequest, actor: Actor) -> StanceQuerySet:
    """The stances of ``actor`` that the visitor may see."""
    return _readable(request, stances_of(actor))


def _readable(request: HttpRequest, stances: StanceQuerySet) -> StanceQuerySet:
    return stances if may_see_unjudged(request) else stances.judged()


def newest_first(stances: StanceQuerySet) -> StanceQuerySet:
    """``stances`` by the day of their article, then in the order of its text."""
    return stances.order_by("-article__published_on", "-article_id", "content_start", "pk")


class StanceFilter(forms.Form):
    """What of a list of stances to show, as the address says it; empty fields show everything."""

    act = forms.ChoiceField(choices=[("", "every act"), *choices(Act)], required=False)
    side = forms.ChoiceField(choices=[("", "every side"), *choices(Side), ("open", "side not known")], required=False)
    show = forms.ChoiceField(label="Judged", choices=[("", "judged or not"), (JUDGED, "judged only")], required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET, auto_id="filter-%s", label_suffix="")
        if not may_see_unjudged(request):
            del self.fields["show"]

    def apply(self, stances: StanceQuerySet) -> StanceQuerySet:
        """Those of ``stances`` that were asked for; none where the address asks for what does not exist."""
        if not self.is_valid():
            return stances.none()
        asked = self.cleaned_data
        if asked["act"]:
            stances = stances.filter(act=asked["act"])
        if asked["side"]:
            stances = stances.filter(side="" if asked["side"] == "open" else asked["side"])
        if asked.get("show") == JUDGED:
            stances = stances.judged()
        return stances

    @property
    def is_asking(self) -> bool:
        """Whether anything is filtered."""
        return any(self.data.get(name) for name in self.fields)


class ActorFilter(forms.Form):
    """Which actors to list, as the address says it."""

    q = forms.CharField(label="Name", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(choices=[("", "every kind"), *choices(ActorKind)], required=False)
    all = forms.BooleanField(label="also those without stances", required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET, auto_id="filter-%s", label_suffix="")
