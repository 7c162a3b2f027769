"""Whether a cue is presented as having been said, and what its negation makes of its act."""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.arguments import Content
from claims.extraction.lexicon import Cue, cues, words
from claims.extraction.syntax import case_of, child, children, has_child, negation
from claims.extraction.types import Act

#: Before a gerund these tell of no deed done ("work on supporting families"); "after rejecting" does.
TIMELESS = frozenset({"on", "of", "for", "in", "from", "to", "without", "about", "at", "against", "instead", "despite"})
NEGATED_ACTS = {
    Act.SUPPORTS: Act.OPPOSES,
    Act.AGREES: Act.OPPOSES,
    Act.DEMANDS: Act.OPPOSES,
    Act.BELIEVES: Act.DOUBTS,
}

#: What a noun comes to that is denied: who has no plan denies one, who has no doubt believes.
DENIED_NOUNS = {
    **NEGATED_ACTS,
    Act.ANNOUNCES: Act.DENIES,
    Act.PROMISES: Act.DENIES,
    Act.DOUBTS: Act.BELIEVES,
    Act.OPPOSES: Act.AGREES,
}


def is_supposed(token: Token) -> bool:
    """Whether a cue is not presented as having happened: conditional, hypothetical, infinitive, or a question."""
    if any(mark.lower_ in {"if", "unless", "whether", "lest"} for mark in children(token, "mark")):
        return True
    if any(auxiliary.lower_ in words("hypothetical") for auxiliary in children(token, "aux*")):
        return is_asked(token) or not (_is_polite(token) or _is_refusal(token))
    if is_asked(token) or (token.tag_ == "VBG" and case_of(token) in TIMELESS):
        return True
    if token.dep_ == "conj" and token.tag_ == token.head.tag_ == "VB" and not has_child(token, "nsubj*"):
        return is_supposed(token.head)
    infinitive = any(mark.lower_ == "to" for mark in children(token, "mark"))
    raised = token.dep_ == "xcomp" and token.head.lemma_.lower() in words("raising")
    return infinitive and not raised


def is_asked(token: Token) -> bool:
    """Whether a cue's clause begins with its auxiliary: "Did Russia deny it?", "Should Norway agree, ..."."""
    subjects, auxiliaries = children(token, "nsubj*"), children(token, "aux*", "cop")
    if not subjects or not auxiliaries or auxiliaries[0].i > subjects[0].i:
        return False
    # After "nor", "only then" and "so" the auxiliary stands first too, and after "why" the cue is taken for granted.
    return all(
        child.dep_ in {"punct", "mark", "discourse", "vocative"} or child.lower_ in {"and", "but", "or"}
        for child in token.children
        if child.i < auxiliaries[0].i
    )


def _is_polite(token: Token) -> bool:
    """Whether speakers put their own position mildly: "I would urge both sides", "we must warn"."""
    subject = child(token, "nsubj")
    return subject is not None and subject.lower_ in {"i", "we"} and token.lemma_.lower() in words("mildly")


def _is_refusal(token: Token) -> bool:
    """Whether somebody can or would not agree: "cannot accept", "would not support"."""
    if negation(token) is None:
        return False
    return any(reading.act in {Act.AGREES, Act.SUPPORTS} for reading in cues().get((token.lemma_.lower(), "V"), ()))


def polarity_of_noun(token: Token, carrier: Token | None, cue: Cue) -> tuple[Act | None, bool]:
    """The act of a noun cue, turned where it or the verb that carries it is negated, and whether it is.

    "has no plans to", "did not make a promise"; None where such a denial says nothing ("made no comment").
    """
    negated = negation(token) is not None or (carrier is not None and negation(carrier) is not None)
    return (DENIED_NOUNS.get(cue.act), True) if negated else (cue.act, False)


def polarity(token: Token, cue: Cue, content: Content) -> tuple[Act | None, bool]:
    """The cue's act, turned where the cue is negated, and whether it is; None where nothing is asserted."""
    if cue.sense == "refuse" and content.head.lemma_.lower() in words("nocomment"):
        return None, False
    negated = negation(token) is not None
    return (NEGATED_ACTS.get(cue.act), True) if negated else (cue.act, False)
