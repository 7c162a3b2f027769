"""What the words of a name tell: where it begins and ends, its short form, its title, who stands behind an office."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from claims.extraction.lexicon import words
from claims.extraction.syntax import children

INITIAL = re.compile(r"[A-Z]\.")
GLUED = re.compile(r"^(?:[A-Z]{2,4})(?=[A-Z][a-z]{2})")
NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "MISC", "PRODUCT"})


def abbreviates(short: str, name: Span, bracketed: bool) -> bool:
    """Whether letters are a name's initials, or, in brackets behind it, letters of it in order from its first."""
    initials = "".join(word.lower_[0] for word in name if word.lower_ not in words("joining"))
    if initials == short:
        return True
    if not bracketed or initials[:1] != short[:1] or len(initials) < 2:
        return False
    letters = iter(name.text.lower())
    return all(letter in letters for letter in short)


def person_behind(head: Token) -> Token | None:
    """The name of the person whose office or country a phrase begins with ("ODF researcher Jane Roe"), or None.

    Parsers split such phrases in many ways, so the words are read from left to right.
    """
    if head.ent_type_ == "PERSON" or not (is_role(head) or head.ent_type_ in NAMED):
        return None
    for token in head.subtree if is_role(head) else ():
        beside = token.ent_type_ == "PERSON" and token.dep_ in {"appos", "flat"} and token.i > head.i
        if beside and token.nbor(-1).text == ",":
            return token
    office = is_role(head)
    for token in head.doc[head.i + 1 : head.i + 7]:
        if token.ent_type_ == "PERSON":
            return token if office else None
        office = office or is_role(token)
        if token.pos_ not in {"PROPN", "NOUN", "ADJ"}:
            return None
    return None


def is_role(head: Token) -> bool:
    """Whether a word is a person's office or occupation ("aide"), not a name."""
    return head.ent_type_ != "PERSON" and (
        head.lemma_.lower() in words("person") or head.lower_.rstrip(".") in words("title")
    )


def strip_article(text: str) -> str:
    """A phrase without a leading "the"."""
    return text[4:] if text[:4].lower() == "the " else text


def entity_text(token: Token) -> str:
    """The text of the entity a token is in, else of the token."""
    for entity in token.doc.ents:
        if entity.start <= token.i < entity.end:
            return entity.text
    return token.text


def name_tokens(tokens: list[Token]) -> list[Token]:
    """The tokens of a person's name without titles before it and a possessive behind it."""
    parts = [token for token in tokens if token.lower_ not in {"'s", "’s", "’", "'"} and not token.is_space]
    while len(parts) > 1 and parts[0].lower_.rstrip(".") in words("title"):
        parts = parts[1:]
    return parts


def person_name(parts: list[Token]) -> str:
    """A person's name without middle initials ("John B. Roe") and letters glued before it ("MEPJane Roe")."""
    last = len(parts) - 1
    kept = [part for i, part in enumerate(parts) if i in {0, last} or not INITIAL.fullmatch(part.text)]
    return GLUED.sub("", "".join(part.text_with_ws for part in kept).strip())


def name_span(root: Token) -> list[Token]:
    """The tokens of the name that a token heads: its entity, else it with its flat and compound names."""
    for entity in root.doc.ents:
        if entity.start <= root.i < entity.end:
            return list(entity)
    indices = {root.i}
    for part in children(root, "flat*", "compound"):
        if part.pos_ == "PROPN":
            indices |= {node.i for node in part.subtree if node.pos_ in {"PROPN", "PUNCT"}}
    return [root.doc[i] for i in range(min(indices), max(indices) + 1)]


def title_pronoun(first: Token) -> str:
    before = first.nbor(-1).lower_.rstrip(".") if first.i else ""
    if before in {"mr", "sir", "lord", "king", "prince"}:
        return "he"
    return "she" if before in {"mrs", "ms", "miss", "lady", "dame", "queen", "princess"} else ""
