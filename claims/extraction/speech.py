"""Speech that runs on: the sentences before and after "..., he said" that are the same speaker's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from claims.extraction.arguments import Content
from claims.extraction.attributions import Attribution
from claims.extraction.syntax import children, has_child, is_first_person, is_verbal, run, trim


def carry(doc: Doc, found: list[Attribution], regions: list[tuple[int, int]], *, unquoted: bool) -> list[Attribution]:
    """Carries a speaker over the sentences that run on before and after "..., he said"."""
    sentences = list(doc.sents)
    cued = {attribution.head.sent.start for attribution in found if not is_first_person(attribution.source)}
    result: list[Attribution] = []
    for attribution in found:
        result.append(attribution)
        inside = any(other.content.start <= attribution.head.i < other.content.end for other in found)
        if inside or attribution.content.slot not in {"ccomp", "quote"}:
            continue
        place = next(i for i, sentence in enumerate(sentences) if sentence.start == attribution.head.sent.start)
        region = _region(attribution.content, regions)
        if region is not None:
            result[-1] = replace(attribution, content=_fill(doc, attribution.content, region, attribution))
            result.extend(_quoted_on(attribution, regions, cued))
        elif unquoted and attribution.content.fronted:
            first = place
            while first and sentences[first - 1].start not in cued and _is_clause(sentences[first - 1].root):
                first -= 1
            if first == 0 and place:
                start, end = trim(doc, sentences[0].start, attribution.content.end)
                result[-1] = replace(attribution, content=replace(attribution.content, start=start, end=end))
            result.extend(_spoken_on(attribution, cued))
        result.extend(_said_on(attribution, found))
    return result


def _is_clause(root: Token) -> bool:
    return is_verbal(root) or has_child(root, "nsubj*")


def _region(content: Content, regions: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The quoted stretch that a content lies in or fills, or None."""
    for opening, closing in regions:
        if (
            opening < content.end
            and content.start <= closing
            and opening - 1 <= content.start
            and content.end <= closing + 2
        ):
            return opening, closing
    return None


def _fill(doc: Doc, content: Content, region: tuple[int, int], attribution: Attribution) -> Content:
    """The content widened to its whole quotation where that runs over several sentences."""
    opening, closing = region
    if opening <= attribution.head.i <= closing:
        return content
    start, end = trim(doc, opening + 1, min(closing, len(doc)))
    return replace(content, start=start, end=end) if start < end else content


def _said_on(attribution: Attribution, found: list[Attribution]) -> Iterator[Attribution]:
    """The clause that goes on behind the words of who speaks: "X failed, she said, and Y would follow"."""
    cue, told = attribution.head, attribution.content
    if not told.fronted:
        return
    clauses = [*children(told.head, "conj", "parataxis"), *children(cue, "ccomp")]
    for clause in clauses:
        if clause.i < cue.i or not has_child(clause, "nsubj*") or any(other.head.i == clause.i for other in found):
            continue
        start, end = trim(cue.doc, *run(clause, {mark.i for mark in children(clause, "cc")}))
        if start > cue.i and end - start >= 3:
            content = Content(clause, start, end, "quote")
            yield replace(attribution, content=content, carried=True, addressees=(), rule="carried:clause")


def _quoted_on(attribution: Attribution, regions: list[tuple[int, int]], cued: set[int]) -> Iterator[Attribution]:
    """Further quotations of the same speaker right after the sentence with the cue."""
    doc = attribution.head.doc
    done = attribution.content.end
    for sentence in doc.sents:
        if sentence.start <= attribution.head.i or sentence.start in cued:
            if sentence.start in cued and sentence.start > attribution.head.i:
                return
            continue
        region = next(
            ((opening, closing) for opening, closing in regions if sentence.start - 1 <= opening <= sentence.start + 1),
            None,
        )
        if region is None:
            if sentence.start > done:
                return
            continue
        start, end = trim(doc, region[0] + 1, min(region[1], len(doc)))
        if end - start >= 3 and start >= done:
            yield replace(
                attribution,
                content=Content(doc[start:end].root, start, end, "quote"),
                carried=True,
                addressees=(),
                rule="carried:quote",
            )
            done = end


def _spoken_on(attribution: Attribution, cued: set[int]) -> Iterator[Attribution]:
    """Sentences without a cue right after "..., said the minister", where quotation marks are lost."""
    doc = attribution.head.doc
    for sentence in doc.sents:
        if sentence.start <= attribution.head.i:
            continue
        if sentence.start in cued or not _is_clause(sentence.root):
            return
        start, end = trim(doc, sentence.start, sentence.end)
        if end - start < 4:
            return
        yield replace(
            attribution,
            content=Content(sentence.root, start, end, "quote"),
            carried=True,
            addressees=(),
            rule="carried:speech",
        )
