"""What the encoder reads in a doc, kept in ``doc.user_data["reading"]`` for the components after it.

Rows belong to words: the doc's tokens without its white space. All values are NumPy arrays, so a doc that carries them
can be serialised. ``roles`` stays for rules to use (``cue_probabilities``); components take out what only they need.
"""

from __future__ import annotations

from typing import TypedDict, cast

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

KEY = "reading"
ROLES = ("SOURCE", "CUE", "CONTENT")


class Reading(TypedDict, total=False):
    """The encoder's outputs for ``n`` words.

    ``words`` (n) are token indices; ``line_starts`` and ``sentence_starts`` (n) say whether a word begins one; ``tags``
    and ``morphs`` (n) are label numbers, ``scripts`` (n, 5) the best lemma scripts; ``entities`` (n, labels) and
    ``roles`` (n, 3, 3: role, and outside, begin, inside) are logarithms of probabilities; ``arcs`` lists a matrix of
    scores a window, dependents in rows, its diagonal the scores of roots; ``dependents`` and ``heads`` (n, width) are
    what labels of arcs are read from.
    """

    words: Integers
    line_starts: Truths
    sentence_starts: Truths
    tags: Integers
    morphs: Integers
    scripts: Integers
    entities: Floats
    roles: Floats
    arcs: list[Floats]
    dependents: Floats
    heads: Floats


def reading_of(doc: Doc) -> Reading:
    """Give the doc's reading; raises ValueError where the encoder did not run before."""
    try:
        return cast(Reading, doc.user_data[KEY])
    except KeyError:
        raise ValueError("this component needs the pipe 'encoder' before it") from None


def cue_probabilities(doc: Doc) -> Floats:
    """Give each token's probability of being part of an attribution's cue, by the attribution head (0 for spaces)."""
    reading = reading_of(doc)
    probabilities = np.zeros(len(doc), dtype=np.float32)
    probabilities[reading["words"]] = 1.0 - np.exp(reading["roles"][:, ROLES.index("CUE"), 0])
    return probabilities
