"""The pipe ``parser``: heads, Universal Dependencies labels and sentences.

The root of a sentence is its own head and labelled ``ROOT``, as spaCy has it. White space hangs on the token before it
with the label ``dep``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from claims.extraction.components.component import Component, Files
from claims.extraction.components.heads import set_heads
from claims.extraction.components.mending import OUTER, mend
from claims.extraction.components.reading import Integers, Reading, reading_of
from claims.extraction.components.session import Model
from claims.extraction.components.trees import best_heads

_ROOT = "ROOT"
_SPACE_LABEL = "dep"


class Parser(Component):
    """Finds the best tree of every sentence and labels its arcs."""

    def __init__(self, vocab: Vocab, name: str) -> None:
        super().__init__(vocab, name)
        self._model = Model()

    def set_labels(self, labels: Sequence[str]) -> None:
        """Set the labels of arcs; roots and white space have labels of their own."""
        super().set_labels(labels)
        for label in (_ROOT, _SPACE_LABEL, OUTER):
            self.vocab.strings.add(label)

    def set_model(self, content: bytes) -> None:
        """Set the serialised ONNX model that labels arcs."""
        self._model = Model(content)

    def annotate(self, doc: Doc) -> None:
        """Set heads, labels and sentence boundaries of ``doc``."""
        reading = reading_of(doc)
        words = reading["words"]
        strings = self.vocab.strings
        heads = _heads_of_space(doc, words)
        labels = np.full(len(doc), strings[_SPACE_LABEL], dtype=np.uint64)
        if len(words):
            word_heads = _word_heads(reading)
            found = self._model.run({"dependents": reading["dependents"], "heads": reading["heads"][word_heads]})
            hashes = np.array([strings[label] for label in self._labels], dtype=np.uint64)
            labels[words] = hashes[found["labels"]]
            labels[words[word_heads == np.arange(len(words))]] = strings[_ROOT]
            mend(tree := labels[words], word_heads, strings)
            labels[words] = tree
            heads[words] = words[word_heads]
        labels[heads == np.arange(len(doc))] = strings[_ROOT]
        set_heads(doc, heads.tolist(), labels)
        for name in ("arcs", "dependents", "heads"):
            del reading[name]  # type: ignore[misc]

    def files(self) -> Files:
        """Give the labels and the model."""
        return super().files() | {"labels.onnx": self._model.content}

    def set_files(self, files: Files) -> None:
        """Take the labels and the model."""
        super().set_files(files)
        self.set_model(files["labels.onnx"])


def _heads_of_space(doc: Doc, words: Integers) -> Integers:
    """Hang every token on the one before it, and those at the doc's beginning on its first word."""
    heads = np.arange(-1, len(doc) - 1, dtype=np.int64)
    first = int(words[0]) if len(words) else 0
    heads[: first + 1] = first
    return heads


def _word_heads(reading: Reading) -> Integers:
    """Give each word's head as an index of words, sentence by sentence; no sentence reaches over two windows."""
    starts = np.flatnonzero(reading["sentence_starts"])
    ends = np.append(starts[1:], len(reading["words"]))
    heads = np.zeros(len(reading["words"]), dtype=np.int64)
    window = base = 0
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        while start >= base + len(reading["arcs"][window]):
            base += len(reading["arcs"][window])
            window += 1
        scores = reading["arcs"][window][start - base : end - base, start - base : end - base]
        heads[start:end] = start + best_heads(scores)
    return heads


@Language.factory("stance_parser", assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"])
def make_parser(nlp: Language, name: str) -> Parser:
    """Make the pipe."""
    return Parser(nlp.vocab, name)
