"""What the machine read, as a coding like those of people."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from typing import Any

from claims.coding.fields import CODES, FLAGS
from claims.extraction.types import Act, Quotation, Side
from claims.models import Actor, Coding, FormerSlug, Stance
from claims.review.correct import SPANS

_KNOWN: dict[str, type[enum.StrEnum]] = {"act": Act, "side": Side, "quotation": Quotation}


def machine_codings(stances: Iterable[Stance]) -> dict[int, Coding]:
    """The machine's reading of each of ``stances`` by key, without a unit yet.

    It is what extraction gave, kept beside what people made of the stance since; of a stance that still is the
    machine's, what stands in it. A stance that a person added has none. Two queries.
    """
    rows = list(stances)
    slugs = {slug for each in rows if (slug := each.extracted.get("actor_slug"))}
    actors: dict[str, int] = {
        **dict(FormerSlug.objects.filter(slug__in=slugs, actor__isnull=False).values_list("slug", "actor")),
        **dict(Actor.objects.filter(slug__in=slugs).values_list("slug", "pk")),
    }
    return {each.pk: coding for each in rows if (coding := _coding(each, actors))}


def _coding(stance: Stance, actors: Mapping[str, int]) -> Coding | None:
    record: Mapping[str, Any] = stance.extracted
    if record.get("spans"):
        return Coding(
            verdict=Coding.Verdict.STANCE,
            actor_id=actors.get(record.get("actor_slug") or ""),
            **{name: _code(name, record.get(name)) for name in CODES},
            **{name: bool(record.get(name)) for name in FLAGS},
            **_offsets(record["spans"]),
        )
    if stance.run_id is None or stance.state != Stance.State.PENDING:
        return None
    return Coding(
        verdict=Coding.Verdict.STANCE,
        actor_id=stance.actor_id,
        **{name: getattr(stance, name) for name in (*CODES, *FLAGS)},
        **{f"{span}_{end}": getattr(stance, f"{span}_{end}") for span in SPANS for end in ("start", "end")},
    )


def _code(name: str, value: object) -> str:
    """``value`` where the list of codes has it: records of other versions may have other codes."""
    return str(value) if value in set(_KNOWN[name]) else ""


def _offsets(spans: Mapping[str, Any]) -> dict[str, int | None]:
    columns: dict[str, int | None] = {}
    for span in SPANS:
        columns[f"{span}_start"], columns[f"{span}_end"] = spans.get(span) or (None, None)
    return columns
