"""Which act a position is: the cue decides, and where it is neutral ("said") the content's own shape.

What others should do is a demand, own future action an announcement, a bad consequence a warning, "would never accept"
opposition, "had no part in it" a denial.
"""

from __future__ import annotations

from claims.extraction.attributions import Attribution
from claims.extraction.lexicon import words
from claims.extraction.shapes import (
    auxiliaries_of,
    is_bad_outcome,
    is_future,
    is_imperative,
    is_none,
    is_obligation,
    is_own,
    is_question,
    is_ruled_out,
)
from claims.extraction.syntax import child, has_child, negation
from claims.extraction.tone import stretch_tone
from claims.extraction.types import Act

STRESSING = frozenset({"stress", "emphasize", "emphasise", "underline", "underscore", "highlight"})
ASKING = frozenset({"ask", "inquire", "enquire", "demand"})
WONDERING = ASKING | {"wonder", "question", "query", "doubt"}
READ_ON = frozenset({"ccomp", "quote", "according", "xcomp", "acl"})


def act_of(attribution: Attribution) -> Act:
    """The act of an attribution."""
    cue, content = attribution.cue, attribution.content
    lemma = content.head.lemma_.lower()
    if attribution.negated:
        return attribution.act
    if cue.act == Act.STATES and content.slot in {"label", "obj+as", "obl:as"}:
        return _by_tone(attribution)
    if content.slot == "need" or (cue.lemma in STRESSING and content.head.tag_ == "VBG" and content.slot != "quote"):
        return Act.DEMANDS
    if cue.act in {Act.OPPOSES, Act.DENIES} and content.slot.startswith("obj"):
        if content.head.pos_ == "NOUN" and lemma in words("proposallike"):
            return Act.OPPOSES
        if cue.act == Act.OPPOSES and lemma in words("notion") and not has_child(content.head, "acl*", "ccomp"):
            # An idea of something is turned down, a suggestion that something is so is denied.
            return Act.OPPOSES
        if content.head.pos_ == "NOUN" and lemma in words("claimlike"):
            return Act.DENIES
        if cue.sense == "claimobj":
            return Act.CRITICISES
        return cue.act
    if cue.lemma in WONDERING and attribution.carried and not is_question(attribution):
        return _after_question(attribution)
    if cue.lemma in ASKING and is_question(attribution):
        return Act.DOUBTS
    if cue.act == Act.PROMISES and content.slot in {"xcomp", "ccomp", "acl"} and lemma in words("hostile"):
        return Act.THREATENS
    if cue.act in {Act.STATES, Act.ANNOUNCES} and content.slot in READ_ON:
        return _by_content(attribution)
    return cue.act


def _by_tone(attribution: Attribution) -> Act:
    """What a label amounts to: praise, criticism, or neither."""
    stretch = attribution.head.doc[attribution.content.start : attribution.content.end]
    return {1: Act.SUPPORTS, -1: Act.CRITICISES}.get(stretch_tone(list(stretch)), attribution.cue.act)


def _after_question(attribution: Attribution) -> Act:
    """The act of what a questioner goes on to say: plain speech, since the question itself is over."""
    found = _by_content(attribution)
    return Act.STATES if found == attribution.cue.act else found


def _by_content(attribution: Attribution) -> Act:
    """The act of neutral speech from its main clause."""
    clause = attribution.content.head
    auxiliaries = auxiliaries_of(clause)
    subject = child(clause, "nsubj", "nsubj:pass")
    lemma = clause.lemma_.lower()
    negative = negation(clause)
    own = clause.pos_ == "VERB" and subject is not None and is_own(attribution, subject)
    future = is_future(clause)
    told = attribution.content.slot in {"quote", "ccomp"}
    if is_obligation(clause) or (told and is_imperative(clause)):
        return Act.DEMANDS
    if future and own and negative is None and lemma in words("hostile"):
        return Act.THREATENS
    if negative is None and is_bad_outcome(clause):
        return Act.WARNS
    if own and future and (negative is not None or is_none(clause)):
        return _refused(lemma)
    if is_none(clause):
        return Act.DENIES
    if is_ruled_out(clause):
        return Act.OPPOSES
    if negative is not None:
        if future and lemma in words("letting"):
            return Act.OPPOSES
        if future and negative.lower_ != "never":
            return Act.DENIES
        if negative.lower_ == "never" and (auxiliaries & {"have", "has", "had"} or (own and clause.tag_ == "VBD")):
            return Act.DENIES
        if clause.pos_ == "VERB" and lemma in words("hostile") | words("harmful"):
            # Who says that somebody did not attack or steal speaks against the charge.
            return Act.DENIES
        return Act.STATES
    if clause.lower_ in words("willing") and (subject is None or is_own(attribution, subject)):
        return Act.PROMISES
    if future and own:
        return Act.ANNOUNCES
    return attribution.cue.act


def _refused(lemma: str) -> Act:
    """What "we will not" amounts to: a refusal, unless not doing it is a threat or a promise."""
    if lemma == "hesitate":
        return Act.THREATENS
    return Act.PROMISES if lemma in words("deserting") else Act.OPPOSES
