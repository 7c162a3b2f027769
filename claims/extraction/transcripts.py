"""Speech under a speaker's name, as transcripts and headlines have it: "MS LEE: We will answer in due course"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from claims.extraction.arguments import Content
from claims.extraction.attributions import Attribution
from claims.extraction.lexicon import Cue
from claims.extraction.syntax import has_child, is_verbal, trim
from claims.extraction.types import Act

TAG = Cue(":", "P", Act.STATES, "?", (), (), "said")
#: A tag is a name with its titles, no sentence.
MOST_WORDS = 8
LEAST_SAID = 3


def under_names(doc: Doc) -> Iterator[Attribution]:
    """An attribution for each sentence of a line that begins with a speaker's name and a colon."""
    colon = next((token for token in doc[:MOST_WORDS] if token.text == ":"), None)
    if colon is None or colon.i == 0 or colon.i + 1 >= len(doc):
        return
    source = _named(doc, colon)
    if source is None:
        return
    for sentence in doc.sents:
        start, end = trim(doc, max(sentence.start, colon.i + 1), sentence.end)
        if end - start < LEAST_SAID or not _is_clause(doc[start:end].root):
            continue
        content = Content(doc[start:end].root, start, end, "quote")
        yield Attribution(TAG, colon, colon.i, colon.i + 1, source, content, Act.STATES, rule="tag:quote")


def _named(doc: Doc, colon: Token) -> Token | None:
    """The head of the name before the colon, or None where that is no name of somebody."""
    tag = doc[: colon.i]
    if any(token.pos_ in {"VERB", "AUX", "ADV", "CCONJ"} or token.is_digit for token in tag):
        return None
    names = [token for token in tag if token.ent_type_ in {"PERSON", "ORG"}]
    if names:
        return doc[names[0].i : names[-1].i + 1].root
    shouted = [token for token in tag if token.is_alpha]
    if shouted and len(shouted[-1]) > 2 and all(token.text.isupper() for token in shouted):
        return shouted[-1]
    return None


def _is_clause(root: Token) -> bool:
    return is_verbal(root) or has_child(root, "nsubj*", "cop")
