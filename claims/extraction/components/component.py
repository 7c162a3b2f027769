"""The base of the pipeline's components: labels, and files on disk and in bytes as spaCy expects them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from spacy import util
from spacy.tokens import Doc
from spacy.vocab import Vocab

# Strings added inside a memory zone vanish with it, so label strings are stored when labels are set.
Files = dict[str, bytes]


class Component:
    """A pipe without training of its own: it turns numbers of the encoder into annotation.

    A subclass annotates a doc in ``annotate`` and keeps its state in labels and, if need be, further files.
    """

    def __init__(self, vocab: Vocab, name: str) -> None:
        self.vocab = vocab
        self.name = name
        self._labels: list[str] = []

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the encoder's outputs."""
        return tuple(self._labels)

    def set_labels(self, labels: Sequence[str]) -> None:
        """Set the labels, in the order of the encoder's outputs."""
        self._labels = list(labels)
        for label in self._labels:
            self.vocab.strings.add(label)

    def annotate(self, doc: Doc) -> None:
        """Set this component's annotation on ``doc``."""
        raise NotImplementedError

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc in place and give it back."""
        if len(doc):
            self.annotate(doc)
        return doc

    def files(self) -> Files:
        """Give the component's state as the contents of its files."""
        return {"labels.json": json.dumps(self._labels, indent=1).encode("utf8") + b"\n"}

    def set_files(self, files: Files) -> None:
        """Take the state that ``files`` gave."""
        self.set_labels(json.loads(files["labels.json"].decode("utf8")))

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the files into the folder ``path``."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        for name, content in self.files().items():
            (path / name).write_bytes(content)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Component:
        """Read the files of the folder ``path``; raises FileNotFoundError where one is missing."""
        self.set_files({name: (Path(path) / name).read_bytes() for name in self.files()})
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Give the state as bytes."""
        return util.to_bytes({name: partial(bytes, content) for name, content in self.files().items()}, exclude)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Component:
        """Take the state of ``to_bytes``."""
        files: Files = {}
        util.from_bytes(data, {name: partial(files.__setitem__, name) for name in self.files()}, exclude)
        self.set_files(files)
        return self

    def initialize(self, get_examples: Callable[[], Iterable[Any]], *, nlp: object = None) -> None:
        """Refuse: the components are exported together by ``claims.extraction.training``."""
        raise NotImplementedError(f"the pipe '{self.name}' is trained by claims.extraction.training")
