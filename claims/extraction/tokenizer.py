"""spaCy's English tokeniser, with every hyphen between letters or digits a word of its own, as treebanks print it."""

from __future__ import annotations

from functools import cache
from typing import Any

import spacy
from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.language import Language
from spacy.util import compile_infix_regex

_HYPHEN_INSIDE = rf"(?<=[{ALPHA}0-9.])(?:{HYPHENS})(?=[{ALPHA}0-9])"


def split_hyphens(nlp: Language) -> Language:
    """Let the tokeniser of ``nlp`` also part "19-year", "A-10" and "Covid-19" at their hyphens; gives ``nlp`` back."""
    infixes = [*(nlp.Defaults.infixes or ()), _HYPHEN_INSIDE]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


def word_offsets(text: str) -> list[tuple[int, int]]:
    """Give the character offsets of the words of ``text``, white space left out."""
    doc = _blank().tokenizer(text)
    return [(token.idx, token.idx + len(token)) for token in doc if not token.is_space]


@cache
def _blank() -> Language:
    nlp = split_hyphens(spacy.blank("en"))
    nlp.max_length = 10_000_000
    return nlp
