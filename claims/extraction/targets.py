"""What or whom a position is on, and the side taken: the convention, in one place.

The rules in order; the first that fits decides.

1. Who is accused, blamed, praised or criticised *for* something is the target, not what it is for.
2. A thing as content is the target; of "the withdrawal of troops" and "the release of prisoners" the troops and
   prisoners, of "the risk of war" the war.
3. A deed as content ("to end the blockade", "selling arms to rebels") has the thing it is done to last as target, or
   else the one who is told to do it. The side follows the deed: for what is furthered, against what is ended.
4. A clause under a condition ("will respond if its ports are attacked") is on what the condition does something to,
   and against that being done.
5. A clause about what the source itself does is like a deed.
6. A clause that says what others should do is against them ("Iran must stop enriching"), unless nobody in particular
   is meant ("the world must help them") or it is to be done to them ("the prisoners must be freed").
7. Of any other clause the subject is the target, or whoever acts in a passive, or what is shown or suffered. Acts that
   take a side by themselves decide it; a plain statement is for or against what it speaks well or ill of. Where its
   clause tells neither, more good than bad words in it do, or the reverse; else it is neutral.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from claims.extraction.attributions import Attribution
from claims.extraction.deeds import Deed, deed_of, imagined, is_ending
from claims.extraction.lexicon import words
from claims.extraction.shapes import OWN_OR_CARRIED, is_negated_obligation, is_obligation, is_own, subject_of
from claims.extraction.syntax import case_of, child, children, negation, run, subtree, trim
from claims.extraction.tone import judgement_of, phrase_tone, stretch_tone
from claims.extraction.types import Act, Side

AGAINST_ACTS = frozenset({Act.WARNS, Act.THREATENS, Act.DENIES, Act.CRITICISES, Act.ACCUSES, Act.OPPOSES, Act.DOUBTS})
FOR_ACTS = frozenset({Act.SUPPORTS, Act.AGREES, Act.PROMISES, Act.ANNOUNCES, Act.PROPOSES, Act.DEMANDS})
CONDITIONED_ACTS = frozenset({Act.WARNS, Act.THREATENS, Act.STATES, Act.ANNOUNCES})
PLAIN_ACTS = frozenset({Act.STATES, Act.BELIEVES, Act.CONFIRMS})
CLAUSE_SLOTS = frozenset({"ccomp", "quote", "according", "acl", "inherited"})
HOPING = frozenset({"hope", "hopeful", "optimistic", "confident", "optimism", "confidence", "trust", "faith"})
FEARING = frozenset({"fear", "worry", "afraid", "fearful", "dread"})
EXPLETIVES = frozenset({"there", "who", "which", "that", "what"})
SIDES = {1: Side.FOR, 0: Side.NEUTRAL, -1: Side.AGAINST}


@dataclass(frozen=True, slots=True)
class Aim:
    """What a position is on, with the side taken; ``head`` is None where nothing stands out."""

    head: Token | None
    side: Side


def aim_of(attribution: Attribution, act: Act) -> Aim:
    """The target and side of an attribution whose act is known."""
    content = attribution.content
    if (blamed := _blamed(attribution, act)) is not None:
        return Aim(blamed, _side_by_act(attribution, act) or Side.AGAINST)
    if content.slot in CLAUSE_SLOTS and (is_deed(content.head) or child(content.head, "nsubj*", "csubj*") is not None):
        aim = _clause_aim(attribution, act)
        if aim.side is Side.NEUTRAL and act in PLAIN_ACTS:
            # Who suffers harm is not blamed for it.
            suffered = child(content.head, "nsubj:pass") is not None
            stretch = attribution.head.doc[content.start : content.end]
            return Aim(aim.head, SIDES[stretch_tone(list(stretch), harmful=not suffered)])
        return aim
    if is_deed(content.head):
        return _deed_aim(attribution, act)
    return _thing_aim(attribution, act)


def is_deed(head: Token) -> bool:
    """Whether a content is something done or to be done ("to end the violence"), not a thing."""
    return head.pos_ in {"VERB", "AUX"}


def _side_by_act(attribution: Attribution, act: Act) -> Side | None:
    """The side that an act takes by itself, None where it takes none."""
    if act in AGAINST_ACTS or (act == Act.BELIEVES and attribution.cue.lemma in FEARING):
        return Side.AGAINST
    if act in FOR_ACTS or (act == Act.BELIEVES and attribution.cue.lemma in HOPING):
        return Side.FOR
    return None


def _blamed(attribution: Attribution, act: Act) -> Token | None:
    """Whom an accusation, criticism or praise is of, where what it is for stands apart."""
    cue, slot = attribution.head, attribution.content.slot
    if act not in {Act.ACCUSES, Act.CRITICISES, Act.SUPPORTS}:
        return None
    if slot == "obj+on":
        return next((phrase for phrase in cue.subtree if case_of(phrase) == "on" and phrase.i > cue.i), None)
    apart = slot in {"obl:for", "obj+for", "obl:of", "obj+of", "obj+with", "ccomp"}
    return child(cue, "obj", "nsubj:pass") if apart or act == Act.ACCUSES else None


def _thing_aim(attribution: Attribution, act: Act) -> Aim:
    head, by_act = attribution.content.head, _side_by_act(attribution, act)
    if attribution.content.slot == "label":
        stretch = attribution.head.doc[attribution.content.start : attribution.content.end]
        return Aim(head, by_act or SIDES[stretch_tone(list(stretch))])
    if head.pos_ == "ADJ" and (judged := child(head, "nsubj") or child(attribution.head, "obj")) is not None:
        return Aim(judged, by_act or SIDES[phrase_tone(head)])
    if by_act is None and attribution.cue.lemma in words("stressing") and phrase_tone(head) >= 0:
        # What somebody dwells on without blaming it is what he is for.
        deed = deed_of(head)
        return Aim(deed.thing or head, SIDES[deed.sign])
    if by_act is None:
        return Aim(head, SIDES[phrase_tone(head)])
    if head.lemma_.lower() in words("peril") and (inner := _imperilled(head)) is not None:
        return Aim(inner, by_act)
    if act == Act.DEMANDS and any(is_gone(part) for part in children(head, "acl", "amod", "advmod")):
        return Aim(head, Side.AGAINST)
    if (
        act in {Act.DENIES, Act.OPPOSES}
        and head.lemma_.lower() in words("notion")
        and (inner := imagined(head)) is not None
    ):
        return Aim(deed_of(inner).thing or inner, Side.AGAINST)
    if act not in FOR_ACTS or act == Act.SUPPORTS:
        return Aim(head, by_act)
    deed = deed_of(head)
    return Aim(deed.thing or head, SIDES[deed.sign])


def is_gone(part: Token) -> bool:
    """Whether a word behind a noun wishes it away ("wants the base closed", "wants him out")."""
    ended = part.tag_ == "VBN" and part.lemma_.lower() in words("stopping")
    return part.i > part.head.i and (ended or part.lower_ in {"gone", "out", "dead", "over"})


def _imperilled(head: Token) -> Token | None:
    """What there is a risk of: a thing, or the deed or subject of a clause."""
    for part in children(head, "nmod", "acl"):
        if is_deed(part):
            return deed_of(part).thing or child(part, "nsubj", "nsubj:pass")
        if case_of(part) in {"of", "from", "to"}:
            return part
    return None


def _deed_aim(attribution: Attribution, act: Act) -> Aim:
    deed = deed_of(attribution.content.head)
    told = next(iter(attribution.addressees), None)
    if deed.thing is None:
        if told is not None and act == Act.DEMANDS:
            return Aim(told, Side.AGAINST)
        return Aim(attribution.content.head, _side_by_act(attribution, act) or Side.NEUTRAL)
    return Aim(deed.thing, _side_of_deed(attribution, act, deed))


def _side_of_deed(attribution: Attribution, act: Act, deed: Deed) -> Side:
    """The side on what a deed is done to, which the source wants, will do, refuses, denies or tells of."""
    if act == Act.DENIES and deed.sign < 0 and not _is_attack(attribution.content.head):
        return Side.FOR
    if act in {Act.DENIES, Act.THREATENS, Act.CRITICISES, Act.ACCUSES, Act.DOUBTS}:
        return Side.AGAINST
    if act == Act.OPPOSES:
        return SIDES[-deed.sign]
    if act in FOR_ACTS or act == Act.WARNS or _side_by_act(attribution, act) == Side.FOR:
        return SIDES[deed.sign]
    if _side_by_act(attribution, act) == Side.AGAINST:
        return Side.AGAINST
    if deed.sign < 0:
        return Side.AGAINST
    doer = attribution.content.head
    if doer.lemma_.lower() in words("making"):
        return Side.FOR
    if doer.lemma_.lower() in words("suffering") or (doer.pos_ == "NOUN" and doer.lemma_.lower() in words("victim")):
        return SIDES[phrase_tone(deed.thing)] if deed.thing is not None else Side.NEUTRAL
    return SIDES[phrase_tone(deed.thing, harmful=False)] if deed.thing is not None else Side.NEUTRAL


def _is_attack(head: Token) -> bool:
    """Whether a deed, or one it governs, harms somebody."""
    chain = [head, *children(head, "xcomp"), *children(head, "obj")]
    return any(part.lemma_.lower() in words("hostile") | words("harm") | words("harmful") for part in chain)


def _clause_aim(attribution: Attribution, act: Act) -> Aim:
    clause, by_act = attribution.content.head, _side_by_act(attribution, act)
    subject = subject_of(clause)
    condition = next((c for c in children(clause, "advcl") if case_of(c) in {"if", "unless", "should"}), None)
    if condition is not None and act in CONDITIONED_ACTS:
        deed = deed_of(condition, 1 if case_of(condition) == "unless" else -1)
        head = deed.thing or child(condition, "nsubj", "nsubj:pass")
        if head is not None:
            return Aim(head, SIDES[deed.sign])
    if subject is None or subject.lower_ in EXPLETIVES or subject.lemma_.lower() == "it":
        return _impersonal_aim(attribution, act, subject)
    if act == Act.DEMANDS and subject.lower_ in {"they", "he", "she", "you"} and attribution.addressees:
        done_to = deed_of(clause).thing
        if done_to is None or done_to.lemma_.lower() in words("choosing"):
            return Aim(attribution.addressees[0], Side.AGAINST)
    own = is_own(attribution, subject) or subject.lower_ in OWN_OR_CARRIED
    if own or (act in {Act.PROMISES, Act.ANNOUNCES, Act.THREATENS} and subject.dep_ == "nsubj"):
        deed = _own_deed(clause, act)
        if deed.thing is not None and deed.thing.i != subject.i:
            return Aim(deed.thing, _side_of_deed(attribution, act, deed))
        if subject.lower_ in {"i", "we"}:
            return Aim(None, by_act or SIDES[judgement_of(clause).tone])
    if act == Act.DEMANDS:
        return _obligation_aim(clause, subject)
    if act == Act.DENIES:
        return _denial_aim(attribution, subject)
    if act == Act.OPPOSES and subject.dep_ == "nsubj" and is_deed(clause) and subject.ent_type_:
        deed = deed_of(clause)
        if deed.thing is not None:
            return Aim(deed.thing, Side.AGAINST)
    if act == Act.AGREES and (deed := deed_of(clause)).thing is not None and deed.thing.i != subject.i:
        return Aim(deed.thing, SIDES[deed.sign])
    if act == Act.WARNS and subject.dep_ == "nsubj:pass" and child(clause, "obl:agent") is None and is_ending(clause):
        # What is to be lost or harmed is not what the warning is against.
        return Aim(subject, Side.NEUTRAL)
    return _judged_aim(clause, subject, by_act)


def _own_deed(clause: Token, act: Act) -> Deed:
    """What a source says of its own doing: of what is refused or denied the deed itself, without the negation."""
    taken_in = negation(clause) is not None and act in {Act.OPPOSES, Act.DENIES, Act.THREATENS}
    return deed_of(clause, -1 if taken_in else 1)


def _judged_aim(clause: Token, subject: Token, by_act: Side | None) -> Aim:
    """The target of a clause that speaks of its subject, its agent, or what is shown or suffered."""
    judgement = judgement_of(clause)
    head = judgement.of if judgement.of is not None else subject
    if by_act is not None:
        return Aim(head, by_act)
    counted = head.lemma_.lower() in words("counting") or child(head, "nummod") is not None
    return Aim(None if counted and judgement.tone == 0 else head, SIDES[judgement.tone])


def _obligation_aim(clause: Token, subject: Token) -> Aim:
    """Whom or what an obligation is on: against who must change, for what must be done to it."""
    if subject.lower_ in words("anyone") | OWN_OR_CARRIED or subject.lemma_.lower() in words("anyone"):
        deed = deed_of(clause)
        if deed.thing is not None and deed.thing.i != subject.i:
            return Aim(deed.thing, SIDES[deed.sign])
    inner = next((c for c in [clause, *children(clause, "xcomp")] if child(c, "nsubj:pass", "aux:pass")), None)
    if subject.dep_ == "nsubj:pass" or inner is not None:
        return Aim(subject, SIDES[deed_of(inner or clause).sign])
    if not is_obligation(clause) and not is_negated_obligation(clause):
        deed = deed_of(clause)
        return Aim(deed.thing or subject, SIDES[deed.sign])
    if clause.pos_ in {"VERB", "AUX"} and not is_stative(clause):
        return Aim(subject, Side.AGAINST)
    return Aim(subject, Side.AGAINST if is_negated_obligation(clause) else Side.FOR)


def is_stative(clause: Token) -> bool:
    """Whether a clause's verb tells what becomes of its subject, not what that does ("must stay", "should end")."""
    return clause.lemma_.lower() in words("staying") and child(clause, "obj") is None


def _denial_aim(attribution: Attribution, subject: Token) -> Aim:
    """A denial of something good or bad of another sides with or against that other; one of a deed is against it."""
    clause = attribution.content.head
    judgement = judgement_of(clause)
    # "denied that they stole" turns what the clause says round; "said they did not steal" has done so itself.
    said = -judgement.tone if attribution.cue.act == Act.DENIES else judgement.tone
    if said and judgement.of is not None:
        return Aim(judgement.of, SIDES[said])
    if subject.ent_type_ or subject.lower_ in OWN_OR_CARRIED:
        deed = deed_of(clause)
        if deed.thing is not None:
            return Aim(deed.thing, Side.AGAINST)
    return Aim(subject, Side.AGAINST)


def _impersonal_aim(attribution: Attribution, act: Act, subject: Token | None) -> Aim:
    """Of clauses without a subject of their own: "Open the port", "there is no deal", "it is wrong to hide it"."""
    clause, by_act = attribution.content.head, _side_by_act(attribution, act)
    if subject is not None and subject.lemma_.lower() == "it" and subject.dep_ != "expl":
        judgement = judgement_of(clause)
        inner = next((c for c in children(clause, "csubj", "acl", "advcl", "xcomp", "ccomp") if is_deed(c)), None)
        deed = deed_of(inner) if inner is not None and case_of(inner) in {"to", "that", ""} else Deed(None, 1)
        if clause.pos_ in {"ADJ", "NOUN"} and deed.thing is not None:
            return Aim(deed.thing, by_act if by_act is Side.AGAINST else SIDES[deed.sign * (judgement.tone or 1)])
        if is_own(attribution, subject) and (deed := _own_deed(clause, act)).thing is not None and is_deed(clause):
            return Aim(deed.thing, _side_of_deed(attribution, act, deed))
        return Aim(subject, by_act or SIDES[judgement.tone])
    thing = child(clause, "nsubj") if subject is not None and subject.lower_ == "there" else None
    if thing is not None and thing.lower_ != "there":
        return Aim(thing, by_act or SIDES[phrase_tone(thing)])
    if not is_deed(clause):
        return Aim(clause, by_act or SIDES[phrase_tone(clause)])
    deed = deed_of(clause)
    return Aim(deed.thing, _side_of_deed(attribution, act, deed) if deed.thing is not None else by_act or Side.NEUTRAL)


ASIDE = frozenset({"acl", "appos", "parataxis", "conj", "cc", "case", "mark", "advcl", "cop", "obl"})


def phrase_of(head: Token, attribution: Attribution) -> tuple[int, int] | None:
    """The shortest noun phrase round a head: with its determiners and modifiers, "of" phrases of up to four words."""
    excluded: set[int] = set()
    for part in head.children:
        label = part.dep_.split(":")[0]
        short = label == "nmod" and case_of(part) in {"of", "on"} and len(subtree(part)) <= 4 and part.i > head.i
        purpose = part.dep_ == "acl" and case_of(part) == "to" and part.i > head.i and len(subtree(part)) <= 4
        if purpose:
            continue
        aside = label in ASIDE or (label == "advmod" and part.i > head.i)
        trailing = label == "nmod" and part.i > head.i and not short
        if aside or trailing or (label in {"nsubj", "aux"} and is_deed(head)):
            excluded |= subtree(part)
    start, end = trim(head.doc, *run(head, excluded))
    if attribution.content.start <= head.i < attribution.content.end:
        start, end = max(start, attribution.content.start), min(end, attribution.content.end)
    return (start, end) if start < end else None
