"""Cuts an article that is too long for the pipeline, and puts what was found in its pieces back together.

The parser's memory grows with the text it is given at once (some 17 MB a thousand words), so no piece is longer than
``PIECE`` characters. Each piece begins with the header of the article, which keeps title, date and actors known in it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.extraction.types import ActorRef, ArticleText, ExtractedLink, ExtractedStance, Span

#: Characters of body in a piece.
PIECE = 100_000
#: How far back from the end of a full piece a better place to cut is looked for, best kind first.
_BACK = 10_000
_CUTS = ("\n", ". ", " ")


class Piece(NamedTuple):
    """A part of an article as an article of its own, and where its body stands in the whole.

    ``shift`` is what to add to an offset behind ``article.body_start``, ``lines`` what to add to the line there;
    ``first`` tells the piece to which the header's own stances belong.
    """

    article: ArticleText
    shift: int
    lines: int
    first: bool


def cut(article: ArticleText, size: int = PIECE) -> list[Piece]:
    """The pieces of ``article``, at most ``size`` characters of body each; itself if it fits."""
    text, start = article.text, article.body_start
    if len(text) - start <= size:
        return [Piece(article, shift=0, lines=0, first=True)]
    header = text[:start]
    return [
        Piece(
            dataclasses.replace(article, text=header + text[begin:end]),
            shift=begin - start,
            lines=text.count("\n", start, begin),
            first=begin == start,
        )
        for begin, end in _bounds(text, start, size)
    ]


def whole(piece: Piece, stances: Sequence[ExtractedStance]) -> list[ExtractedStance]:
    """The stances found in ``piece`` with the lines and offsets of the whole article."""
    body = piece.article.body_start
    own = (stance for stance in stances if piece.first or stance.content.start >= body)
    return [_moved(stance, piece) for stance in own] if piece.shift else list(own)


def _bounds(text: str, start: int, size: int) -> Iterator[tuple[int, int]]:
    while start < len(text):
        end = start + size
        if end < len(text):
            end = _cut_before(text, start, end)
        yield start, min(end, len(text))
        start = end


def _cut_before(text: str, start: int, end: int) -> int:
    """Where to cut at the latest at ``end``: after a line, else a sentence, else a word, else in the middle."""
    earliest = max(start, end - _BACK)
    for mark in _CUTS:
        found = text.rfind(mark, earliest, end)
        if found > start:
            return found + len(mark)
    return end


def _moved(stance: ExtractedStance, piece: Piece) -> ExtractedStance:
    """``stance`` with all it says about the body moved to where that stands in the whole article."""

    def span(old: Span) -> Span:
        by = piece.shift if old.start >= piece.article.body_start else 0
        return Span(old.start + by, old.end + by)

    def ref(old: ActorRef) -> ActorRef:
        return dataclasses.replace(old, mention=span(old.mention)) if old.mention else old

    return dataclasses.replace(
        stance,
        line=stance.line + piece.lines,
        actor=ref(stance.actor),
        cue=span(stance.cue),
        content=span(stance.content),
        target=span(stance.target) if stance.target else None,
        target_actor=ref(stance.target_actor) if stance.target_actor else None,
        addressees=tuple(map(ref, stance.addressees)),
        chain=tuple(
            ExtractedLink(ref(link.actor), span(link.cue) if link.cue else None, link.act) for link in stance.chain
        ),
    )
