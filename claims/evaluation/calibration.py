"""Fits the weights of confidence to hand-marked stances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from claims.extraction.confidence import BASE, Traits

#: How strongly weights are drawn to 0: some hundred stances can't carry large ones.
PENALTY = 2.0
ROUNDS = 50
RARE = 5


def fit(judged: Sequence[tuple[Traits, bool]]) -> dict[str, float]:
    """The weight of each trait that at least ``RARE`` stances have, from traits and whether each stance is right.

    Logistic regression with a ridge penalty on all weights but that of ``BASE``, by Newton's method (iteratively
    reweighted least squares; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4). Raises
    ``ValueError`` without both right and wrong stances.
    """
    right = np.array([is_right for _, is_right in judged], dtype=float)
    if right.size == 0 or right.min() == right.max():
        raise ValueError("Weights need stances that are right and stances that are wrong.")
    counts: dict[str, int] = {}
    for traits, _ in judged:
        for name in traits:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= RARE or name == BASE)
    values = np.array([[traits.get(name, 0.0) for name in names] for traits, _ in judged])
    penalty = np.diag([0.0 if name == BASE else PENALTY for name in names])
    found = np.zeros(len(names))
    for _ in range(ROUNDS):
        expected = 1 / (1 + np.exp(-values @ found))
        slope = values.T @ (right - expected) - penalty @ found
        curvature = (values * (expected * (1 - expected))[:, None]).T @ values + penalty
        step = np.linalg.solve(curvature, slope)
        found += step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, found, strict=True)}


def as_table(weights: Mapping[str, float]) -> str:
    """The weights as ``claims/extraction/data/confidence.tsv`` holds them."""
    return "trait\tweight\n" + "".join(f"{name}\t{weight}\n" for name, weight in weights.items())
