"""Whether what extraction found is the article's own text, before anything of it is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.extraction.types import ArticleText, ExtractedStance, Span


class EvidenceError(Exception):
    """A stance that can't be stored: its evidence lies outside the text, or a value is not of its kind."""

    def __init__(self, stance: ExtractedStance, what: str) -> None:
        super().__init__(f"the stance in line {stance.line} {what}; this is a fault of extraction ({stance.rule})")


def require_evidence(article: ArticleText, stances: Sequence[ExtractedStance]) -> None:
    """Raise ``EvidenceError`` unless every span of ``stances`` is a stretch of the article's text."""
    length = len(article.text)
    for stance in stances:
        for name, span in _spans(stance):
            if not 0 <= span.start < span.end <= length:
                raise EvidenceError(stance, f"has a {name} outside the text (characters {span.start} to {span.end})")
        if not 0.0 <= stance.confidence <= 1.0:
            raise EvidenceError(stance, f"has a confidence of {stance.confidence}")
        names = [stance.actor.name, *(link.actor.name for link in stance.chain)]
        if not all(name.strip() for name in [*names, *(addressee.name for addressee in stance.addressees)]):
            raise EvidenceError(stance, "names an actor without words")


def _spans(stance: ExtractedStance) -> Iterator[tuple[str, Span]]:
    yield "cue", stance.cue
    yield "content", stance.content
    optional = [("mention", stance.actor.mention), ("target", stance.target)]
    optional += [("addressee", addressee.mention) for addressee in stance.addressees]
    optional += [("source", link.actor.mention) for link in stance.chain]
    optional += [("cue of a source", link.cue) for link in stance.chain]
    for name, span in optional:
        if span is not None:
            yield name, span
