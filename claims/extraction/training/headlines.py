"""Made-up headlines with their trees: too few stand in the treebanks to learn that "denies shelling" is no noun."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random

from claims.extraction.training import world_names
from claims.extraction.training.augment import third_person
from claims.extraction.training.corpora import Tree, Word

_SOURCE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf8"))
_PATTERNS: list[str] = _SOURCE["patterns"]
_WORDS: dict[str, list[str]] = {slot: words.split() for slot, words in _SOURCE["words"].items()}
_ACTS: dict[str, str] = _SOURCE["acts"]
_NAMES = (world_names.COUNTRIES, world_names.CAPITALS, world_names.SURNAMES, world_names.BODIES)
_POS = {
    "NNP": ("PROPN", "Number=Sing"),
    "NN": ("NOUN", "Number=Sing"),
    "NNS": ("NOUN", "Number=Plur"),
    "JJ": ("ADJ", "Degree=Pos"),
    "VBZ": ("VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"),
    "VBP": ("VERB", "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"),
    "VB": ("VERB", "VerbForm=Inf"),
    "VBG": ("VERB", "VerbForm=Ger"),
    "MD": ("AUX", "VerbForm=Fin"),
    "TO": ("PART", ""),
    "IN": ("ADP", ""),
    "CC": ("CCONJ", ""),
    ",": ("PUNCT", ""),
}


def made_up(count: int, random: Random) -> Iterator[Tree]:
    """Yield ``count`` headlines, each a document of its own."""
    for _ in range(count):
        words = [_word(item, random) for item in random.choice(_PATTERNS).split()]
        yield Tree(words, " ".join(word.form for word in words), starts_paragraph=True, starts_document=True)


def _word(item: str, random: Random) -> Word:
    slot, tag, dep, head = item.split("/")
    lemma = _filler(slot, random)
    form = lemma
    if tag == "VBZ":
        form = third_person(lemma)
    elif tag == "VBG":
        form = _ACTS[lemma]
    elif tag == "NNS":
        form = third_person(lemma)
    elif tag == "NN" and lemma.endswith("s") and slot == "THING":
        lemma, tag = lemma.removesuffix("s"), "NNS"
    pos, feats = ("SCONJ", "") if (tag, dep) == ("IN", "mark") else _POS[tag]
    return Word(form, lemma, pos, tag, feats, int(head) - 1, dep)


def _filler(slot: str, random: Random) -> str:
    if slot == "NAME":
        return random.choice(random.choice(_NAMES))
    if slot == "ACT":
        return random.choice(list(_ACTS))
    return random.choice(_WORDS[slot.lower()]) if slot.isupper() else slot
