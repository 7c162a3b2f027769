"""Which stances a visitor may see, and which of them they chose to."""

from __future__ import annotations

import enum

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from claims.extraction.types import ActorKind
from claims.models import StanceQuerySet
from claims.models.words import choices
from claims.selectors import visible_stances

#: Where the session keeps what somebody chose for all pages.
CHOICE = "showing"


class Showing(enum.StrEnum):
    """What people made of the stances that a page shows."""

    ALL = "all"
    JUDGED = "judged"
    UNJUDGED = "unjudged"


def may_see_unjudged(request: HttpRequest) -> bool:
    """Whether the visitor may see what nobody has judged yet: the public may not."""
    return request.user.is_authenticated


def showing(request: HttpRequest) -> Showing:
    """What the visitor sees: what the address says, otherwise what they chose for all pages; the public what is judged.

    What the address says of it and means nothing counts as nothing said.
    """
    if not may_see_unjudged(request):
        return Showing.JUDGED
    asked = request.GET.get("show") or request.session.get(CHOICE, "")
    return Showing(asked) if asked in list(Showing) else Showing.ALL


def sees_unjudged(request: HttpRequest) -> bool:
    """Whether figures and lists count for the visitor what nobody has judged."""
    return showing(request) is not Showing.JUDGED


def allowed_stances(request: HttpRequest) -> StanceQuerySet:
    """All stances that the visitor may see, whatever they chose to see: what filters start from."""
    return visible_stances() if may_see_unjudged(request) else visible_stances().judged()


def readable_stances(request: HttpRequest) -> StanceQuerySet:
    """The stances that the visitor may see and chose to: what figures are counted from."""
    return visible_stances() if sees_unjudged(request) else visible_stances().judged()


def newest_first(stances: StanceQuerySet) -> StanceQuerySet:
    """``stances`` by the day of their article, then in the order of its text."""
    return stances.order_by("-article__published_on", "-article_id", "content_start", "pk")


class ActorFilter(forms.Form):
    """Which actors to list, as the address says it."""

    q = forms.CharField(
        label=gettext_lazy("Name"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("every kind")), *choices(ActorKind)], required=False
    )
    all = forms.BooleanField(label=gettext_lazy("also those without stances"), required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET, auto_id="filter-%s", label_suffix="")
