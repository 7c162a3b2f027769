"""Which stances a visitor may see, and which of them they asked for."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from claims.extraction.types import Act, ActorKind, Side
from claims.models import Actor, StanceQuerySet
from claims.models.constraints import choices
from claims.selectors import Representation, represented_by, visible_stances

JUDGED = "judged"


def may_see_unjudged(request: HttpRequest) -> bool:
    """Whether the visitor sees what nobody has judged yet: the public does not."""
    return request.user.is_authenticated


def readable_stances(request: HttpRequest) -> StanceQuerySet:
    """All stances that the visitor may see."""
    return _readable(request, visible_stances())


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


class RollupFilter(StanceFilter):
    """The same on the page of an actor, and whose stances beside the actor's own: of whom, and how far down."""

    DEPTHS = (
        ("0", "nobody"),
        ("1", "its bodies and offices"),
        ("2", "and those of its bodies"),
        ("3", "and one step further"),
    )
    DEFAULT_DEPTH = 2

    rollup = forms.ChoiceField(label="Speaking for it", choices=DEPTHS, required=False)
    by = forms.ChoiceField(
        label="Of these",
        choices=[("", "people and bodies"), ("people", "people in office"), ("bodies", "bodies")],
        required=False,
    )

    def __init__(self, request: HttpRequest, actor: Actor) -> None:
        super().__init__(request)
        self.actor = actor
        self.data = request.GET.copy()
        self.data.setdefault("rollup", str(self.DEFAULT_DEPTH))
        if actor.kind == ActorKind.PERSON:
            del self.fields["rollup"], self.fields["by"]

    def representation(self) -> Representation:
        """Who speaks for the actor, as far as the address asks; where it asks for what is none, as if it did not."""
        asked, by = str(self.data["rollup"]), self.data.get("by")
        depth = int(asked) if asked in dict(self.DEPTHS) else self.DEFAULT_DEPTH
        return represented_by(self.actor, depth, bodies=by != "people", people=by != "bodies")


class ActorFilter(forms.Form):
    """Which actors to list, as the address says it."""

    q = forms.CharField(label="Name", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(choices=[("", "every kind"), *choices(ActorKind)], required=False)
    all = forms.BooleanField(label="also those without stances", required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET, auto_id="filter-%s", label_suffix="")
