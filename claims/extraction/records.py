"""Stances as JSON records, and back: the form that leaves the program, crosses machines and is kept beside judgements.

A record begins with the fields of hand-marked stances (article, line, actor, mention, via, to, act, cue, content,
target, side), all in words, and goes on with everything else that extraction knows, offsets included.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from claims.extraction.types import (
    Act,
    ActorRef,
    ArticleText,
    ExtractedLink,
    ExtractedStance,
    Plover,
    Quotation,
    Side,
    Span,
)

Record = dict[str, Any]


def to_record(article: ArticleText, stance: ExtractedStance) -> Record:
    """The record of ``stance``, found in ``article``: plain values that JSON has, unknown ones None."""

    def words(span: Span | None) -> str | None:
        return article.text[span.start : span.end] if span else None

    return {
        "article": article.name,
        "line": stance.line,
        "actor": stance.actor.name,
        "mention": words(stance.actor.mention),
        "via": [link.actor.name for link in stance.chain],
        "to": [addressee.name for addressee in stance.addressees],
        "act": _value(stance.act),
        "cue": words(stance.cue),
        "content": words(stance.content),
        "target": words(stance.target),
        "side": _value(stance.side),
        "actor_slug": stance.actor.slug,
        "candidates": list(stance.actor.candidates),
        "spans": {
            "mention": _offsets(stance.actor.mention),
            "cue": _offsets(stance.cue),
            "content": _offsets(stance.content),
            "target": _offsets(stance.target),
        },
        "target_actor": _from_ref(stance.target_actor) if stance.target_actor else None,
        "chain": [
            {**_from_ref(link.actor), "cue": _offsets(link.cue), "act": _value(link.act)} for link in stance.chain
        ],
        "addressees": [_from_ref(addressee) for addressee in stance.addressees],
        "plover": _value(stance.plover),
        "negated": stance.negated,
        "conditional": stance.conditional,
        "future": stance.future,
        "quotation": stance.quotation.value,
        "said_on": stance.said_on.isoformat() if stance.said_on else None,
        "confidence": stance.confidence,
        "rule": stance.rule,
        "claim": stance.claim,
    }


def from_record(record: Mapping[str, Any]) -> ExtractedStance:
    """The stance that ``to_record`` gave ``record`` for.

    Raises KeyError, TypeError or ValueError where a field is missing or is not of its form.
    """
    spans = record["spans"]
    return ExtractedStance(
        line=record["line"],
        actor=ActorRef(record["actor"], record["actor_slug"], _span(spans["mention"]), tuple(record["candidates"])),
        cue=Span(*spans["cue"]),
        content=Span(*spans["content"]),
        act=Act(record["act"]) if record["act"] else None,
        side=Side(record["side"]) if record["side"] else None,
        target=_span(spans["target"]),
        target_actor=_to_ref(record["target_actor"]) if record["target_actor"] else None,
        addressees=tuple(map(_to_ref, record["addressees"])),
        chain=tuple(
            ExtractedLink(_to_ref(link), _span(link["cue"]), Act(link["act"]) if link["act"] else None)
            for link in record["chain"]
        ),
        # Records of earlier versions lack it.
        plover=Plover(record["plover"]) if record.get("plover") else None,
        negated=record["negated"],
        conditional=record["conditional"],
        future=record["future"],
        quotation=Quotation(record["quotation"]),
        said_on=dt.date.fromisoformat(record["said_on"]) if record["said_on"] else None,
        confidence=record["confidence"],
        rule=record["rule"],
        # Records of earlier versions lack it.
        claim=record.get("claim", ""),
    )


def _value(member: Act | Side | Plover | None) -> str | None:
    return member.value if member else None


def _offsets(span: Span | None) -> list[int] | None:
    return list(span) if span else None


def _span(offsets: list[int] | None) -> Span | None:
    return Span(*offsets) if offsets else None


def _from_ref(ref: ActorRef) -> Record:
    return {
        "name": ref.name,
        "slug": ref.slug,
        "mention": _offsets(ref.mention),
        "candidates": list(ref.candidates),
    }


def _to_ref(record: Mapping[str, Any]) -> ActorRef:
    return ActorRef(record["name"], record["slug"], _span(record["mention"]), tuple(record["candidates"]))
