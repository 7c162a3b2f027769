"""An article's words with the evidence in them marked; every piece is escaped on its own."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.models import Stance
from claims.pages.evidence import LEGEND, Mark, marks_of, passage, pieces


def marked_passage(stance: Stance) -> SafeString:
    """The sentences with the evidence of ``stance``, its spans marked, and the legend to the marks."""
    text, marks = stance.article.text, marks_of(stance)
    start, end = passage(text, marks)
    before = "... " if start > 0 and text[start - 1] != "\n" else ""
    after = " ..." if end < len(text) and text[end] != "\n" else ""
    return format_html(
        '<blockquote class="evidence">{}{}{}</blockquote>{}', before, marked(text, start, end, marks), after, legend()
    )


def marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> SafeString:
    """``text[start:end]`` as HTML in which each of ``marks`` has the class of its kind."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="{}">{}</span>', piece.classes, piece.text) if piece.kinds else piece.text,)
            for piece in pieces(text, start, end, marks)
        ),
    )


def legend() -> SafeString:
    """What each mark means."""
    return format_html(
        '<ul class="legend">{}</ul>',
        format_html_join(
            "",
            '<li><span class="mark-{}">{}</span> {}</li>',
            ((kind.value, word, meaning) for kind, word, meaning in LEGEND),
        ),
    )
