"""The article beside a desk: its words cut where marks begin and end, each piece with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.pages.evidence import Mark, pieces

#: How much of a long article stands on a desk, in characters on either side of what it is about.
REACH = 30_000


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Some words of the article with their classes, ``at`` which offset they start, and the stances that end there."""

    text: str
    at: int
    classes: str
    notes: tuple[int, ...]


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the part of ``text`` that stands on the desk begins and ends, for what stands in ``[start, end)``."""
    return max(0, start - REACH), min(len(text), end + REACH)


def text_pieces(
    text: str, start: int, end: int, marks: Iterable[Mark], notes: Iterable[tuple[int, int]] = ()
) -> list[TextPiece]:
    """``text[start:end]`` in pieces with the classes of ``marks``; ``notes`` are offsets with the stance to lead to."""
    shown, at = [], start
    for piece in pieces(text, start, end, marks, notes):
        shown.append(TextPiece(piece.text, at, piece.classes, piece.notes))
        at += len(piece.text)
    return shown
