"""How a stance came about: what the machine did, and what people decided, each change before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Actor, Claim, Judgement, Role, Run, Stance, StanceQuerySet
from claims.pages.cards import shortened

#: So many decisions about a stance are told, the latest.
DECISIONS: Final = 20
#: How much of a value is shown, in characters.
LONGEST: Final = 200
#: The fields that readers know, in their words; a span is told by its words, and what follows from others is left out.
FIELDS: Final = {
    "actor": gettext_lazy("actor"),
    "actor_as_printed": gettext_lazy("actor as printed"),
    "role": gettext_lazy("role"),
    "office": gettext_lazy("office"),
    "claim": gettext_lazy("claim"),
    "act": gettext_lazy("act"),
    "side": gettext_lazy("side"),
    "plover": gettext_lazy("event"),
    "target_actor": gettext_lazy("target’s actor"),
    "negated": gettext_lazy("negated"),
    "conditional": gettext_lazy("under a condition"),
    "future": gettext_lazy("about the future"),
    "quotation": gettext_lazy("quotation"),
    "said_on": gettext_lazy("said on"),
    "mention_text": gettext_lazy("words for the actor"),
    "cue_text": gettext_lazy("cue"),
    "content_text": gettext_lazy("content"),
    "target_text": gettext_lazy("target"),
}
#: The fields that hold the key of another row.
ROWS: Final[dict[str, type[models.Model]]] = {"actor": Actor, "target_actor": Actor, "claim": Claim, "role": Role}


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a decision changed, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided; who and why are "" for visitors whose business it is not."""

    at: dt.datetime
    word: str
    who: str
    why: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What the machine did (``run`` None where a person added the stance) and what people decided, the latest first."""

    run: Run | None
    rule: str
    decisions: tuple[Decision, ...]


def with_history(stances: StanceQuerySet) -> StanceQuerySet:
    """``stances`` with all rows that ``histories`` reads, in two queries more."""
    judgements = Judgement.objects.select_related("user").order_by("-at", "-pk")
    return stances.select_related("run").prefetch_related(Prefetch("judgements", judgements))


def histories(stances: Sequence[Stance], *, names: bool) -> list[History]:
    """The histories of ``stances`` (see ``with_history``), in the same order; with ``names`` also who decided and why.

    Takes a query for each sort of row that a decision put in place of another, three at most.
    """
    judgements = [list(stance.judgements.all())[:DECISIONS] for stance in stances]
    rows = _rows_of(each for several in judgements for each in several)
    return [
        History(
            run=stance.run,
            rule=stance.rule,
            decisions=tuple(
                Decision(
                    at=each.at,
                    word=each.get_decision_display(),
                    who=each.user.get_username() if names else "",
                    why=each.note if names else "",
                    changes=tuple(_changes(each, rows)),
                )
                for each in several
            ),
        )
        for stance, several in zip(stances, judgements, strict=True)
    ]


def _rows_of(judgements: Iterable[Judgement]) -> Mapping[tuple[type[models.Model], Any], str]:
    """The names of all rows that ``judgements`` put in place of one another."""
    keys: dict[type[models.Model], set[int]] = {}
    for judgement in judgements:
        for name in ROWS.keys() & judgement.changes.keys():
            values = {judgement.changes[name].get("before"), judgement.changes[name].get("after")}
            keys.setdefault(ROWS[name], set()).update(value for value in values if isinstance(value, int))
    return {
        (model, pk): str(row)
        for model, some in keys.items()
        for pk, row in model._default_manager.in_bulk(some).items()
    }


def _changes(judgement: Judgement, rows: Mapping[tuple[type[models.Model], Any], str]) -> Iterable[Change]:
    for name, label in FIELDS.items():
        if name in judgement.changes:
            change = judgement.changes[name]
            yield Change(str(label), *(_shown(name, change.get(side), rows) for side in ("before", "after")))


def _shown(name: str, value: Any, rows: Mapping[tuple[type[models.Model], Any], str]) -> str:
    """``value`` of the field ``name`` in words."""
    if value is None or value == "":
        return _("nothing")
    if name in ROWS:
        return shortened(rows.get((ROWS[name], value), _("a row that is gone")), LONGEST)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return shortened(str(value), LONGEST)
