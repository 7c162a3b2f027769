"""The pipes ``tagger`` (Penn tags of UD's XPOS column), ``morphologizer`` (UPOS and features) and ``lemmatizer``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from claims.extraction.components.component import Component, Files
from claims.extraction.components.reading import reading_of
from claims.extraction.frequencies import english_words
from claims.extraction.lemma_scripts import apply_script

_SPACE_TAG = "_SP"


class Tagger(Component):
    """Sets ``token.tag``."""

    def set_labels(self, labels: Sequence[str]) -> None:
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

    def set_labels(self, labels: Sequence[str]) -> None:
        """Set the labels; their features are made known to the vocabulary, which never forgets any."""
        super().set_labels(labels)
        for label in labels:
            self.vocab.morphology.add(label.partition("|")[2])

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
    """Sets ``token.lemma``.

    Words known with their tag are looked up. Others get the best edit script that fits, and of those that change the
    word the first that gives a known lemma: "releasing" is "release", not "releas".
    """

    def __init__(self, vocab: Vocab, name: str) -> None:
        super().__init__(vocab, name)
        self._lemmas: dict[str, str] = {}
        self._words: frozenset[str] = frozenset()

    def set_lexicon(self, lemmas: Mapping[str, str], words: Iterable[str]) -> None:
        """Set lemmas by "word|TAG", the word in lower case, and the words that are lemmas of something."""
        self._lemmas = dict(lemmas)
        self._words = frozenset(words)

    def annotate(self, doc: Doc) -> None:
        """Set the lemmas of ``doc``; of white space the white space itself."""
        reading = reading_of(doc)
        for token in doc:
            token.lemma_ = token.text
        for index, scripts in zip(reading["words"].tolist(), reading.pop("scripts").tolist(), strict=True):
            token = doc[index]
            token.lemma_ = self._lemma(token.text, token.tag_, scripts)

    def _lemma(self, word: str, tag: str, scripts: list[int]) -> str:
        known = self._lemmas.get(f"{word.lower()}|{tag}")
        if known is not None:
            return known
        regular = _regular_lemma(word.lower(), tag)
        if regular is not None:
            return regular
        candidates = [lemma for script in scripts if (lemma := apply_script(word, self._labels[script])) is not None]
        if not candidates:
            return word
        if tag.startswith("NNP") or candidates[0].lower() == word.lower():
            return candidates[0]
        # The treebank's own lemmas first, then any common word: "denounced" is "denounce", not "denounc".
        known_words = [lemma for lemma in candidates if lemma in self._words]
        known_words += [lemma for lemma in candidates if english_words().is_common(lemma.lower())]
        return known_words[0] if known_words else candidates[0]

    def files(self) -> Files:
        """Give the scripts and the lexicon."""
        lexicon = {"lemmas": self._lemmas, "words": sorted(self._words)}
        return super().files() | {"lexicon.json": json.dumps(lexicon, indent=0).encode("utf8") + b"\n"}

    def set_files(self, files: Files) -> None:
        """Take the scripts and the lexicon."""
        super().set_files(files)
        self.set_lexicon(**json.loads(files["lexicon.json"].decode("utf8")))


def _regular_lemma(word: str, tag: str) -> str | None:
    """The verb that a regular past form or participle belongs to: of "deplor" and "deplore" the commoner; None if none.

    "regretted" is "regret", "denied" is "deny", "hoped" is "hope" and not "hop".
    """
    ending = {"VBD": "ed", "VBN": "ed", "VBG": "ing"}.get(tag)
    if ending is None or not word.endswith(ending) or len(word) < len(ending) + 3:
        return None
    stem = word.removesuffix(ending)
    forms = [stem, f"{stem}e"]
    if stem[-1] == stem[-2]:
        forms.append(stem[:-1])
    if stem.endswith("i"):
        forms.append(f"{stem[:-1]}y")
    english = english_words()
    if stem.endswith("is"):
        # "emphasised" comes of no "emphasis".
        forms.remove(stem)
    best = max(forms, key=english.zipf)
    return best if english.zipf(best) > 0 else None


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
