"""How well wordings are gathered into claims: B-cubed precision and recall against hand-marked claims.

Each wording counts the same: its precision is the share of the wordings gathered with it that are of its claim, its
recall the share of its claim's wordings that were gathered with it (Bagga and Baldwin 1998; Amigo et al. 2009).
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.types import Act
from claims.extraction.wording import printed_clause
from claims.gathering.gather import gather
from claims.gathering.sense import Analyst
from claims.gathering.wordings import Wording

_FIELDS = ("text", "actor", "act", "date", "article", "claim")


class WordingsError(Exception):
    """Hand-marked wordings that can't be read; the message says where and why."""


class BCubed(TypedDict):
    """The three figures, from 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Marked:
    """A wording as printed or in its normal form, and the label of the claim that a person put it under."""

    text: str
    actor: str
    act: Act | None
    on: dt.date | None
    article: str
    claim: str


def b_cubed(found: Sequence[Hashable], marked: Sequence[Hashable]) -> BCubed:
    """Compare two groupings of the same things, given as a label for each.

    >>> b_cubed([1, 1, 2], ["a", "a", "a"])
    {'precision': 1.0, 'recall': 0.556, 'f1': 0.715}
    """
    together, in_found, in_marked = Counter(zip(found, marked, strict=True)), Counter(found), Counter(marked)
    count = len(found) or 1
    precision = sum(n * n / in_found[one] for (one, _), n in together.items()) / count
    recall = sum(n * n / in_marked[other] for (_, other), n in together.items()) / count
    both = precision + recall
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / both if both else 0.0, 3),
    }


def read_wordings(path: Path) -> list[Marked]:
    """The hand-marked wordings of a file of JSON lines; raises ``WordingsError``."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise WordingsError(f"{path}: {error}") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(_marked(json.loads(line)))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise WordingsError(f"{path}, line {number}: {type(error).__name__}: {error}") from error
    return found


def _marked(row: Mapping[str, Any]) -> Marked:
    lacking = [name for name in ("text", "claim") if row.get(name) is None]
    if lacking:
        raise ValueError(f"lacks {' and '.join(lacking)}")
    return Marked(
        text=str(row["text"]),
        actor=str(row.get("actor") or ""),
        act=Act(row["act"]) if row.get("act") else None,
        on=dt.date.fromisoformat(str(row["date"])) if row.get("date") else None,
        article=str(row.get("article") or ""),
        claim=str(row["claim"]),
    )


def wordings_of(marked: Sequence[Marked], nlp: Language, registry: Registry) -> Iterator[Wording]:
    """What import would gather: each text in its normal wording, with its sense."""
    analyst = Analyst(registry)
    for each, doc in zip(marked, nlp.pipe(each.text for each in marked), strict=True):
        text = printed_clause(doc, each.actor, each.act, each.on, registry)
        speaker = analyst.actor(each.actor, each.on)
        yield Wording(text, analyst.sense(text, each.on, speaker), speaker, each.on, each.article)


def evaluate_claims(marked: Sequence[Marked], nlp: Language, registry: Registry) -> BCubed:
    """Gather ``marked`` as import does, without a store, and compare."""
    found = gather(list(wordings_of(marked, nlp, registry)))
    return b_cubed(found, [each.claim for each in marked])
