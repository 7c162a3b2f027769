"""The label sets of the heads, gathered from the training corpora."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from claims.extraction.lemma_scripts import UNCHANGED, apply_script, script_for
from claims.extraction.training.corpora import ENTITY_LABELS, ROLES, Tree, Word

_RARE = 3


@dataclass(frozen=True, slots=True)
class Labels:
    """Every head's labels in the order of its outputs, and the lemmas that no frequent script gives."""

    tags: list[str]
    morphs: list[str]
    scripts: list[str]
    deps: list[str]
    entities: list[str]
    roles: list[str]
    lemmas: dict[str, str]


def gather(trees: Iterable[Tree]) -> Labels:
    """Gather labels seen at least three times; ``lemmas`` maps "word|TAG" of the words the scripts leave out."""
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
    frequent = {script for script, count in scripts.items() if count >= _RARE}
    exceptions = {}
    for key, counts in sorted(lemmas.items()):
        lemma, count = counts.most_common(1)[0]
        form = key.rpartition("|")[0]
        irregular = script_for(form, lemma) not in frequent
        if irregular and lemma.islower() and lemma.isalpha() and form.isalpha() and count == counts.total():
            exceptions[key] = lemma
    bio = [f"{prefix}-{label}" for label in sorted(ENTITY_LABELS.values()) for prefix in "BI"]
    return Labels(
        tags=_frequent(tags, 2),
        morphs=_frequent(morphs, _RARE),
        scripts=_frequent(scripts, _RARE),
        deps=_frequent(deps, 2),
        entities=["O", *bio],
        roles=list(ROLES),
        lemmas=exceptions,
    )


def morph_label(word: Word) -> str:
    """Give a word's part of speech and features as one label; spelling mistakes are not marked in it."""
    feats = [feat for feat in word.feats.split("|") if feat and feat != "Typo=Yes"]
    return "|".join([word.pos, *feats])


def fits(word: str, script: str, lemma: str) -> bool:
    """Say whether ``script`` gives ``lemma`` for ``word``."""
    return apply_script(word, script) == lemma


def _frequent(counts: Counter[str], least: int) -> list[str]:
    return sorted(label for label, count in counts.items() if count >= least)
