"""Attributions that the pipeline's trained component sees and the cue rules do not.

The component marks spans of sources, cues and contents (``doc.spans``) and links those that belong together. Where a
pipeline does not link them, or finds no source for a cue, they are joined here by closeness within the sentence, never
across another cue. Attributions made so are less sure than parsed ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from claims.extraction.arguments import Content
from claims.extraction.assertion import is_supposed, polarity
from claims.extraction.attributions import Attribution
from claims.extraction.components.reading import Linked, act_guess, linked
from claims.extraction.guesses import guess_act
from claims.extraction.lexicon import Cue, Slot, cues
from claims.extraction.sources import can_hold
from claims.extraction.syntax import has_child, is_passive, is_verbal, trim
from claims.extraction.types import Act

UNKNOWN_CUE = Cue("", "V", Act.STATES, "?", (Slot("ccomp"), Slot("quote")), (Slot("obl", "to"),), "unknown")

# How likely the pipeline's guess at an act has to be, to be taken.
SURE = 0.5


def unknown_cue(cue: Span) -> Cue:
    """The reading of a cue that the lexicon lacks: the act of the verbs that it is likest to, else the one that it
    looks like in its sentence, where the pipeline is sure enough, else plain speech.
    """
    act = guess_act(cue.root.lemma_)
    chances = act_guess(cue.doc, cue.start, cue.end) if act is None else []
    if chances and chances[0][1] >= SURE:
        act = Act(chances[0][0])
    return UNKNOWN_CUE if act is None else replace(UNKNOWN_CUE, act=act)


def marked(doc: Doc, role: str) -> Sequence[Span]:
    """The spans that the trained component marked with a role ("source", "cue" or "content"); none without it."""
    return list(doc.spans[role]) if role in doc.spans else []


def attributions_from_marks(doc: Doc, found: Sequence[Attribution]) -> list[Attribution]:
    """Attributions for marked cues that none of ``found`` covers, joined with the marks beside them."""
    sources, contents = marked(doc, "source"), marked(doc, "content")
    all_cues = marked(doc, "cue")
    links = {one.cue.start: one for one in linked(doc)}
    made = []
    for cue in all_cues:
        if any(other.cue_start < cue.end and cue.start < other.cue_end for other in found):
            continue
        if any(other.content.start <= cue.start < other.content.end for other in found):
            continue
        source, content = _belonging(links.get(cue.start))
        source = source or _beside(cue, sources, all_cues)
        content = content or (None if links else _beside(cue, contents, all_cues))
        if source is None or content is None or (content.start <= source.root.i < content.end):
            continue
        start, end = trim(doc, content.start, content.end)
        if end - start < 2:
            continue
        entry = _entry(cue)
        if not _is_telling(entry, cue.root, doc[start:end].root) or not can_hold(source.root):
            continue
        told = Content(doc[start:end].root, start, end, "quote", fronted=end <= cue.start)
        act, negated = polarity(cue.root, entry, told)
        if act is None or is_supposed(cue.root):
            continue
        made.append(
            Attribution(
                entry, cue.root, cue.start, cue.end, source.root, told, act, negated=negated, rule="learned:marks"
            )
        )
    return made


def _belonging(one: Linked | None) -> tuple[Span | None, Span | None]:
    """The source and the longest piece of content of what the component links to a cue."""
    if one is None:
        return None, None
    return (one.sources[0] if one.sources else None), max(one.contents, key=len, default=None)


def _beside(cue: Span, candidates: Sequence[Span], all_cues: Sequence[Span]) -> Span | None:
    """The nearest candidate in the cue's sentence with no other cue between, or None."""
    best: tuple[int, Span] | None = None
    for span in candidates:
        if span.end <= cue.sent.start or span.start >= cue.sent.end:
            continue
        low, high = (span.end, cue.start) if span.start < cue.start else (cue.end, span.start)
        if any(low <= other.start < high for other in all_cues if other.start != cue.start):
            continue
        distance = max(0, high - low)
        if best is None or distance < best[0]:
            best = (distance, span)
    return best[1] if best else None


def _is_telling(entry: Cue, cue: Token, content: Token) -> bool:
    """Whether marks make a stance: plain or unknown speech needs a clause, and a passive cue an agent."""
    if is_passive(cue) and not has_child(cue, "obl:agent"):
        return False
    if entry.sense == UNKNOWN_CUE.sense and not is_verbal(cue):
        return False
    return entry.act != Act.STATES or is_verbal(content)


def _entry(cue: Span) -> Cue:
    """The lexicon's first reading of a marked cue, whatever its frame; plain speech for a word it lacks."""
    lemma = cue.root.lemma_.lower()
    printed = {token.lower_ for token in cue}
    for key in ((lemma, "V"), (lemma, "N"), (cue.root.lower_, "A")):
        for reading in cues().get(key, ()):
            if not reading.preposition or reading.preposition in printed:
                return reading
    return unknown_cue(cue)
