"""Exchanges entities for others of their kind, so that names are told by where they stand and not learnt by heart."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from claims.extraction.training.corpora import TaggedText
from claims.extraction.training.scores import tag_spans

_EXCHANGED = ("PERSON", "LOC", "ORG", "NORP", "FAC", "PRODUCT", "MISC")


class Mentions:
    """The entities of a corpus by kind."""

    def __init__(self, texts: Sequence[TaggedText]) -> None:
        self._by_label: dict[str, list[list[str]]] = {label: [] for label in _EXCHANGED}
        for text in texts:
            for start, end, label in tag_spans(text.layers["ENT"]):
                if label in self._by_label:
                    self._by_label[label].append(text.words[start:end])

    def exchanged(self, text: TaggedText, share: float, random: Random) -> TaggedText:
        """Give a copy of ``text`` in which a ``share`` of the entities are others of the same kind, drawn at random."""
        words: list[str] = []
        tags: list[str] = []
        starts: set[int] = set()
        position = 0
        for start, end, label in [*tag_spans(text.layers["ENT"]), (len(text.words), len(text.words), "")]:
            for index in range(position, start):
                if index in text.line_starts:
                    starts.add(len(words))
                words.append(text.words[index])
                tags.append("O")
            if start in text.line_starts:
                starts.add(len(words))
            new = text.words[start:end]
            if label in self._by_label and random.random() < share:
                new = random.choice(self._by_label[label])
            words.extend(new)
            tags.extend(f"{'I' if index else 'B'}-{label}" for index in range(len(new)))
            position = end
        return TaggedText(text.name, words, {"ENT": tags}, starts)
