"""The pipe ``universal_dependencies``: turns the trees of spaCy's own English pipelines into Universal Dependencies.

Those pipelines label arcs after ClearNLP: prepositions head their nouns and "be" heads its predicate. This pipe turns
both round, renames the labels, and renames OntoNotes entities to the shipped pipeline's labels. What ClearNLP does not
tell apart (``nmod:desc``, some ``obl:unmarked``) stays coarser than in the shipped pipeline, and there are no
attribution spans.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from claims.extraction.components.heads import set_heads

_RENAMED = {
    "acomp": "xcomp",
    "agent": "obl:agent",
    "attr": "xcomp",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "dep",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "pcomp": "advcl",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
}
_ENTITIES = {
    "EVENT": "MISC",
    "FACILITY": "FAC",
    "GPE": "LOC",
    "LANGUAGE": "MISC",
    "LAW": "MISC",
    "TIME": "DATE",
    "WORK_OF_ART": "MISC",
}
_KEPT_ENTITIES = frozenset({"PERSON", "ORG", "LOC", "NORP", "FAC", "DATE", "MONEY", "PRODUCT", "MISC"})


def is_clearnlp(labels: Collection[str]) -> bool:
    """Say whether a parser's labels are ClearNLP's."""
    return "dobj" in labels and "pobj" in labels


@Language.component("universal_dependencies", assigns=["token.dep", "token.head", "doc.ents"])
def universal_dependencies(doc: Doc) -> Doc:
    """Convert one doc in place and give it back."""
    if not len(doc):
        return doc
    heads = [token.head.i for token in doc]
    labels = [token.dep_ for token in doc]
    for token in doc:
        if labels[token.i] in ("prep", "agent", "dative") and token.pos_ in ("ADP", "SCONJ"):
            _turn_preposition(token.i, heads, labels, doc)
    for token in doc:
        if token.lemma_ == "be" and token.dep_ not in ("aux", "auxpass"):
            _turn_copula(token.i, heads, labels)
    renamed = [_RENAMED.get(label, label) for label in labels]
    strings = doc.vocab.strings
    set_heads(doc, heads, np.array([strings.add(label) for label in renamed], dtype=np.uint64))
    doc.set_ents([span for span in map(_renamed_entity, doc.ents) if span.label_ in _KEPT_ENTITIES])
    return doc


def _turn_preposition(index: int, heads: list[int], labels: list[str], doc: Doc) -> None:
    """Let the noun (or clause) of a preposition take its place, the preposition as its ``case`` (or ``mark``)."""
    object_ = next((i for i, head in enumerate(heads) if head == index and labels[i] in ("pobj", "pcomp")), None)
    if object_ is None:
        return
    clause = labels[object_] == "pcomp"
    outer = heads[index]
    if labels[index] == "agent":
        label = "obl:agent"
    elif clause:
        label = "acl" if doc[outer].pos_ in ("NOUN", "PROPN") else "advcl"
    else:
        label = "nmod" if doc[outer].pos_ in ("NOUN", "PROPN", "PRON", "NUM") else "obl"
    heads[object_] = outer if outer != index else object_
    labels[object_] = label if outer != index else "ROOT"
    heads[index], labels[index] = object_, "mark" if clause else "case"
    for other, head in enumerate(heads):
        if head == index and other != index:
            heads[other] = object_


def _turn_copula(index: int, heads: list[int], labels: list[str]) -> None:
    """Let the predicate of "be" take its place, "be" as its ``cop``."""
    predicate = next((i for i, head in enumerate(heads) if head == index and labels[i] in ("attr", "acomp")), None)
    if predicate is None:
        return
    outer, label = heads[index], labels[index]
    heads[predicate] = outer if outer != index else predicate
    labels[predicate] = label
    heads[index], labels[index] = predicate, "cop"
    for other, head in enumerate(heads):
        if head == index and other not in (index, predicate):
            heads[other] = predicate


def _renamed_entity(span: Span) -> Span:
    label = _ENTITIES.get(span.label_, span.label_)
    return span if label == span.label_ else Span(span.doc, span.start, span.end, label=label)
