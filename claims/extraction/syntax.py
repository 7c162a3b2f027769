"""Small questions to a Universal Dependencies parse; token indices are positions in the ``Doc``."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from spacy.tokens import Doc, Token

FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us"})
QUOTES = frozenset("\"“”„«»''``")


def children(token: Token, *labels: str) -> list[Token]:
    """The children with one of ``labels``: "nsubj" takes "nsubj" alone, "nsubj*" every subtype too."""
    exact, stems = _wanted(labels)
    wanted = []
    for part in token.children:
        label = part.dep_
        if label in exact or (stems and label.partition(":")[0] in stems):
            wanted.append(part)
    return wanted


@functools.cache
def _wanted(labels: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The labels that must be met whole, and those of which any subtype will do."""
    stems = frozenset(label[:-1] for label in labels if label.endswith("*"))
    return frozenset(labels), stems


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of ``labels``, or None."""
    found = children(token, *labels)
    return found[0] if found else None


def has_child(token: Token, *labels: str) -> bool:
    """Whether there is a child with one of ``labels``."""
    return bool(children(token, *labels))


def case_of(token: Token) -> str:
    """The preposition that marks a phrase ("of", "according to"), lower-cased; "" if none."""
    for mark in children(token, "case", "mark"):
        if mark.lower_ not in {"that", "'s", "’s"}:
            return " ".join([mark.lower_, *(fixed.lower_ for fixed in children(mark, "fixed"))])
    return ""


def prepositional(token: Token, preposition: str) -> Token | None:
    """The phrase or clause below a token that ``preposition`` introduces."""
    for label in ("obl*", "nmod*", "advcl*", "acl", "ccomp", "xcomp"):
        for phrase in children(token, label):
            timed = phrase.ent_type_ == "DATE" or phrase.dep_ in {"obl:agent", "obl:tmod", "obl:unmarked"}
            if not timed and case_of(phrase).split(" ")[0] == preposition:
                return phrase
    return None


def subtree(token: Token) -> set[int]:
    """The positions of a token and everything below it."""
    return {node.i for node in token.subtree}


def run(head: Token, excluded: Iterable[int] = ()) -> tuple[int, int]:
    """The unbroken stretch of ``head``'s subtree that holds it, without ``excluded``: (first, last + 1).

    Punctuation and space attached elsewhere does not break the stretch; excluded tokens do.
    """
    doc, without = head.doc, set(excluded)
    below = subtree(head) - without
    start = end = head.i

    def bridge(position: int, step: int) -> int | None:
        """The next position of the subtree beyond punctuation, or None."""
        position += step
        while 0 <= position < len(doc) and position not in without:
            if position in below:
                return position
            if not (doc[position].is_punct or doc[position].is_space):
                return None
            position += step
        return None

    while (further := bridge(start, -1)) is not None:
        start = further
    while (further := bridge(end, 1)) is not None:
        end = further
    return start, end + 1


def trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A stretch without the punctuation, "that" and conjunction round its edges."""
    while start < end and (
        (doc[start].is_punct and doc[start].text not in {"(", "[", "’", "'"})
        or doc[start].is_space
        or doc[start].lower_ in QUOTES
        or (doc[start].lower_ in {"and", "but", "or"} and doc[start].dep_ == "cc")
        or doc[start].dep_ == "cop"
        or (doc[start].lower_ == "that" and doc[start].dep_ in {"mark", "cc", "advmod"} and end - start > 2)
    ):
        start += 1
    while end > start and (
        (doc[end - 1].is_punct and doc[end - 1].text not in {")", "]"})
        or doc[end - 1].is_space
        or doc[end - 1].lower_ in QUOTES
    ):
        end -= 1
    return start, end


def is_verbal(token: Token) -> bool:
    """Whether a token heads a clause: a verb, or a predicate with copula or auxiliary."""
    return token.pos_ in {"VERB", "AUX"} or has_child(token, "cop", "aux*")


def is_passive(token: Token) -> bool:
    """Whether a verb is passive: a passive auxiliary, or a bare participle modifying a noun or with an agent."""
    if has_child(token, "aux:pass") or (token.tag_ == "VBN" and has_child(token, "obl:agent")):
        return True
    return token.tag_ == "VBN" and token.dep_ in {"acl", "advcl"} and not has_child(token, "aux*", "nsubj", "obj")


def negation(token: Token) -> Token | None:
    """The word that negates a predicate ("not", "never", "no longer"), or None."""
    for modifier in children(token, "advmod*", "det*", "cc*"):
        if modifier.lower_ in {"not", "n't", "n’t", "nt", "never", "neither", "nor", "hardly", "no"}:
            return modifier
    for auxiliary in children(token, "aux*", "cop"):
        if auxiliary.lower_ in {"dont", "doesnt", "didnt", "wont", "cant", "cannot", "isnt", "arent", "wasnt"}:
            return auxiliary
    return None


def is_first_person(token: Token) -> bool:
    """Whether a word is the speaker's ("we", "our"); "US" in capitals is not."""
    return token.lower_ in FIRST_PERSON and not (len(token) > 1 and token.text.isupper())


def conjuncts(token: Token) -> list[Token]:
    """A token and all that is conjoined to it, in order."""
    found = [token]
    for conjunct in children(token, "conj"):
        found.extend(conjuncts(conjunct))
    return found


def quoted_regions(doc: Doc) -> list[tuple[int, int]]:
    """Stretches within double quotation marks, as (opening mark, closing mark) positions.

    An opening mark without its partner runs to the end of the text, as in quotations over several paragraphs.
    """
    regions: list[tuple[int, int]] = []
    opened: int | None = None
    for token in doc:
        if token.text not in {'"', "“", "”", "„", "«", "»", "``", "''"}:
            continue
        if opened is None:
            if token.text in {"”", "»", "''"}:
                continue
            opened = token.i
        elif token.text not in {"“", "«", "„", "``"}:
            regions.append((opened, token.i))
            opened = None
    if opened is not None:
        regions.append((opened, len(doc)))
    return regions
