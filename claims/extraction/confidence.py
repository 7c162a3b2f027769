"""How sure one can be of a stance: a probability, from what is known of how it was read.

A logistic regression over a few traits of the reading: the kind of rule, what the actor was known by, whether the
trained component marks the same words. Its weights in ``data/confidence.tsv`` are fitted to hand-marked articles by
``manage.py fit_confidence``.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping

from spacy.tokens import Span

from claims.extraction.attributions import Attribution
from claims.extraction.components.reading import linked
from claims.extraction.learned import UNKNOWN_CUE, marked
from claims.extraction.lexicon import read_table
from claims.extraction.roster import Figure
from claims.extraction.types import Act

Traits = Mapping[str, float]

#: The weight that every stance has.
BASE = "base"
LEAST, MOST = 0.02, 0.98
SHORT, LONG = 3, 40


def traits_of(attribution: Attribution, figure: Figure, act: Act, *, title: bool) -> dict[str, float]:
    """What is known of how a stance was read, as numbers from 0 to 1 by name; a trait that is left out is 0.

    ``figure`` is who holds it, ``act`` the act that it came to; ``title`` tells that it stands in the title.
    """
    doc, content = attribution.head.doc, attribution.content
    kind, _, slot = attribution.rule.partition(":")
    length = content.end - content.start
    sources, cues, contents = (marked(doc, role) for role in ("source", "cue", "content"))
    traits = {
        BASE: 1.0,
        f"rule {kind}": 1.0,
        f"slot {slot.partition(':')[0].partition('+')[0] or 'none'}": 1.0,
        f"actor {_known_by(figure)}": 1.0,
        "source is a pronoun": attribution.source.pos_ == "PRON",
        "cue is unknown": attribution.cue.sense == UNKNOWN_CUE.sense,
        "act is the cue's": act == attribution.cue.act,
        "act is neutral": act in {Act.STATES, Act.BELIEVES},
        "nested": bool(attribution.outer),
        "in the title": title,
        "short": length <= SHORT,
        "long": length > LONG,
        "source is marked": any(span.start <= attribution.source.i < span.end for span in sources),
        "cue is marked": any(span.start < attribution.cue_end and attribution.cue_start < span.end for span in cues),
        "content as marked": max((_shared(span, content.start, content.end) for span in contents), default=0.0),
        "read as one": _read_as_one(attribution),
        f"act {act.value}": 1.0,
    }
    return {name: float(value) for name, value in traits.items() if value}


def _read_as_one(attribution: Attribution) -> float:
    """How likely the trained component finds the one that links the same cue and source; 0 where it has none."""
    for one in linked(attribution.head.doc):
        if one.cue.start < attribution.cue_end and attribution.cue_start < one.cue.end:
            agrees = any(source.start <= attribution.source.i < source.end for source in one.sources)
            return one.probability if agrees else 0.0
    return 0.0


def _known_by(figure: Figure) -> str:
    if figure.slug:
        return "known" if figure.named else "known by description"
    return "named" if figure.named else "described"


def _shared(span: Span, start: int, end: int) -> float:
    common = min(span.end, end) - max(span.start, start)
    return max(0.0, common / (max(span.end, end) - min(span.start, start)))


def confidence_of(traits: Traits) -> float:
    """The probability, between ``LEAST`` and ``MOST``, that actor and act of a stance with such traits are right."""
    return probability(traits, weights())


def probability(traits: Traits, by_trait: Mapping[str, float]) -> float:
    """The probability that given weights give; a trait without a weight counts nothing."""
    score = sum(value * by_trait.get(name, 0.0) for name, value in traits.items())
    return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-score)))), 2)


@functools.cache
def weights() -> Mapping[str, float]:
    """The weight of each trait."""
    return {row["trait"]: float(row["weight"]) for row in read_table("confidence.tsv")}
