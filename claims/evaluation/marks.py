"""Attributions as they are compared: what annotators marked, and what the language pipeline reads.

A mark is a stretch of characters [start, end) of the raw text, without white space round it and without a full stop at
its end. A content in several places is several marks, as in the published figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from claims.extraction.components.reading import linked
from claims.extraction.training.standoff import Standoff
from claims.extraction.types import Quotation, Span

ROLES = ("source", "cue", "content")

_QUOTED = re.compile(r"[“„«\"][^”»\"\n]*(?:[”»\"]|$)", re.MULTILINE)


class MarkedAttribution(NamedTuple):
    """One attribution: the marks of its source (none if it has no source), of its cue and of its content."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text's marks by role, and the attributions that they make."""

    marks: dict[str, frozenset[Span]]
    attributions: tuple[MarkedAttribution, ...]


def from_standoff(text: str, standoff: Standoff) -> Marked:
    """What an annotator marked in ``text``."""
    return Marked(
        {role: frozenset(_trimmed(text, standoff.fragments[role.upper()])) for role in ROLES},
        tuple(
            MarkedAttribution(*(_stretches(text, roles[role.upper()]) for role in ROLES))
            for roles in standoff.attributions
        ),
    )


def from_doc(doc: Doc) -> Marked:
    """What the pipeline read in ``doc``; a pipeline without attributions reads none."""
    return Marked(
        {role: frozenset(_trimmed(doc.text, _characters(doc.spans.get(role, ())))) for role in ROLES},
        tuple(
            MarkedAttribution(*(_stretches(doc.text, _characters(spans)) for spans in (sources, [cue], contents)))
            for sources, cue, contents in _joined(doc)
        ),
    )


def quotation_of(text: str, content: Sequence[Span]) -> Quotation:
    """Whether all words of a content stand within quotation marks, some do, or none.

    A mark that nothing closes holds to the end of its line, as in quotations over several paragraphs.
    """
    quoted = bytearray(len(text))
    first = text.rfind("\n", 0, content[0].start) + 1
    last = text.find("\n", content[-1].end)
    for match in _QUOTED.finditer(text, first, last if last >= 0 else len(text)):
        quoted[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    inside = [bool(quoted[i]) for start, end in content for i in range(start, end) if text[i].isalnum()]
    if not any(inside):
        return Quotation.INDIRECT
    return Quotation.DIRECT if all(inside) else Quotation.MIXED


def _trimmed(text: str, spans: Iterable[tuple[int, int]]) -> list[Span]:
    trimmed = []
    for start, end in spans:
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        words = words.removesuffix(".").rstrip()
        if words:
            trimmed.append(Span(start, start + len(words)))
    return trimmed


def _stretches(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """The marks of one role of an attribution; those with no word between them are one.

    Annotators' marks and the pipeline's are cut at different places where a content runs over lines.
    """
    stretches: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if stretches and not any(map(str.isalnum, text[stretches[-1][1] : start])):
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return tuple(_trimmed(text, stretches))


def _characters(spans: Iterable[Tokens]) -> list[tuple[int, int]]:
    return [(span.start_char, span.end_char) for span in spans]


def _joined(doc: Doc) -> list[tuple[list[Tokens], Tokens, list[Tokens]]]:
    """The marks of ``doc`` that belong together, as the pipeline says; by closeness where it only marks them."""
    return [(one.sources, one.cue, one.contents) for one in linked(doc)] or by_closeness(doc)


def by_closeness(doc: Doc) -> list[tuple[list[Tokens], Tokens, list[Tokens]]]:
    """The marks of ``doc`` joined to attributions: a source or content belongs to the nearest cue of its sentence."""
    made: dict[int, tuple[list[Tokens], Tokens, list[Tokens]]] = {
        cue.start: ([], cue, []) for cue in doc.spans.get("cue", ())
    }
    for role in ("source", "content"):
        for span in doc.spans.get(role, ()):
            beside = [record for record in made.values() if record[1].sent == span.sent]
            if beside:
                nearest = min(beside, key=lambda record: max(record[1].start - span.end, span.start - record[1].end))
                (nearest[0] if role == "source" else nearest[2]).append(span)
    return [record for record in made.values() if record[2]]
