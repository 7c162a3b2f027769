"""Where a stance stands on its claim: the act's own direction, turned where the content says the contrary."""

from __future__ import annotations

import enum
import re
from typing import Final

from claims.extraction.types import Act


class Position(enum.StrEnum):
    """What an actor does with a claim."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    SUPPORTS = "supports"
    DENIES = "denies"
    DOUBTS = "doubts"
    OPPOSES = "opposes"

    @property
    def question(self) -> Question:
        """What the position answers."""
        return Question.WANTED if self in (Position.SUPPORTS, Position.OPPOSES) else Question.SO

    @property
    def is_for(self) -> bool:
        """Whether the position is that the claim is so, or to be so."""
        return self in (Position.ASSERTS, Position.CONFIRMS, Position.SUPPORTS)

    def opposes(self, other: Position) -> bool:
        """Whether the two answer the same question differently."""
        return self.question is other.question and self.is_for is not other.is_for


class Question(enum.StrEnum):
    """What a position is about: whether the claim is so, or whether it is to be so. Only like is opposed to like."""

    SO = "so"
    WANTED = "wanted"


#: What each act says of a content that says the same as the claim. Actors assert what they promise or threaten to do.
_BY_ACT: Final = {
    Act.STATES: Position.ASSERTS,
    Act.ANNOUNCES: Position.ASSERTS,
    Act.WARNS: Position.ASSERTS,
    Act.ACCUSES: Position.ASSERTS,
    Act.BELIEVES: Position.ASSERTS,
    Act.THREATENS: Position.ASSERTS,
    Act.PROMISES: Position.ASSERTS,
    Act.CONFIRMS: Position.CONFIRMS,
    Act.DENIES: Position.DENIES,
    Act.DOUBTS: Position.DOUBTS,
    Act.SUPPORTS: Position.SUPPORTS,
    Act.AGREES: Position.SUPPORTS,
    Act.DEMANDS: Position.SUPPORTS,
    Act.PROPOSES: Position.SUPPORTS,
    Act.OPPOSES: Position.OPPOSES,
    Act.CRITICISES: Position.OPPOSES,
}
_CONTRARY: Final = {
    Position.ASSERTS: Position.DENIES,
    Position.CONFIRMS: Position.DENIES,
    Position.DENIES: Position.ASSERTS,
    Position.DOUBTS: Position.DOUBTS,
    Position.SUPPORTS: Position.OPPOSES,
    Position.OPPOSES: Position.SUPPORTS,
}
_NEGATED_BY_CONTENT: Final = frozenset({Act.DENIES, Act.OPPOSES})
#: Acts that a negation of the cue has led to already.
_NEGATIVE: Final = _NEGATED_BY_CONTENT | {Act.DOUBTS, Act.CRITICISES}
_OWN_DEEDS: Final = frozenset({Act.ANNOUNCES, Act.PROMISES})
_NEGATION = re.compile(r"\b(?:not|no|never|nobody|nothing|none|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE)

#: A refusal to do something is its contrary, whoever supports or opposes it.
_REFUSAL = re.compile(r"\b(?:refus(?:al|als|e|es|ed|ing)|rejection)\b", re.IGNORECASE)
_OPEN = re.compile(r"\bwhether\b", re.IGNORECASE)


def position_of(act: str, cue: str, content: str, claim: str) -> Position | None:
    """The position that ``act``, told by the words ``cue`` and ``content``, takes on a claim with the text ``claim``.

    A claim gathers its contrary too: who says that there is no plan denies that there is one. Plain words ("said that
    it would not") are denial or opposition because of a negation that stands in the content still; it counts once.
    None where the act is not known, where the content leaves open whether it is so, and where two negations in one text
    may mean anything.
    """
    if not act or _OPEN.search(content):
        return None
    in_content, in_claim = _negations(content), _negations(claim)
    if max(in_content, in_claim) > 1:
        return None
    position = _BY_ACT[Act(act)]
    is_turned = in_content != in_claim
    if is_put_in_the_negative(act, content):
        position = _CONTRARY[position]
    elif act not in _NEGATIVE and has_negation(cue):
        is_turned = not is_turned
    return _CONTRARY[position] if is_turned else position


def _negations(words: str) -> int:
    return len(_NEGATION.findall(words)) + len(_REFUSAL.findall(words))


def is_put_in_the_negative(act: str, content: str) -> bool:
    """Whether ``act`` is a denial or an opposition that ``content`` words itself: "said that it would not"."""
    return act in _NEGATED_BY_CONTENT and has_negation(content)


def has_negation(words: str) -> bool:
    """Whether ``words`` say that something is not so."""
    return _NEGATION.search(words) is not None


def questions_of(act: str, position: Position) -> tuple[Question, ...]:
    """What ``position``, taken by ``act``, answers: who announces or promises to do something wants it too."""
    if act in _OWN_DEEDS and position.question is Question.SO:
        return Question.SO, Question.WANTED
    return (position.question,)
