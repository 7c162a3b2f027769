"""The pipe ``encoder``: reads a doc once for all the components after it.

It cuts the doc into windows, runs the ONNX model on each by itself and keeps the outputs in ``doc.user_data`` (see
``components/reading.py``). Windows are never put into batches: the model turns activations into bytes by their range
in the whole input, so a window read with others would be read a little differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from claims.extraction.components.component import Component, Files
from claims.extraction.components.reading import KEY, Floats, Reading
from claims.extraction.components.session import Arrays, Model
from claims.extraction.components.windows import Window, cut, window_at
from claims.extraction.wordpieces import SEPARATOR, START, UNKNOWN, WordPieces

_LINE_ENDS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
# Outputs with a row and a column a word.
_PAIRS = ("arcs", "links")


class Encoder(Component):
    """Runs the shared network over the windows of a doc."""

    def __init__(self, vocab: Vocab, name: str) -> None:
        super().__init__(vocab, name)
        self._model = Model()
        self._pieces = WordPieces([UNKNOWN, START, SEPARATOR])

    def set_model(self, content: bytes, vocabulary: Sequence[str]) -> None:
        """Set the serialised ONNX model and the vocabulary of its pieces."""
        self._model = Model(content)
        self._pieces = WordPieces(vocabulary)

    def annotate(self, doc: Doc) -> None:
        """Read ``doc`` into ``doc.user_data["reading"]``."""
        indices = [token.i for token in doc if not token.is_space]
        words = [doc[index].text for index in indices]
        line_starts = _line_starts(doc, indices)
        outputs: list[Arrays] = []
        starts = list(line_starts)
        position = 0
        while position < len(words):
            window = window_at(position, words, line_starts, self._pieces)
            rows = self._model.run(
                {"pieces": window.pieces, "cases": window.cases, "first": window.first, "last": window.last}
            )
            found = _sentence_starts(rows["starts"], window, line_starts)
            kept = window.end - window.start if window.complete else cut(window, found, words)
            starts[position : position + kept] = found[:kept]
            rows |= {name: rows[name][:, :kept] for name in _PAIRS}
            outputs.append({name: values[:kept] for name, values in rows.items()})
            position += kept
        doc.user_data[KEY] = _reading(outputs, indices, line_starts, starts)

    def files(self) -> Files:
        """Give the model and its vocabulary."""
        return {"model.onnx": self._model.content, "pieces.txt": "\n".join(self._pieces.vocabulary).encode("utf8")}

    def set_files(self, files: Files) -> None:
        """Take the model and its vocabulary."""
        self.set_model(files["model.onnx"], files["pieces.txt"].decode("utf8").split("\n"))


def _line_starts(doc: Doc, indices: Sequence[int]) -> list[bool]:
    """Say of each word whether it is the first of its line."""
    starts = []
    previous = -1
    for index in indices:
        between = (doc[space].text for space in range(previous + 1, index))
        starts.append(previous < 0 or any(not _LINE_ENDS.isdisjoint(text) for text in between))
        previous = index
    return starts


def _sentence_starts(logits: Floats, window: Window, line_starts: Sequence[bool]) -> list[bool]:
    starts = [bool(logit > 0) or line_starts[window.start + index] for index, logit in enumerate(logits)]
    starts[0] = True
    return starts


def _reading(
    outputs: Sequence[Arrays], indices: Sequence[int], line_starts: Sequence[bool], starts: Sequence[bool]
) -> Reading:
    def joined(name: str) -> Any:
        return np.concatenate([rows[name] for rows in outputs]) if outputs else np.zeros((0, 1))

    return {
        "words": np.array(indices, dtype=np.int64),
        "line_starts": np.array(line_starts, dtype=np.bool_),
        "sentence_starts": np.array(starts, dtype=np.bool_),
        "tags": joined("tags"),
        "morphs": joined("morphs"),
        "scripts": joined("scripts"),
        "entities": _log_softmax(joined("entities")),
        "role_scores": joined("roles"),
        "acts": np.exp(_log_softmax(joined("acts"))),
        "links": [rows["links"] for rows in outputs],
        "arcs": [rows["arcs"] for rows in outputs],
        "dependents": joined("dependents"),
        "heads": joined("heads"),
    }


def _log_softmax(logits: Floats) -> Floats:
    if not logits.size:
        return logits
    shifted = logits - logits.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


@Language.factory("stance_encoder")
def make_encoder(nlp: Language, name: str) -> Encoder:
    """Make the pipe."""
    return Encoder(nlp.vocab, name)
