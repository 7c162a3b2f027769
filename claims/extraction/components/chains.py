"""The best sequence of BIO tags, and the probability of each tag, under scores of tags and of one after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from claims.extraction.components.reading import Floats

_NEVER = np.float32(-1e9)


class Costs(NamedTuple):
    """What a sequence of tags pays: ``begin`` for a span after none, ``split`` for one right after another.

    ``stay`` is what it gains for every further word of a span. All are logarithms.
    """

    begin: float = 0.0
    split: float = 0.0
    stay: float = 0.0


class Chain(NamedTuple):
    """Scores of a tag (column) after another (row), and of the first tag of a line."""

    step: Floats
    first: Floats


FREE = Costs()


def plain_chain(tags: Sequence[str], costs: Costs = FREE) -> Chain:
    """Give the chain that knows nothing but that ``I-X`` may only follow ``B-X`` or ``I-X``, less ``costs`` of each."""
    zeros = np.zeros((len(tags), len(tags)), dtype=np.float32)
    return with_costs(Chain(zeros, zeros[0]), tags, dict.fromkeys((tag[2:] for tag in tags), costs))


def with_costs(chain: Chain, tags: Sequence[str], costs: Mapping[str, Costs]) -> Chain:
    """Forbid what tags may not follow each other, and take the ``costs`` of labels off the scores of a chain."""
    allowed = np.array([[not right.startswith("I-") or left[2:] == right[2:] for right in tags] for left in tags])
    outside = np.array([tag == "O" for tag in tags])
    step = np.where(allowed, chain.step, _NEVER)
    first = np.where(np.array([tag.startswith("I-") for tag in tags]), _NEVER, chain.first)
    for column, tag in enumerate(tags):
        cost = costs.get(tag[2:], FREE)
        if tag.startswith("B-"):
            step[outside, column] -= cost.begin
            step[~outside, column] -= cost.split
            first[column] -= cost.begin
        elif tag.startswith("I-"):
            step[:, column] += cost.stay
    return Chain(step, first)


def best_tags(scores: Floats, chain: Chain, breaks: Sequence[bool]) -> list[int]:
    """Give the tags of the best sequence by the Viterbi algorithm.

    ``scores`` (words, tags) are logarithms; where ``breaks`` says that a word begins a line, the chain begins anew.
    """
    pointers = np.zeros(scores.shape, dtype=np.int64)
    total = np.zeros(scores.shape[1], dtype=np.float32)
    for index in range(len(scores)):
        options = total[:, None] + (chain.first[None, :] if index == 0 or breaks[index] else chain.step)
        pointers[index] = options.argmax(axis=0)
        total = options.max(axis=0) + scores[index]
        total -= total.max()
    best = int(total.argmax()) if len(scores) else 0
    path = []
    for index in range(len(scores) - 1, -1, -1):
        path.append(best)
        best = int(pointers[index, best])
    return path[::-1]


def tag_probabilities(scores: Floats, chain: Chain, breaks: Sequence[bool]) -> Floats:
    """Give each word's probability of each tag, (words, tags), by the forward-backward algorithm."""
    words, tags = scores.shape
    # Scores are turned into weights once; every vector is brought to the sum 1, so that nothing over- or underflows.
    weights = np.exp(scores - scores.max(axis=1, keepdims=True)) if words else scores
    step, first = np.exp(chain.step - chain.step.max()), np.exp(chain.first - chain.first.max())
    forward = np.zeros((words, tags), dtype=np.float64)
    backward = np.ones((words, tags), dtype=np.float64)
    for index in range(words):
        begins = index == 0 or breaks[index]
        here = (first if begins else forward[index - 1] @ step) * weights[index]
        forward[index] = here / here.sum()
    for index in range(words - 2, -1, -1):
        if not breaks[index + 1]:
            after = step @ (weights[index + 1] * backward[index + 1])
            backward[index] = after / after.sum()
    both = forward * backward
    result: Floats = (both / both.sum(axis=1, keepdims=True)).astype(np.float32) if words else scores
    return result


def spans_of(path: Sequence[str], breaks: Sequence[bool]) -> list[tuple[int, int, str]]:
    """Give the spans (start, end, label) of BIO tags; none reaches over a line."""
    spans: list[tuple[int, int, str]] = []
    start, label = 0, ""
    for index, tag in enumerate([*path, "O"]):
        if label and (not tag.startswith("I-") or breaks[index]):
            spans.append((start, index, label))
            label = ""
        if tag != "O" and not label:
            start, label = index, tag[2:]
    return spans


def bio_spans(scores: Floats, tags: Sequence[str], breaks: Sequence[bool], chain: Chain) -> list[tuple[int, int, str]]:
    """Give the spans (start, end, label) of the best sequence of tags."""
    return spans_of([tags[tag] for tag in best_tags(scores, chain, breaks)], breaks)
