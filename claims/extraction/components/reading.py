"""What the encoder reads in a doc, kept in ``doc.user_data["reading"]`` for the components after it.

Rows belong to words: the doc's tokens without its white space. All values are plain or NumPy arrays, so a doc that
carries them can be serialised. What rules may use is read with the functions below; components take out what only they
need. The functions give nothing where a pipeline has no such component.
"""

from __future__ import annotations

from typing import NamedTuple, TypedDict, cast

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Span

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

KEY = "reading"
ROLES = ("SOURCE", "CUE", "CONTENT")
ROLE_TAGS = ("O", *(f"{prefix}-{role}" for role in ROLES for prefix in "BI"))
CUE_TAGS = [index for index, tag in enumerate(ROLE_TAGS) if tag.endswith("-CUE")]
# First token, and the token after the last.
Extent = tuple[int, int]


class Linked(NamedTuple):
    """One attribution as the trained component reads it: spans that belong together.

    ``sources`` is empty where none is named in the text's line; contents may be in several pieces. ``probability`` is
    that of its spans and links, by the component's own reckoning.
    """

    sources: list[Span]
    cue: Span
    contents: list[Span]
    probability: float


class Reading(TypedDict, total=False):
    """The encoder's outputs for ``n`` words.

    ``words`` (n) are token indices; ``line_starts`` and ``sentence_starts`` (n) say whether a word begins one; ``tags``
    and ``morphs`` (n) are label numbers, ``scripts`` (n, 5) the best lemma scripts; ``entities`` (n, labels) are
    logarithms of probabilities; ``arcs`` lists a matrix of scores a window, dependents in rows, its diagonal the scores
    of roots; ``dependents`` and ``heads`` (n, width) are what labels of arcs are read from.

    ``role_scores`` (n, tags) are scores of the attributions' tags, which become their probabilities, ``roles``;
    ``links`` lists a matrix of scores a window: which span's first word the span of a word belongs to, the diagonal for
    none. ``acts`` (n, acts) are probabilities of the acts ``act_names``, were a word a cue; ``attributions`` are as
    ``linked`` gives them, in tokens.
    """

    words: Integers
    line_starts: Truths
    sentence_starts: Truths
    tags: Integers
    morphs: Integers
    scripts: Integers
    entities: Floats
    role_scores: Floats
    roles: Floats
    links: list[Floats]
    acts: Floats
    act_names: list[str]
    attributions: list[tuple[list[Extent], Extent, list[Extent], float]]
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
    probabilities[reading["words"]] = reading["roles"][:, CUE_TAGS].sum(axis=1)
    return probabilities


def linked(doc: Doc) -> list[Linked]:
    """Give the attributions of ``doc`` in the order of their cues; none from a pipeline without the component."""
    reading = cast(Reading, doc.user_data.get(KEY, {}))
    return [
        Linked(
            [doc[start:end] for start, end in sources],
            doc[cue[0] : cue[1]],
            [doc[start:end] for start, end in contents],
            probability,
        )
        for sources, cue, contents, probability in reading.get("attributions", [])
    ]


def act_guess(doc: Doc, cue_start: int, cue_end: int) -> list[tuple[str, float]]:
    """Give the acts that the tokens of a cue may express with their probabilities, the likeliest first.

    The guess comes from how the cue is used in its sentence, not from which word it is, so it serves for words that no
    lexicon has. Without a trained component there is none.
    """
    reading = cast(Reading, doc.user_data.get(KEY, {}))
    if "acts" not in reading:
        return []
    rows = np.flatnonzero(reading["words"] == doc[cue_start:cue_end].root.i)
    if not rows.size:
        return []
    chances = zip(reading["act_names"], reading["acts"][rows[0]].tolist(), strict=True)
    return sorted(chances, key=lambda chance: -chance[1])
