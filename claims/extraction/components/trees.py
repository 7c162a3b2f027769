"""The best dependency tree of a sentence, given a score for every possible head of every word."""

from __future__ import annotations

import numpy as np

from claims.extraction.components.reading import Floats, Integers

_NEVER = np.float32(-1e9)
_ROOTS_TRIED = 5


def best_heads(scores: Floats) -> Integers:
    """Give the head of each word of a sentence so that they form a tree with one root, its own head.

    ``scores`` has dependents in rows and heads in columns; the diagonal scores being the root. Where the best head of
    every word gives a tree already, that is the answer; otherwise the maximum spanning arborescence (Chu and Liu 1965,
    Edmonds 1967) under each of the five likeliest roots, as single-root parsing wants it.
    """
    size = len(scores)
    scores = _log_softmax(scores)
    heads: Integers = scores.argmax(axis=1).astype(np.int64)
    roots = np.flatnonzero(heads == np.arange(size))
    if len(roots) == 1 and not _cycle(heads, int(roots[0])):
        return heads
    candidates = np.argsort(-scores.diagonal(), kind="stable")[:_ROOTS_TRIED]
    trees = [_arborescence(scores, root) for root in candidates.tolist()]
    return max(trees, key=lambda tree: float(scores[np.arange(size), tree].sum()))


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def _cycle(heads: Integers, root: int) -> list[int]:
    """Give the words of one cycle of heads, or none."""
    state = np.zeros(len(heads), dtype=np.int8)
    state[root] = 2
    for word in range(len(heads)):
        path = []
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            word = int(heads[word])
        if state[word] == 1:
            return path[path.index(word) :]
        state[path] = 2
    return []


def _arborescence(scores: Floats, root: int) -> Integers:
    """Give the best heads with ``root`` as the only root; a cycle is shrunk to one word and the rest solved first."""
    scores = scores.copy()
    np.fill_diagonal(scores, _NEVER)
    scores[root, :] = _NEVER
    scores[root, root] = 0.0
    heads: Integers = scores.argmax(axis=1).astype(np.int64)
    cycle = _cycle(heads, root)
    if not cycle:
        return heads
    outside = np.array([word for word in range(len(scores)) if word not in set(cycle)])
    inside = np.array(cycle)
    # Entering the cycle at a word gives up that word's head in it.
    gains = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None]
    entrance = gains.argmax(axis=0)
    leaving = scores[np.ix_(outside, inside)]
    small = np.full((len(outside) + 1, len(outside) + 1), _NEVER, dtype=np.float32)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1] = gains.max(axis=0)
    small[:-1, -1] = leaving.max(axis=1)
    solved = _arborescence(small, int(np.flatnonzero(outside == root)[0]))
    result = heads.copy()
    for place, word in enumerate(outside.tolist()):
        head = int(solved[place])
        result[word] = inside[leaving[place].argmax()] if head == len(outside) else outside[head]
    broken = inside[entrance[solved[-1]]]
    result[broken] = outside[solved[-1]]
    return result
