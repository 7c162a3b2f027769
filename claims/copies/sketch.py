"""What of an article's text tells its copies: shingles, their MinHash in bands, and how alike two texts are.

Scraping loses characters, glues words and shuffles sentences; outlets change the headline and cut the end. So a shingle
is a run of letters and digits within one sentence, the same whatever stands between them, and the headline is left out.

MinHash: A. Broder, On the resemblance and containment of documents, 1997. Bands: J. Leskovec, A. Rajaraman and
J. Ullman, Mining of Massive Datasets, chapter 3.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Set
from dataclasses import dataclass

from datasketch import MinHash

#: Goes up with every change below that makes bands of the same text differ: stored ones are then of no use.
SCHEME = 1
#: Characters a shingle.
WIDTH = 12
#: A text with fewer shingles tells too little: two short announcements are alike without being copies.
FEWEST = 150
BANDS, ROWS = 24, 3
#: The share of all shingles that two texts have in common (Jaccard) to be copies,
ALIKE = 0.5
#: or the share of the shorter text that stands in the longer one.
CONTAINED = 0.8
#: Above this the one says nothing that the other does not.
SAME = 0.9
#: Shingles hashed at once, which bounds memory for long texts.
_AT_ONCE = 10_000

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+|\n+")
_APART = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two sets of shingles share: of both together, and of the smaller one; 0 to 1 each."""

    jaccard: float
    contained: float

    @property
    def is_copy(self) -> bool:
        """Whether the texts are copies of one another."""
        return self.jaccard >= ALIKE or self.contained >= CONTAINED


def shingles(body: str) -> frozenset[str]:
    """The shingles of ``body``, an article's text without its header lines; none where it is too short to tell."""
    found: set[str] = set()
    for sentence in _SENTENCE_END.split(body):
        letters = _APART.sub("", sentence.lower())
        found.update(letters[start : start + WIDTH] for start in range(len(letters) - WIDTH + 1))
    return frozenset(found) if len(found) >= FEWEST else frozenset()


def bands(of: Set[str]) -> list[int]:
    """The keys of the bands of the shingles ``of``, each from -2**63 to 2**63 - 1; none where there are no shingles.

    Two sets with the Jaccard index j share a key with the probability 1 - (1 - j**ROWS)**BANDS: 0.96 for 0.5, 0.999 for
    0.65, 0.02 for 0.1.
    """
    if not of:
        return []
    sketch = MinHash(num_perm=BANDS * ROWS, seed=1, scheme="affine32")
    rest = iter(sorted(of))
    while batch := list(itertools.islice(rest, _AT_ONCE)):
        sketch.update_batch([shingle.encode() for shingle in batch])
    values = [int(value) for value in sketch.hashvalues]
    return [_key(number, values[number * ROWS : (number + 1) * ROWS]) for number in range(BANDS)]


def likeness(one: Set[str], other: Set[str]) -> Likeness:
    """How alike the texts of two sets of shingles are, counted exactly."""
    common = len(one & other)
    if not common:
        return Likeness(0.0, 0.0)
    return Likeness(common / (len(one) + len(other) - common), common / min(len(one), len(other)))


def _key(number: int, values: list[int]) -> int:
    written = b"".join(value.to_bytes(8, "big") for value in (number, *values))
    return int.from_bytes(hashlib.blake2b(written, digest_size=8).digest(), "big", signed=True)
