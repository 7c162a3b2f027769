"""Which of several actors a phrase without a name most likely takes up.

In running text that is the nearest earlier subject (GUM news: 73 to 79 of 100 right for "he" and "she"). Scraped
articles often come with their lines out of order; there the line that shares most words with the phrase's own, and how
often an actor speaks, say more than what stands before.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Callable, Sequence

from spacy.tokens import Doc

from claims.extraction.actors import fold
from claims.extraction.roster import Figure, Mention, Roster

SCRAPED = 1000


class Salience:
    """Ranks the mentions of one article.

    ``docs`` are its parsed lines in order, title first; ``shuffled`` tells that they are known to be out of order.
    """

    def __init__(self, docs: Sequence[Doc], roster: Roster, *, shuffled: bool = False) -> None:
        self._docs = docs
        self._roster = roster
        self._shuffled = shuffled

    @functools.cached_property
    def in_order(self) -> bool:
        """Whether the lines stand as they were written: people are named in full before their surname stands alone."""
        if self._shuffled:
            return False
        body = "".join(doc.text for doc in self._docs[1:])
        starts = {doc[0].lower_ for doc in self._docs[1:2] if len(doc)}
        # Long news without any quotation has lost its marks, and its order too for all one knows.
        scraped = len(body) > SCRAPED and not set(body) & set('"“”‘«')
        early, late = 0, int(scraped) + int(bool(starts & {"he", "she", "they", "it"}))
        for key, person in self._roster.people.items():
            pieces = len(fold(person.figure.name).split())
            shown = [m for m in self._roster.mentions if m.figure.key == key and m.line > 0]
            lengths = [m.figure.end - m.figure.start for m in shown]
            if pieces < 2 or len(set(lengths)) < 2:
                continue
            if lengths[0] > 1:
                early += 1
            else:
                late += 1
        return late <= early

    def best(
        self, fits: Callable[[Mention], bool], line: int, token: int, *, before_only: bool = False
    ) -> Figure | None:
        """The actor among the fitting mentions that a phrase at a token of a line most likely means, or None."""
        pool = [m for m in self._roster.mentions if fits(m) and not (m.line == line and m.token == token)]
        near = [m for m in pool if m.line == line and m.token < token and not m.quoted]
        if near:
            return max(near, key=lambda m: (m.speaks, m.subject, m.token)).figure
        open_ones = [m for m in pool if m.line != line and not m.quoted] or [m for m in pool if m.line != line]
        if self.in_order:
            earlier = [m for m in open_ones if 0 < m.line < line]
            for reach in (1, 2, line):
                told = [m for m in earlier if m.line >= line - reach]
                subjects = [m for m in told if m.subject]
                speakers = [m for m in subjects if m.speaks]
                if subjects:
                    return (speakers or subjects)[-1].figure
            if earlier:
                return earlier[-1].figure
            if before_only:
                return None
        if not open_ones:
            return None
        scores: dict[str, float] = {}
        for m in open_ones:
            likeness = self._likeness(line, m.line) * (1.0 if m.subject else 0.5)
            scores[m.figure.key] = max(scores.get(m.figure.key, 0.0), likeness)
        for m in open_ones:
            scores[m.figure.key] += 0.1 * m.speaks + 0.02 * m.subject
        return max(open_ones, key=lambda m: scores[m.figure.key]).figure

    @functools.cached_property
    def _words(self) -> list[Counter[str]]:
        return [
            Counter(
                token.lemma_.lower()
                for token in doc
                if token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ"} and not token.is_stop and token.is_alpha
            )
            for doc in self._docs
        ]

    @functools.cached_property
    def _rarity(self) -> dict[str, float]:
        lines = Counter(word for words in self._words for word in words)
        return {word: math.log(1 + len(self._docs) / count) for word, count in lines.items()}

    def _likeness(self, one: int, other: int) -> float:
        """How alike the words of two lines are, 0 to 1: the cosine of their words weighted by rarity."""

        def length(words: Counter[str]) -> float:
            return math.sqrt(sum(self._rarity[word] ** 2 for word in words)) or 1.0

        left, right = self._words[one], self._words[other]
        shared = sum(self._rarity[word] ** 2 for word in left.keys() & right.keys())
        return shared / (length(left) * length(right))
