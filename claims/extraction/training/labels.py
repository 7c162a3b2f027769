"""The label sets of the heads, gathered from the training corpora."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.extraction.components.reading import ROLE_TAGS
from claims.extraction.lemma_scripts import UNCHANGED, script_for
from claims.extraction.training.corpora import ENTITY_LABELS, Tree, Word
from claims.extraction.types import Act

_RARE = 3
_IRREGULAR = Path(__file__).with_name("irregular.toml")
# Share of a word's occurrences under one tag that must agree on its lemma.
_SETTLED = 0.9


@dataclass(frozen=True, slots=True)
class Labels:
    """Every head's labels in the order of its outputs; lemmas by "word|TAG", and all words seen as lemmas."""

    tags: list[str]
    morphs: list[str]
    scripts: list[str]
    deps: list[str]
    entities: list[str]
    roles: list[str]
    lemmas: dict[str, str]
    words: list[str]
    acts: list[str]


def gather(trees: Iterable[Tree]) -> Labels:
    """Gather labels that are not too rare, and the lemmas of inflected words where a word and its tag settle them."""
    tags: Counter[str] = Counter()
    morphs: Counter[str] = Counter()
    scripts: Counter[str] = Counter({UNCHANGED: _RARE, "t||": _RARE})
    deps: Counter[str] = Counter()
    lemmas: dict[str, Counter[str]] = {}
    for tree in trees:
        for word in tree.words:
            tags[word.tag] += 1
            morphs[morph_label(word)] += 1
            scripts[script_for(word.form, word.lemma)] += 1
            if word.dep != "ROOT":
                deps[word.dep] += 1
            lemmas.setdefault(f"{word.form.lower()}|{word.tag}", Counter())[word.lemma] += 1
    bio = [f"{prefix}-{label}" for label in sorted(ENTITY_LABELS.values()) for prefix in "BI"]
    return Labels(
        tags=_frequent(tags, 2),
        morphs=_frequent(morphs, _RARE),
        scripts=_frequent(scripts, _RARE),
        deps=_frequent(deps, 2),
        entities=["O", *bio],
        roles=list(ROLE_TAGS),
        acts=[act.value for act in Act],
        lemmas=_irregular_lemmas() | dict(_known_lemmas(lemmas)),
        words=sorted({lemma for counts in lemmas.values() for lemma in counts if lemma.isalpha() and lemma.islower()}),
    )


def morph_label(word: Word) -> str:
    """Give a word's part of speech and features as one label; spelling mistakes are not marked in it."""
    feats = [feat for feat in word.feats.split("|") if feat and feat != "Typo=Yes"]
    return "|".join([word.pos, *feats])


def _irregular_lemmas() -> dict[str, str]:
    source: dict[str, str] = tomllib.loads(_IRREGULAR.read_text(encoding="utf8"))
    lemmas: dict[str, str] = {}
    for base, past, participle in (verb.split() for verb in source["verbs"].split(",")):
        lemmas |= {f"{past}|VBD": base, f"{participle}|VBN": base}
    for singular, plural in (noun.split() for noun in source["nouns"].split(",")):
        lemmas[f"{plural}|NNS"] = singular
    return {key: lemma for key, lemma in lemmas.items() if not key.startswith(f"{lemma}|")}


def _known_lemmas(seen: dict[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    for key, counts in sorted(seen.items()):
        form, _, tag = key.rpartition("|")
        lemma, count = counts.most_common(1)[0]
        # Of all lemmas in capitals only the pronoun's is not a name's.
        plain = lemma.islower() or lemma == "I"
        inflected = lemma != form and plain and lemma.isalpha() and form.isalpha()
        if inflected and not tag.startswith("NNP") and count >= _SETTLED * counts.total():
            yield key, lemma


def _frequent(counts: Counter[str], least: int) -> list[str]:
    return sorted(label for label, count in counts.items() if count >= least)
