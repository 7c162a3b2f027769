"""Writes actor facts in the one form that a generated file has, so that the same facts give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from claims.extraction.types import ActorFact, AliasFact, RoleFact


def as_lines(actors: Iterable[ActorFact]) -> str:
    """Return one JSON line an actor, ordered by slug; fields that say nothing are left out."""
    ordered = sorted(actors, key=lambda actor: actor.slug)
    return "".join(json.dumps(_record(actor), ensure_ascii=False) + "\n" for actor in ordered)


def _record(actor: ActorFact) -> dict[str, Any]:
    record = {
        "slug": actor.slug,
        "name": actor.name,
        "kind": actor.kind.value,
        "pronoun": actor.pronoun,
        "part_of": actor.part_of,
        "wikidata_id": actor.wikidata_id,
        "description": actor.description,
        "aliases": [_alias(alias) for alias in actor.aliases],
        "roles": [_role(role) for role in actor.roles],
    }
    return {key: value for key, value in record.items() if value}


def _alias(alias: AliasFact) -> dict[str, Any]:
    return {"text": alias.text, "kind": alias.kind.value} | _period(alias)


def _role(role: RoleFact) -> dict[str, Any]:
    return {"title": role.title, "organisation": role.organisation} | _period(role)


def _period(fact: AliasFact | RoleFact) -> dict[str, str]:
    dates = {"from": fact.valid_from, "until": fact.valid_until}
    return {key: date.isoformat() for key, date in dates.items() if date}
