"""Articles with judged stances as spaCy documents: the spans of evidence, by which a span categorizer is trained."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from claims.models import Article, Stance

#: Where spaCy's span categorizer looks for spans.
KEY = "sc"
SPANS = ("mention", "cue", "content", "target")


def doc_of(article: Article, stances: Iterable[Stance], nlp: Language) -> Doc:
    """The body of ``article`` in tokens, with the spans of ``stances`` under ``KEY``, labelled by what they are.

    A span that begins or ends within a token takes in the whole token. The header lines are left out.
    """
    doc = nlp.make_doc(article.text[article.body_start :])
    found = {}
    for stance in stances:
        for name in SPANS:
            start, end = getattr(stance, f"{name}_start"), getattr(stance, f"{name}_end")
            if start is None or start < article.body_start:
                continue
            first, last = start - article.body_start, end - article.body_start
            span = doc.char_span(first, last, label=name.upper(), alignment_mode="expand")
            if span is not None:
                found[span.start, span.end, span.label_] = span
    doc.spans[KEY] = SpanGroup(doc, spans=[found[key] for key in sorted(found)])
    return doc
