"""The pipes ``ner`` (``doc.ents``) and ``attribution`` (``doc.spans``): spans from the probabilities of BIO tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from claims.extraction.components.component import Component
from claims.extraction.components.reading import Floats, reading_of

_NEVER = np.float32(-1e9)


class Costs(NamedTuple):
    """What a sequence of tags pays: ``begin`` for a span after none, ``split`` for one right after another.

    ``stay`` is what it gains for every further word of a span. All are logarithms.
    """

    begin: float = 0.0
    split: float = 0.0
    stay: float = 0.0


FREE = Costs()
# A tagger that judges word by word breaks long spans up and begins too many. Set on the corpora's dev parts.
_ENTITY_COSTS = Costs(split=1.0, stay=0.4)
_ATTRIBUTION_COSTS = Costs(begin=0.5, split=2.0, stay=0.25)
# Marks that annotators leave outside at the end of a span of these roles; sources keep theirs.
_LOOSE_ENDS = {"CONTENT": frozenset({",", ";"})}


class EntityRecogniser(Component):
    """Sets ``doc.ents``; its labels are BIO tags, "O" first."""

    def annotate(self, doc: Doc) -> None:
        """Set the entities of ``doc``; none reaches over the end of a line."""
        reading = reading_of(doc)
        words = reading["words"].tolist()
        starts = reading["line_starts"].tolist()
        found = bio_spans(reading.pop("entities"), self._labels, starts, _ENTITY_COSTS)
        doc.set_ents([Span(doc, words[start], words[end - 1] + 1, label=label) for start, end, label in found])

    @property
    def labels(self) -> tuple[str, ...]:
        """The kinds of entities."""
        return tuple(sorted({tag[2:] for tag in self._labels if tag != "O"}))


class Attribution(Component):
    """Sets ``doc.spans["source"]``, ``["cue"]`` and ``["content"]``: who is said to hold what, outermost only.

    The probabilities stay readable through ``components.reading.cue_probabilities``.
    """

    def annotate(self, doc: Doc) -> None:
        """Set the three groups of spans of ``doc``, in order of the text; none reaches over the end of a line."""
        reading = reading_of(doc)
        words = reading["words"].tolist()
        starts = reading["line_starts"].tolist()
        for index, role in enumerate(self._labels):
            tags = ["O", f"B-{role}", f"I-{role}"]
            found = bio_spans(reading["roles"][:, index], tags, starts, _ATTRIBUTION_COSTS)
            spans = [Span(doc, words[start], words[end - 1] + 1, label=role) for start, end, _ in found]
            doc.spans[role.lower()] = [Span(doc, span.start, _trimmed(span), label=role) for span in spans]


def _trimmed(span: Span) -> int:
    """Give the end of a span without a mark that does not belong to it."""
    loose = len(span) > 1 and span[-1].text in _LOOSE_ENDS.get(span.label_, ())
    return span.end - 1 if loose else span.end


def bio_spans(
    scores: Floats, tags: Sequence[str], breaks: Sequence[bool], costs: Costs = FREE
) -> list[tuple[int, int, str]]:
    """Give the spans (start, end, label) of the best sequence of tags by the Viterbi algorithm.

    ``scores`` (words, tags) are logarithms of probabilities. ``I-X`` may only follow ``B-X`` or ``I-X``, and nowhere
    where ``breaks`` says that the word begins a line. ``costs`` are taken off sequences.
    """
    allowed = np.array([[_may_follow(left, right) for right in tags] for left in tags])
    inside = np.array([tag.startswith("I-") for tag in tags])
    begins = np.array([tag.startswith("B-") for tag in tags])
    outside = ~begins & ~inside
    step = np.where(allowed, np.float32(0), _NEVER)
    step[np.ix_(outside, begins)] -= costs.begin
    step[np.ix_(~outside, begins)] -= costs.split
    step[:, inside] += costs.stay
    fresh = np.where(inside, _NEVER, np.float32(0))
    fresh[begins] -= costs.begin
    pointers = np.zeros(scores.shape, dtype=np.int64)
    total = np.zeros(len(tags), dtype=np.float32)
    for index in range(len(scores)):
        options = total[:, None] + (fresh[None, :] if index == 0 or breaks[index] else step)
        pointers[index] = options.argmax(axis=0)
        total = options.max(axis=0) + scores[index]
        total -= total.max()
    best = int(total.argmax()) if len(scores) else 0
    path = []
    for index in range(len(scores) - 1, -1, -1):
        path.append(best)
        best = int(pointers[index, best])
    return _spans([tags[tag] for tag in reversed(path)], breaks)


def _may_follow(left: str, right: str) -> bool:
    return not right.startswith("I-") or left[2:] == right[2:]


def _spans(path: Sequence[str], breaks: Sequence[bool]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    start, label = 0, ""
    for index, tag in enumerate([*path, "O"]):
        if label and (not tag.startswith("I-") or breaks[index]):
            spans.append((start, index, label))
            label = ""
        if tag != "O" and not label:
            start, label = index, tag[2:]
    return spans


@Language.factory("stance_ner", assigns=["doc.ents", "token.ent_type", "token.ent_iob"])
def make_ner(nlp: Language, name: str) -> EntityRecogniser:
    """Make the pipe."""
    return EntityRecogniser(nlp.vocab, name)


@Language.factory("stance_attribution", assigns=["doc.spans"])
def make_attribution(nlp: Language, name: str) -> Attribution:
    """Make the pipe."""
    return Attribution(nlp.vocab, name)
