"""Repairs of trees that no treebank has, and which the parser makes of clauses within clauses."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
from spacy.strings import StringStore

from claims.extraction.components.reading import Integers

OUTER = "nsubj:outer"

#: Labels of arcs, as hashes of the pipeline's strings.
Labels = npt.NDArray[np.uint64]


def mend(labels: Labels, heads: Integers, strings: StringStore) -> None:
    """Change ``labels`` and ``heads`` of a text's words in place; both count words without white space."""
    _set_outer_subjects(labels, heads, strings)
    _nest_complements(labels, heads, strings)


def _set_outer_subjects(labels: Labels, heads: Integers, strings: StringStore) -> None:
    """Put right the subjects of clauses as predicates: "the point" in "the point is that Oslo left".

    They are told by a copula that stands behind them and before the clause's mark. Taken for an object of the clause,
    or for another clause beside it, they are made its subjects.
    """
    object_, copula, mark, clause, outer = (strings[label] for label in ("obj", "cop", "mark", "ccomp", OUTER))
    for copula_at in np.flatnonzero(labels == copula):
        head = heads[copula_at]
        inside = np.flatnonzero(heads == head)
        if not any(labels[inside[inside > copula_at]] == mark):
            continue
        labels[inside[(inside < copula_at) & (labels[inside] == object_)]] = outer
        if labels[head] == clause:
            beside = np.flatnonzero((heads == heads[head]) & (labels == clause))
            subjects = beside[(beside > heads[head]) & (beside < copula_at)]
            labels[subjects], heads[subjects] = outer, head


def _nest_complements(labels: Labels, heads: Integers, strings: StringStore) -> None:
    """Hang a clause with a mark on the clause before it, not beside it: a verb has one clause as its complement.

    In "Oslo answered that it would go, said Ida" both "answered" and "go" get hung on "said".
    """
    clause, subject, mark = (strings[label] for label in ("ccomp", "nsubj", "mark"))
    clauses = np.flatnonzero(labels == clause)
    for former, latter in pairwise(clauses):
        if heads[former] != heads[latter]:
            continue
        words = np.arange(len(heads))
        marked = np.any((heads == latter) & (labels == mark) & (words > former))
        if marked and np.any((heads == former) & (labels == subject) & (words < former)):
            heads[latter] = former
