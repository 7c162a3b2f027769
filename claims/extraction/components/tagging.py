"""The pipes ``tagger`` (Penn tags of UD's XPOS column), ``morphologizer`` (UPOS and features) and ``lemmatizer``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from claims.extraction.components.component import Component, Files
from claims.extraction.components.reading import reading_of
from claims.extraction.lemma_scripts import apply_script

_SPACE_TAG = "_SP"


class Tagger(Component):
    """Sets ``token.tag``."""

    def set_labels(self, labels: list[str] | tuple[str, ...]) -> None:  # type: ignore[override]
        """Set the tags."""
        super().set_labels(labels)
        self.vocab.strings.add(_SPACE_TAG)

    def annotate(self, doc: Doc) -> None:
        """Set the tags of ``doc``; white space gets ``_SP``, as in spaCy's own pipelines."""
        reading = reading_of(doc)
        hashes = [self.vocab.strings[label] for label in self._labels]
        for token in doc:
            if token.is_space:
                token.tag_ = _SPACE_TAG
        for index, label in zip(reading["words"].tolist(), reading.pop("tags").tolist(), strict=True):
            doc[index].tag = hashes[label]


class Morphologizer(Component):
    """Sets ``token.pos`` and ``token.morph``; labels read ``VERB|Mood=Ind|...``."""

    def annotate(self, doc: Doc) -> None:
        """Set parts of speech and features of ``doc``."""
        reading = reading_of(doc)
        split = [label.partition("|") for label in self._labels]
        spaces: Any = (token for token in doc if token.is_space)
        for space in spaces:
            space.pos_ = "SPACE"
            space.set_morph("")
        for index, label in zip(reading["words"].tolist(), reading.pop("morphs").tolist(), strict=True):
            token: Any = doc[index]
            token.pos_ = split[label][0]
            token.set_morph(split[label][2])


class Lemmatizer(Component):
    """Sets ``token.lemma`` by the best edit script that fits the word; rare irregular words are looked up."""

    def __init__(self, vocab: Vocab, name: str) -> None:
        super().__init__(vocab, name)
        self._exceptions: dict[str, str] = {}

    def set_exceptions(self, exceptions: Mapping[str, str]) -> None:
        """Set lemmas by "word|TAG", the word in lower case."""
        self._exceptions = dict(exceptions)

    def annotate(self, doc: Doc) -> None:
        """Set the lemmas of ``doc``; of white space the white space itself."""
        reading = reading_of(doc)
        for token in doc:
            token.lemma_ = token.text
        for index, scripts in zip(reading["words"].tolist(), reading.pop("scripts").tolist(), strict=True):
            token = doc[index]
            token.lemma_ = self._lemma(token.text, token.tag_, scripts)

    def _lemma(self, word: str, tag: str, scripts: list[int]) -> str:
        known = self._exceptions.get(f"{word.lower()}|{tag}")
        if known is not None:
            return known
        for script in scripts:
            lemma = apply_script(word, self._labels[script])
            if lemma is not None:
                return lemma
        return word

    def files(self) -> Files:
        """Give the scripts and the exceptions."""
        exceptions = json.dumps(self._exceptions, indent=0).encode("utf8") + b"\n"
        return super().files() | {"exceptions.json": exceptions}

    def set_files(self, files: Files) -> None:
        """Take the scripts and the exceptions."""
        super().set_files(files)
        self.set_exceptions(json.loads(files["exceptions.json"].decode("utf8")))


@Language.factory("stance_tagger", assigns=["token.tag"])
def make_tagger(nlp: Language, name: str) -> Tagger:
    """Make the pipe."""
    return Tagger(nlp.vocab, name)


@Language.factory("stance_morphologizer", assigns=["token.morph", "token.pos"])
def make_morphologizer(nlp: Language, name: str) -> Morphologizer:
    """Make the pipe."""
    return Morphologizer(nlp.vocab, name)


@Language.factory("stance_lemmatizer", assigns=["token.lemma"], requires=["token.tag"])
def make_lemmatizer(nlp: Language, name: str) -> Lemmatizer:
    """Make the pipe."""
    return Lemmatizer(nlp.vocab, name)
