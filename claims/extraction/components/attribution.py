"""The pipe ``attribution``: who is said to hold what, and which source, cue and contents belong together.

Spans are the best sequence of BIO tags of a line under a chain whose scores were learnt with the tags'. Then every
content goes to the cue, and every cue to the source, that its words point to most.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from claims.extraction.components.chains import Chain, Costs, bio_spans, plain_chain, tag_probabilities, with_costs
from claims.extraction.components.component import Component, Files
from claims.extraction.components.reading import Extent, Floats, reading_of

# Set on PolNeAR's dev part.
_COSTS = {"SOURCE": Costs(begin=-0.3, split=-0.3), "CONTENT": Costs(stay=-0.15)}
# What a cue pays for having no source.
_NO_SOURCE = 0.5
# Marks that annotators leave outside at the end of a span of these roles; sources keep theirs.
_LOOSE_ENDS = {"CONTENT": frozenset({",", ";"})}


class Piece(NamedTuple):
    """A span in words; ``line`` is the number of its line and ``probability`` that of its words to be in its role."""

    start: int
    end: int
    role: str
    line: int
    probability: float


class Attribution(Component):
    """Sets ``doc.spans["source"]``, ``["cue"]`` and ``["content"]``, outermost attributions only.

    ``components.reading`` has functions for what else it reads: ``linked``, ``cue_probabilities`` and ``act_guess``.
    """

    def __init__(self, vocab: Vocab, name: str) -> None:
        super().__init__(vocab, name)
        self._chain = plain_chain(["O"])
        self._acts: list[str] = []

    @property
    def labels(self) -> tuple[str, ...]:
        """The roles."""
        return tuple(dict.fromkeys(tag[2:] for tag in self._labels if tag != "O"))

    def set_chain(self, chain: Chain) -> None:
        """Set the learnt scores of tags after each other."""
        self._chain = chain

    def set_acts(self, acts: Sequence[str]) -> None:
        """Set the names of acts in the order of the encoder's outputs."""
        self._acts = list(acts)

    def annotate(self, doc: Doc) -> None:
        """Set the groups of spans of ``doc`` in order of the text and link them; none reaches over a line's end."""
        reading = reading_of(doc)
        words = reading["words"].tolist()
        starts = reading["line_starts"].tolist()
        scores = reading.pop("role_scores")
        lines = np.cumsum(reading["line_starts"])
        chain = with_costs(self._chain, self._labels, _COSTS)
        reading["roles"] = tag_probabilities(scores, chain, starts)
        reading["act_names"] = self._acts
        pieces = []
        for start, end, role in bio_spans(scores, self._labels, starts, chain):
            last = doc[words[end - 1]].text
            end -= end - start > 1 and last in _LOOSE_ENDS.get(role, ())
            columns = [index for index, tag in enumerate(self._labels) if tag[2:] == role]
            probability = float(reading["roles"][start:end, columns].sum(axis=1).mean())
            pieces.append(Piece(start, end, role, int(lines[start]), probability))

        def extent(piece: Piece) -> Extent:
            return words[piece.start], words[piece.end - 1] + 1

        for role in self.labels:
            spans = (Span(doc, *extent(piece), label=role) for piece in pieces if piece.role == role)
            doc.spans[role.lower()] = list(spans)
        reading["attributions"] = [
            ([extent(piece) for piece in sources], extent(cue), [extent(piece) for piece in contents], probability)
            for sources, cue, contents, probability in _attributions(pieces, reading.pop("links"))
        ]

    def files(self) -> Files:
        """Give the labels, the chain and the acts."""
        chain = {name: scores.tolist() for name, scores in self._chain._asdict().items()}
        return super().files() | {
            "chain.json": json.dumps(chain, indent=1).encode("utf8"),
            "acts.json": json.dumps(self._acts).encode("utf8"),
        }

    def set_files(self, files: Files) -> None:
        """Take the labels, the chain and the acts."""
        super().set_files(files)
        chain = json.loads(files["chain.json"])
        self._chain = Chain(*(np.array(chain[name], dtype=np.float32) for name in Chain._fields))
        self._acts = json.loads(files["acts.json"])


def _attributions(
    pieces: Sequence[Piece], links: Sequence[Floats]
) -> Iterator[tuple[list[Piece], Piece, list[Piece], float]]:
    """Yield sources, cue and contents that belong together with their probability; cues without content are none."""
    base = 0
    for scores in links:
        inside = [piece for piece in pieces if base <= piece.start < base + len(scores)]
        by_role = {role: [piece for piece in inside if piece.role == role] for role in ("SOURCE", "CUE", "CONTENT")}
        contents: dict[Piece, list[Piece]] = {cue: [] for cue in by_role["CUE"]}
        sure: dict[Piece, float] = {cue: cue.probability for cue in by_role["CUE"]}
        for content in by_role["CONTENT"]:
            cue, probability = _target(content, by_role["CUE"], scores, base, none=None)
            if cue is not None:
                contents[cue].append(content)
                sure[cue] = min(sure[cue], content.probability * probability)
        for cue, told in contents.items():
            if told:
                source, probability = _target(cue, by_role["SOURCE"], scores, base, none=_NO_SOURCE)
                probability *= source.probability if source else 1.0
                yield [source] if source else [], cue, told, round(min(sure[cue], probability), 4)
        base += len(scores)


def _target(
    piece: Piece, candidates: Sequence[Piece], scores: Floats, base: int, *, none: float | None
) -> tuple[Piece | None, float]:
    """Give the candidate in the line that the words of ``piece`` point to most, and its probability.

    ``none`` is what it costs to point to none of them; None where that is not to be had.
    """
    options: list[Piece | None] = [other for other in candidates if other.line == piece.line]
    rows = np.arange(piece.start - base, min(piece.end - base, len(scores)))
    means = [float(scores[rows, other.start - base].mean()) for other in options if other]
    if none is not None:
        options.append(None)
        means.append(float(scores[rows, rows].mean()) - none)
    if not options:
        return None, 0.0
    weights = np.exp(np.array(means) - max(means))
    best = int(weights.argmax())
    return options[best], float(weights[best] / weights.sum())


@Language.factory("stance_attribution", assigns=["doc.spans"])
def make_attribution(nlp: Language, name: str) -> Attribution:
    """Make the pipe."""
    return Attribution(nlp.vocab, name)
