"""Who speaks for an actor on its page, in which office, and how often."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Coalesce
from django.urls import reverse

from claims.models import StanceQuerySet
from claims.pages.cards import Name
from claims.selectors import Representation

SPEAKERS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Speaker:
    """A body, or somebody in an office, with the number of their stances."""

    actor: Name
    office: str
    office_in: str
    number: int


def speakers_of(stances: StanceQuerySet, representation: Representation) -> list[Speaker]:
    """Who takes ``stances`` for the actor of ``representation``, those with most of them first."""
    if not representation.bodies and not representation.offices:
        return []
    others = stances.exclude(actor__in=representation.own).select_related(None).order_by()
    name, slug = (Coalesce(f"actor__merged_into__{field}", f"actor__{field}") for field in ("name", "slug"))
    counted = others.values_list(name, slug, "role__title", "role__organisation__name").annotate(number=Count("pk"))
    rows = counted.order_by("-number", name, "role__title")[:SPEAKERS_SHOWN]
    return [
        Speaker(Name(text, reverse("actor", args=[short])), title or "", organisation or "", number)
        for text, short, title, organisation, number in rows
    ]
