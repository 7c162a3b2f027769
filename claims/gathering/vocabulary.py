"""The words of wordings: lemmas, words that say nothing by themselves, and words that stand for one another.

``data/stop.txt`` lists the words that say nothing of what a claim is about. The table ``data/concepts.tsv`` has one row
a concept, tab-separated: its name, a weight from 0 to 1 (how much it tells of a claim that it is about this) and the
words that express it, whatever their part of speech; two words that mean it together are joined by an underscore,
two concepts by a plus.
"""

from __future__ import annotations

import csv
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from claims.extraction.frequencies import english_words

NEGATIONS = frozenset({"not", "no", "never", "n't", "neither", "nor", "nobody", "nothing", "none", "without", "cannot"})

#: Concepts that exclude each other: a wording that has one is not about what another has that has the other.
OPPOSED = (
    ("=withdraw", "=restore"),
    ("=withdraw", "=join"),
    ("=withdraw", "=remain"),
    ("=withdraw", "=deploy"),
    ("=raise", "=cut"),
    ("=build", "=destroy"),
    ("=buy", "=sell"),
    ("=import", "=export"),
)

#: Zipf frequencies at which a word tells little, and how much rarer one is that tells everything.
_ORDINARY, _SPAN = 6.6, 2.2
_LEAST, _MOST = 0.35, 1.5
_ENDINGS = (
    ("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("zes", "z"), ("oes", "o"), ("s", ""),
    ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """What a word stands for, and how much it tells of a claim."""

    key: str
    weight: float


@functools.lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """The base form of a lower-cased word.

    >>> lemma("invaded"), lemma("troops"), lemma("said"), lemma("crisis")
    ('invade', 'troop', 'say', 'crisis')
    """
    if word in _concept_words() or word in stop_words() or len(word) <= 2:
        return word
    known = _irregular().get(word)
    if known:
        return known
    best, commonest = word, english_words().zipf(word) if not word.endswith(("s", "ed", "ing")) else 0.0
    for base in _bases(word):
        if base in _concept_words():
            return base
        if (zipf := english_words().zipf(base)) > commonest:
            best, commonest = base, zipf
    return best


@functools.lru_cache(maxsize=50_000)
def term(word: str) -> Term | None:
    """What a lower-cased word stands for; None where it tells nothing."""
    base = lemma(word)
    if base in stop_words() or word in stop_words() or len(base) < 2:
        return None
    known = _concept_words().get(base)
    rarity = min(max((_ORDINARY - english_words().zipf(base)) / _SPAN, _LEAST), _MOST)
    return Term(known.key, known.weight * rarity) if known else Term(base, rarity)


@functools.lru_cache(maxsize=50_000)
def phrase(word: str, following: str) -> Term | None:
    """What two words stand for together ("pull back"); None where they are no phrase of the table."""
    return _concept_words().get(f"{lemma(word)}_{lemma(following)}")


@functools.cache
def opposites() -> Mapping[str, frozenset[str]]:
    """The concepts that undo each concept, for those that have any."""
    found: dict[str, set[str]] = {}
    for one, other in OPPOSED:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {key: frozenset(others) for key, others in found.items()}


@functools.cache
def compounds() -> Mapping[frozenset[str], Term]:
    """What two concepts mean where a wording has both, in whatever order: stopping and war are a ceasefire."""
    found = {}
    for words, meant in _concept_words().items():
        one, plus, other = words.partition("+")
        if plus:
            found[frozenset({f"={one}", f"={other}"})] = meant
    return found


def _bases(word: str) -> list[str]:
    if word.endswith(("ss", "us", "is")):
        return []
    found = [word[: -len(ending)] + added for ending, added in _ENDINGS if word.endswith(ending)]
    # "planned", "stopping": the consonant was doubled.
    doubled = [base[:-1] for base in found if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "ls"]
    return [base for base in (*doubled, *found) if len(base) > 2]


@functools.cache
def stop_words() -> frozenset[str]:
    """The words that say nothing of what a claim is about."""
    return frozenset(resources.files(__package__).joinpath("data", "stop.txt").read_text(encoding="utf-8").split())


@functools.cache
def _concept_words() -> Mapping[str, Term]:
    text = resources.files(__package__).joinpath("data", "concepts.tsv").read_text(encoding="utf-8")
    return {
        word: Term(f"={row['concept']}", float(row["weight"]))
        for row in csv.DictReader(text.splitlines(), delimiter="\t")
        for word in row["words"].split()
    }


@functools.cache
def _irregular() -> Mapping[str, str]:
    """The lemmas of forms such as "fought" that the shipped pipeline lists, by form."""
    shipped = resources.files("claims.extraction").joinpath("en_stance_news", "lemmatizer", "lexicon.json")
    lemmas: dict[str, str] = json.loads(shipped.read_text(encoding="utf-8"))["lemmas"]
    return {key.partition("|")[0]: base for key, base in reversed(list(lemmas.items())) if key.islower() or "|" in key}
