"""PLOVER: the category of political event that a stance amounts to, where it amounts to one.

The sixteen categories and the rules for what is still to come are those of the PLOVER codebook (Political Language
Ontology for Verifiable Event Records, version 0.8, Open Event Data Alliance). It codes events, not opinions: plain
statements, beliefs and doubts have no category, and neither has what is told of the past. The rules here, in order:

==========================  ===================================================================================
act                         category
==========================  ===================================================================================
announces, promises,        what is to be done: to retreat RETREAT, to yield CONCEDE; to demonstrate or strike
threatens                   PROTEST; any harm THREATEN; any cooperation AGREE (cooperation to come is agreement)
agrees                      AGREE; to yield or withdraw CONCEDE
confirms                    an apology or regret CONCEDE; else as the deed, if it is the source's own and to come
warns                       THREATEN where the harm is the source's own deed, else none
demands, proposes           REQUEST
accuses, criticises         ACCUSE; an inquiry or charge too; regret of the source's own deed CONCEDE
denies, opposes             REJECT; a demonstration or boycott PROTEST
supports                    SUPPORT; thanks, praise, condolences and recognition too
states                      a meeting, visit or call of the source CONSULT; else none
believes, doubts            none
==========================  ===================================================================================

What is material (AID, COOPERATE, SANCTION, COERCE, MOBILIZE, ASSAULT) is a deed, so a stance has it only where
its source tells of its own deed, done: "announced that it had expelled two diplomats".
"""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.attributions import Attribution
from claims.extraction.lexicon import words
from claims.extraction.shapes import auxiliaries_of, is_future, is_going_to, is_own
from claims.extraction.syntax import case_of, child, children, negation
from claims.extraction.types import Act, Plover

#: Acts that have one category whatever they are about.
ALWAYS = {
    Act.DEMANDS: Plover.REQUEST,
    Act.PROPOSES: Plover.REQUEST,
    Act.ACCUSES: Plover.ACCUSE,
    Act.CRITICISES: Plover.ACCUSE,
    Act.SUPPORTS: Plover.SUPPORT,
    Act.DENIES: Plover.REJECT,
    Act.OPPOSES: Plover.REJECT,
}
TO_COME = frozenset({Act.ANNOUNCES, Act.PROMISES, Act.THREATENS, Act.AGREES})
#: The words of ``words.tsv`` that name deeds of a category, the most telling first.
DEEDS = (
    (Plover.PROTEST, "protesting"),
    (Plover.CONSULT, "consulting"),
    (Plover.RETREAT, "retreating"),
    (Plover.CONCEDE, "conceding"),
    (Plover.AID, "aiding"),
    (Plover.MOBILIZE, "mobilising"),
    (Plover.SANCTION, "sanctioning"),
    (Plover.COERCE, "coercing"),
    (Plover.ASSAULT, "assaulting"),
    (Plover.COOPERATE, "cooperating"),
)
VERBAL = frozenset({Plover.CONSULT, Plover.PROTEST})
HARMS = frozenset({Plover.MOBILIZE, Plover.SANCTION, Plover.COERCE, Plover.ASSAULT})


def plover_of(attribution: Attribution, act: Act) -> Plover | None:
    """The category of an attribution whose act is known, or None where no event is meant."""
    cue = attribution.cue.lemma.partition(" ")[0]
    if cue in words("protesting") and act in {Act.OPPOSES, Act.CRITICISES, Act.DEMANDS}:
        return Plover.PROTEST
    if cue in words("regretting"):
        return Plover.CONCEDE if act == Act.CONFIRMS or _tells_of_itself(attribution) else ALWAYS.get(act)
    if act in ALWAYS:
        return ALWAYS[act]
    if act in TO_COME:
        return _to_come(attribution, act)
    if act == Act.WARNS:
        own = _tells_of_itself(attribution) and is_future(attribution.content.head)
        return Plover.THREATEN if own and negation(attribution.content.head) is None else None
    if act in {Act.STATES, Act.CONFIRMS} and _tells_of_itself(attribution):
        return _told(attribution)
    return None


def _to_come(attribution: Attribution, act: Act) -> Plover | None:
    """The category of what is decided or undertaken: harm to come threatens, cooperation to come agrees."""
    head = attribution.content.head
    if act == Act.THREATENS:
        deed = _deed(head)
        return deed if deed in VERBAL else Plover.THREATEN
    if act == Act.ANNOUNCES and not _is_to_come(attribution):
        return _told(attribution) if _tells_of_itself(attribution) or not _is_verb(head) else None
    if negation(head) is not None:
        return Plover.REJECT if act == Act.ANNOUNCES else Plover.AGREE
    deed = _deed(head)
    if deed in {Plover.RETREAT, Plover.CONCEDE}:
        return deed if act != Act.AGREES else Plover.CONCEDE
    if deed in HARMS:
        return Plover.THREATEN
    if deed == Plover.PROTEST:
        return deed
    if act == Act.ANNOUNCES and deed is None:
        return None
    return Plover.AGREE


def _told(attribution: Attribution) -> Plover | None:
    """The category of a source's own deed that is told as done; what is still to come is agreement or threat."""
    head = attribution.content.head
    if negation(head) is not None or auxiliaries_of(head) & words("modal"):
        return None
    return _deed(head)


def _deed(head: Token) -> Plover | None:
    """The category of a deed by its verbs, then by the things they are done with ("impose sanctions")."""
    verbs, things = [head], []
    node: Token | None = head
    while node is not None:
        things += [*children(node, "obj"), *(phrase for phrase in children(node, "obl") if case_of(phrase) == "to")]
        node = next((inner for inner in children(node, "xcomp") if _is_verb(inner)), None)
        if node is not None:
            verbs.append(node)
    for candidates in (verbs, things):
        for category, group in DEEDS:
            if any(word.lemma_.lower() in words(group) for word in candidates):
                return category
    return None


def _is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"}


def _is_to_come(attribution: Attribution) -> bool:
    """Whether a content is still to happen: an infinitive, a decision, or a clause in the future."""
    head = attribution.content.head
    if attribution.content.slot in {"xcomp", "control", "acl"} and not auxiliaries_of(head):
        return True
    return is_future(head) or is_going_to(head)


def _tells_of_itself(attribution: Attribution) -> bool:
    """Whether a content tells what its source does or did."""
    head = attribution.content.head
    if attribution.content.slot == "xcomp" and _is_verb(head):
        return True
    subject = child(head, "nsubj")
    return subject is not None and _is_verb(head) and is_own(attribution, subject)
