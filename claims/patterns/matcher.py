"""Which topics a claim belongs to, with the patterns of all topics compared at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

from claims.patterns.pattern import Pattern, Phrase
from claims.patterns.words import Word, words

#: Words so common that a phrase is looked for by any other of its words.
_COMMON: Final = frozenset(
    {"a", "about", "against", "an", "and", "at", "be", "by", "for", "from", "in", "into", "is", "it", "no", "not", "of"}
    | {"on", "or", "over", "that", "the", "this", "to", "with"}
)


class Matcher:
    """The patterns of many topics, looked up by one word each, so that a claim costs as much as it has words."""

    def __init__(self, topics: Mapping[int, Iterable[Pattern]]) -> None:
        """``topics`` are patterns by the key of their topic."""
        self._by_word: dict[str, list[tuple[int, int, Pattern]]] = defaultdict(list)
        self._by_actor: dict[str, list[tuple[int, Pattern]]] = defaultdict(list)
        self.actors: frozenset[str] = frozenset()
        for topic, patterns in topics.items():
            for pattern in patterns:
                self._add(topic, pattern)

    def _add(self, topic: int, pattern: Pattern) -> None:
        self.actors |= pattern.actors
        if pattern.phrases:
            phrase = pattern.phrases[0]
            place = _anchor(phrase)
            self._by_word[phrase[place].stem].append((topic, place, pattern))
        else:
            self._by_actor[min(pattern.actors)].append((topic, pattern))

    def topics(self, texts: Sequence[str], actors: Set[str] = frozenset()) -> set[int]:
        """The topics with a pattern that the ``texts`` (wordings) or ``actors`` (slugs) of one claim fit."""
        found = {
            topic for actor in actors for topic, pattern in self._by_actor.get(actor, ()) if pattern.actors <= actors
        }
        for text in texts:
            found |= self._in(words(text), actors)
        return found

    def _in(self, text: Sequence[Word], actors: Set[str]) -> set[int]:
        found: set[int] = set()
        stems = {word.stem for word in text}
        for position, word in enumerate(text):
            for topic, place, pattern in self._by_word.get(word.stem, ()):
                if topic in found or not pattern.actors <= actors:
                    continue
                first, *others = pattern.phrases
                if _stands(first, text, position - place) and all(
                    phrase[0].stem in stems and _is_in(phrase, text) for phrase in others
                ):
                    found.add(topic)
        return found


def _anchor(phrase: Phrase) -> int:
    """The place of the word by which ``phrase`` is looked up: the longest that is not common."""
    return max(range(len(phrase)), key=lambda place: (phrase[place].stem not in _COMMON, len(phrase[place].stem)))


def _is_in(phrase: Phrase, text: Sequence[Word]) -> bool:
    return any(_stands(phrase, text, start) for start in range(len(text) - len(phrase) + 1))


def _stands(phrase: Phrase, text: Sequence[Word], start: int) -> bool:
    """Whether ``phrase`` stands in ``text`` at the word ``start``."""
    if start < 0 or start + len(phrase) > len(text):
        return False
    return all(
        wanted.stem == found.stem and (not wanted.capitals or wanted.capitals == found.capitals)
        for wanted, found in zip(phrase, text[start : start + len(phrase)], strict=True)
    )
