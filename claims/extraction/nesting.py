"""Which attribution stands in which, and whose position a content then is."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from claims.extraction.arguments import Content
from claims.extraction.attributions import Attribution
from claims.extraction.lexicon import words
from claims.extraction.shapes import is_own
from claims.extraction.sources import light_verb
from claims.extraction.syntax import children, conjuncts, is_first_person, run, subtree, trim
from claims.extraction.types import Act

NEUTRAL_ACTS = frozenset({Act.STATES, Act.BELIEVES})
REFUSING = frozenset({Act.DENIES, Act.DOUBTS, Act.OPPOSES})
ANAPHORS = frozenset({"it", "he", "she", "they", "i", "we"})
WHOLE = frozenset({"ccomp", "quote", "according", "obl:as"})


def inherit_contents(found: list[Attribution]) -> list[Attribution]:
    """Gives a noun cue set beside a clause that clause's own content ("..., a threat he repeated")."""
    kept = []
    for attribution in found:
        if attribution.content.slot != "inherited":
            kept.append(attribution)
            continue
        before = [
            other
            for other in found
            if other.head.i < attribution.head.i
            and other.head.sent == attribution.head.sent
            and other.content.slot != "inherited"
            and other.content.start < attribution.head.i
        ]
        if before:
            told = before[-1].content
            own = subtree(attribution.head)
            end = min(told.end, min(own))
            start, end = trim(attribution.head.doc, told.start, end)
            if start < end:
                kept.append(replace(attribution, content=replace(told, start=start, end=end, slot="inherited")))
    # What was told first no longer holds the noun set beside it.
    trimmed = []
    for attribution in kept:
        for noun in kept:
            if noun.content.slot == "inherited" and noun is not attribution:
                below = subtree(noun.head)
                if attribution.content.start < min(below) < attribution.content.end:
                    start, end = trim(attribution.head.doc, attribution.content.start, min(below))
                    attribution = replace(attribution, content=replace(attribution.content, start=start, end=end))
        trimmed.append(attribution)
    return trimmed


def without_other_positions(found: list[Attribution]) -> list[Attribution]:
    """Cuts from a noun's relative clauses what is another's position: "the call, which he said was good"."""
    kept = []
    for attribution in found:
        head = attribution.content.head
        aside: set[int] = set()
        for clause in children(head, "acl:relcl") if head.pos_ in {"NOUN", "PROPN"} else ():
            below = subtree(clause)
            if any(other.head.i in below for other in found if other is not attribution):
                aside |= below
        if aside:
            start, end = trim(head.doc, *run(head, aside | set(range(attribution.content.start))))
            end = min(end, attribution.content.end)
            if start < end:
                attribution = replace(attribution, content=replace(attribution.content, start=start, end=end))
        kept.append(attribution)
    return kept


def nest(found: list[Attribution]) -> list[Attribution]:
    """Sets each attribution's parent: the innermost other whose content holds its cue."""
    parents: dict[int, int] = {}
    for index, attribution in enumerate(found):
        holders = [
            (other.content.end - other.content.start, place)
            for place, other in enumerate(found)
            if place != index
            and other.content.slot != "inherited"
            and other.content.start <= attribution.head.i < other.content.end
            and not attribution.content.start <= other.head.i < attribution.content.end
        ]
        speech = _speech_above(found, index)
        if holders:
            parents[index] = min(holders)[1]
        elif speech is not None:
            parents[index] = speech
    done: dict[int, Attribution] = {}

    def build(index: int, seen: frozenset[int]) -> Attribution:
        if index not in done:
            parent = parents.get(index)
            if found[index].cue.pos == "N" and parent is not None and found[parent].act in REFUSING:
                # "rejected statements by the authorities": who refuses them does not pass them on.
                parent = parents.get(parent)
            above = build(parent, seen | {index}) if parent is not None and parent not in seen | {index} else None
            done[index] = replace(found[index], parent=above)
        return done[index]

    return [build(index, frozenset()) for index in range(len(found))]


def _speech_above(found: list[Attribution], index: int) -> int | None:
    """The attribution that a noun cue's carrier is reported by ("a threat Ushakov said Biden had repeated")."""
    attribution = found[index]
    if attribution.content.slot != "inherited":
        return None
    for place, other in enumerate(found):
        beneath = other.head.i in subtree(attribution.head) or other.head.i == attribution.head.head.i
        if place != index and beneath and other.head.i < attribution.source.i:
            return place
    return None


def _reaches(inner: Attribution, clause: Token) -> bool:
    """Whether an inner cue is a clause's own predicate, directly or below verbs like "appear"."""
    node = inner.head
    while True:
        if node.i == clause.i:
            return True
        carrier = node.head
        raised = node.dep_ == "xcomp" and carrier.lemma_.lower() in words("raising")
        if raised or (inner.cue.pos == "N" and light_verb(node) is not None):
            node = carrier
        else:
            return False


def lift(found: list[Attribution]) -> list[Attribution]:
    """Keeps of each content what its own source says: a clause that is another's position goes to that one.

    "Ushakov said Putin told Biden that X" is Putin's position, passed on by Ushakov. Who tells the own mind ("We hope
    for talks," said Ushakov) does so with the outer cue. An outer cue that is an act of its
    own ("warned that it was ready to strike") keeps its content; where it denies or doubts, the inner position is not
    presented as held.
    """
    kept: list[Attribution] = []
    # "Ushakov said Biden had repeated" a threat: what is said is that threat, which stands elsewhere.
    carriers = {attribution.source.head.i for attribution in found if attribution.content.slot == "inherited"}
    found = [attribution for attribution in found if attribution.content.head.i not in carriers]
    dropped: set[int] = set()
    merged: set[int] = set()
    for attribution in found:
        inner = [other for other in found if other.parent is attribution and other.content.slot != "inherited"]
        clauses = conjuncts(attribution.content.head) if attribution.content.slot in WHOLE else []
        taken = {clause.i: other for clause in clauses for other in inner if _reaches(other, clause)}
        if attribution.act not in NEUTRAL_ACTS or attribution.negated:
            refused = attribution.act in REFUSING or attribution.negated
            dropped.update(id(other) for other in taken.values() if refused or other.source.lower_ in ANAPHORS)
            kept.append(attribution)
            continue
        own = next((taken[clause.i] for clause in clauses if _is_of_speaker(attribution, taken.get(clause.i))), None)
        if own is not None and clauses[0].i in taken:
            merged.update(id(other) for other in taken.values() if _is_of_speaker(attribution, other))
            kept.append(replace(attribution, own=own))
            continue
        free = [clause for clause in clauses if clause.i not in taken]
        if not taken:
            kept.append(attribution)
        elif free and (content := _remainder(attribution, free, taken)) is not None:
            kept.append(replace(attribution, content=content))
    gone = [other for other in found if id(other) in dropped]
    return [
        attribution
        for attribution in kept
        if id(attribution) not in merged
        and not any(_below(attribution, other) or attribution is other for other in gone)
    ]


def _is_of_speaker(attribution: Attribution, inner: Attribution | None) -> bool:
    """Whether a source tells its own state of mind: "We want peace", "it would never agree".

    A position of its own in reported speech ("said it opposes the plan and wants another") is told by its own verb.
    """
    if inner is None or not is_own(attribution, inner.source):
        return False
    modal = any(word.lower_ in words("hypothetical") for word in children(inner.head, "aux*"))
    return inner.cue.pos == "A" or modal or is_first_person(inner.source)


def _below(attribution: Attribution, other: Attribution) -> bool:
    return any(outer is other for outer in attribution.outer)


def _remainder(attribution: Attribution, free: list[Token], taken: dict[int, Attribution]) -> Content | None:
    """What is left of a content beside the clauses taken by others: its first free clause, if that says enough."""
    doc = attribution.head.doc
    excluded: set[int] = set()
    for place in taken:
        clause = doc[place]
        if free[0].i in subtree(clause):
            below = subtree(free[0])
            excluded |= subtree(clause) - below
        else:
            excluded |= subtree(clause)
    start, end = trim(doc, *run(free[0], excluded))
    if max(taken) < start:
        # Nothing of the others' follows, so the rest of the content is the source's own.
        start, end = trim(doc, start, attribution.content.end)
    start, end = max(start, attribution.content.start), min(end, attribution.content.end)
    if end - start < 3:
        return None
    return Content(free[0], start, end, attribution.content.slot, attribution.content.fronted)
