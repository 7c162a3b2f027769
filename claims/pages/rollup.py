"""Whose stances stand on an actor's page beside its own: of whom, and how far down, as the address says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.extraction.types import ActorKind
from claims.models import Actor
from claims.pages.filter_kinds import Label
from claims.pages.filters import Select
from claims.selectors import Representation, represented_by

DEFAULT_DEPTH = 2
DEPTHS = (
    ("0", gettext_lazy("nobody")),
    ("1", gettext_lazy("its bodies and offices")),
    ("2", gettext_lazy("and those of its bodies")),
    ("3", gettext_lazy("and one step further")),
)
OF_THESE = (
    ("", gettext_lazy("people and bodies")),
    ("people", gettext_lazy("people in office")),
    ("bodies", gettext_lazy("bodies")),
)


@dataclass(frozen=True, slots=True)
class Rollup:
    """Who speaks for an actor as far as the address asks, and what the form asks about it: nothing for a person."""

    representation: Representation
    selects: tuple[Select, ...]


def rollup_of(request: HttpRequest, actor: Actor) -> Rollup:
    """The roll-up on the page of ``actor``; where the address asks for what is none, as if it did not, and an error."""
    depth, by = request.GET.get("rollup") or str(DEFAULT_DEPTH), request.GET.get("by", "")
    selects = (
        _select("rollup", _("Speaking for it"), DEPTHS, depth),
        _select("by", _("Of these"), OF_THESE, by),
    )
    known = int(depth) if depth in dict(DEPTHS) else DEFAULT_DEPTH
    representation = represented_by(actor, known, bodies=by != "people", people=by != "bodies")
    return Rollup(representation, () if actor.kind == ActorKind.PERSON else selects)


def _select(name: str, label: str, options: Sequence[tuple[str, Label]], chosen: str) -> Select:
    error = "" if chosen in dict(options) else _("%(filter)s: choose one of those listed.") % {"filter": label}
    return Select(name, label, [(value, str(text)) for value, text in options], chosen, error)
