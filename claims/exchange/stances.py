"""Stances as records of plain values, and streams of such records as CSV and JSON Lines.

Everything here works through a query in chunks and keeps none of it, so a million stances need no more memory than a
thousand.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from typing import Any

from claims.exchange.guard import guarded
from claims.exchange.streams import Echo
from claims.models import Actor, Addressee, ChainLink, Stance, StanceQuerySet
from claims.selectors import canonical

ROWS_AT_ONCE = 500
# What stands between several names in one cell.
BETWEEN = "; "

Record = dict[str, Any]


def records(stances: StanceQuerySet) -> Iterator[Record]:
    """Each of ``stances``, in their order, as a record: field names to texts, numbers, booleans, None or lists of them.

    Actors and claims are those that rows were merged into. Offsets count characters of the article's text.
    """
    rows = (
        stances.select_related(
            "article__outlet",
            "actor__merged_into",
            "claim__merged_into",
            "target_actor__merged_into",
            "role__organisation__merged_into",
            "run",
        )
        .prefetch_related("chain__actor__merged_into", "addressees__actor__merged_into")
        .defer("article__text", "extracted")
    )
    for stance in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield record(stance)


def record(stance: Stance) -> Record:
    """One stance as a record (see ``records``)."""
    article, run = stance.article, stance.run
    actor = canonical(stance.actor) if stance.actor else None
    claim = canonical(stance.claim) if stance.claim else None
    return {
        "stance": stance.pk,
        "actor": actor.slug if actor else "",
        "actor_name": actor.name if actor else "",
        "actor_as_printed": stance.actor_as_printed,
        "office": stance.office,
        "office_organisation": _slug(stance.role.organisation) if stance.role else "",
        "act": stance.act,
        "claim": claim.pk if claim else None,
        "claim_text": claim.text if claim else "",
        "side": stance.side,
        "plover": stance.plover or "",
        "target_actor": _slug(stance.target_actor),
        "negated": stance.negated,
        "conditional": stance.conditional,
        "future": stance.future,
        "quotation": stance.quotation,
        "chain": [_name(link) for link in stance.chain.all()],
        "addressees": [_name(addressee) for addressee in stance.addressees.all()],
        "said_on": stance.said_on.isoformat() if stance.said_on else "",
        **_evidence(stance),
        "confidence": stance.confidence,
        "state": stance.state,
        "article": article.sha256,
        "title": article.title,
        "published_on": article.published_on.isoformat(),
        "url": article.url,
        "outlet": article.outlet.name if article.outlet else "",
        "rule": stance.rule,
        "pipeline": f"{run.pipeline_name} {run.pipeline_version}".strip() if run else "",
        "version": stance.version,
    }


COLUMNS = (
    "stance",
    "actor",
    "actor_name",
    "actor_as_printed",
    "office",
    "office_organisation",
    "act",
    "claim",
    "claim_text",
    "side",
    "plover",
    "target_actor",
    "negated",
    "conditional",
    "future",
    "quotation",
    "chain",
    "addressees",
    "said_on",
    *(f"{span}_{part}" for span in ("mention", "cue", "content", "target") for part in ("text", "start", "end")),
    "confidence",
    "state",
    "article",
    "title",
    "published_on",
    "url",
    "outlet",
    "rule",
    "pipeline",
    "version",
)


def csv_lines(stances: StanceQuerySet) -> Iterator[str]:
    """``stances`` as lines of a CSV file (RFC 4180), header first; texts are guarded against formulas."""
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for each in records(stances):
        yield writer.writerow([cell(each[column]) for column in COLUMNS])


def json_lines(stances: StanceQuerySet) -> Iterator[str]:
    """``stances`` as lines of JSON, one object a line, texts exactly as they are stored."""
    for each in records(stances):
        yield f"{json.dumps(each, ensure_ascii=False)}\n"


FORMATS: dict[str, Callable[[StanceQuerySet], Iterator[str]]] = {"csv": csv_lines, "jsonl": json_lines}


def cell(value: object) -> str:
    """``value`` of a record as a cell of CSV, guarded against formulas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(BETWEEN.join(value) if isinstance(value, list) else value)


def _evidence(stance: Stance) -> Record:
    return {
        f"{span}_{part}": getattr(stance, f"{span}_{part}")
        for span in ("mention", "cue", "content", "target")
        for part in ("text", "start", "end")
    }


def _slug(actor: Actor | None) -> str:
    return canonical(actor).slug if actor else ""


def _name(row: ChainLink | Addressee) -> str:
    """The slug of the actor that ``row`` names, or its words while that is open."""
    return canonical(row.actor).slug if row.actor else row.as_printed
