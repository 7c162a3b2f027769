"""An actor that somebody typed: by the slug of its address, or by a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from claims.models import Actor, FormerSlug
from claims.models.limits import NAME
from claims.pages.found import named, stances_of_actors
from claims.search import parse
from claims.selectors import canonical

#: So many actors are offered where the words fit several.
OFFERED: Final = 8
#: So many names are offered before anything is typed.
LISTED: Final = 200


@dataclass(frozen=True, slots=True)
class Picked:
    """What was typed, the actor that it means, None where that is open, and then the actors that it may mean."""

    text: str
    actor: Actor | None = None
    candidates: tuple[Actor, ...] = ()


def pick(request: HttpRequest, text: str) -> Picked:
    """The actor that ``text`` means: a slug, a former one, a whole name, or words that only one actor's names have.

    A merged actor's slug or name means the one that stays.
    """
    text = text.replace("\0", "").strip()[:NAME]
    actor = Actor.objects.filter(slug=text).select_related("merged_into").first()
    if actor is None:
        former = FormerSlug.objects.filter(actor__isnull=False, slug=text).select_related("actor__merged_into").first()
        actor = former.actor if former else None
    if actor is not None:
        return Picked(text, canonical(actor))
    names = named(request, parse(text, beginnings=1))
    whole = [key for key, found in names.items() if text.casefold() in {name.casefold() for name in found}]
    numbers = stances_of_actors(request) if names else {}
    keys = sorted(whole or names, key=lambda key: (-numbers.get(key, 0), key))[:OFFERED]
    rows = Actor.objects.in_bulk(keys)
    found = tuple(rows[key] for key in keys if key in rows)
    return Picked(text, found[0]) if len(found) == 1 else Picked(text, candidates=found)


def listed_names(request: HttpRequest) -> list[str]:
    """The names of the actors with most stances, for a field to offer while somebody types."""
    numbers = stances_of_actors(request)
    most = sorted(numbers, key=lambda key: (-numbers[key], key))[:LISTED]
    return sorted(Actor.objects.filter(pk__in=most).values_list("name", flat=True))
