"""The label sets of the heads, gathered from the training corpora."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.extraction.lemma_scripts import UNCHANGED, script_for
from claims.extraction.training.corpora import ENTITY_LABELS, ROLES, Tree, Word

_RARE = 3
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
        roles=list(ROLES),
        lemmas=dict(_known_lemmas(lemmas)),
        words=sorted({lemma for counts in lemmas.values() for lemma in counts if lemma.isalpha() and lemma.islower()}),
    )


def morph_label(word: Word) -> str:
    """Give a word's part of speech and features as one label; spelling mistakes are not marked in it."""
    feats = [feat for feat in word.feats.split("|") if feat and feat != "Typo=Yes"]
    return "|".join([word.pos, *feats])


def _known_lemmas(seen: dict[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    for key, counts in sorted(seen.items()):
        form, _, tag = key.rpartition("|")
        lemma, count = counts.most_common(1)[0]
        inflected = lemma != form and lemma.islower() and lemma.isalpha() and form.isalpha()
        if inflected and not tag.startswith("NNP") and count >= _SETTLED * counts.total():
            yield key, lemma


def _frequent(counts: Counter[str], least: int) -> list[str]:
    return sorted(label for label, count in counts.items() if count >= least)
