"""Whether words speak well or ill of something: from single words up to what a clause says of its subject.

A tone is 1 (good), -1 (bad) or 0 (neither). The words stand in ``data/words.tsv``: ``positive`` and ``negative`` judge
what they are said of; ``harmful`` things happen and tell only against whoever brings them about; verbs that are
``stopping`` turn the tone of their object round, ``worsening`` ones are bad whatever it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from claims.extraction.lexicon import words
from claims.extraction.syntax import case_of, child, children, conjuncts, negation


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a clause says of what: ``of`` heads the phrase judged (None where nothing is), with the tone it gets."""

    of: Token | None
    tone: int


def word_tone(token: Token, *, harmful: bool = True) -> int:
    """The tone of one word by itself; ``harmful`` events count as bad if asked."""
    forms = {token.lemma_.lower(), token.lower_}
    if forms & words("negative") or (harmful and forms & words("harmful")):
        return -1
    return 1 if forms & words("positive") else 0


def stretch_tone(tokens: Sequence[Token], *, harmful: bool = True) -> int:
    """The tone of a stretch of words, by counting the good and the bad ones; "no" and "not" turn a word round."""
    score = 0
    for token in tokens:
        tone = word_tone(token, harmful=harmful)
        before = token.nbor(-1).lower_ if token.i else ""
        score += -tone if negation(token) is not None or before in {"no", "not", "never", "without"} else tone
    return (score > 0) - (score < 0)


def phrase_tone(head: Token, *, harmful: bool = True) -> int:
    """The tone of a noun phrase or predicate: of its head, else its adjectives, else what it is "of"."""
    turned = -1 if negation(head) is not None or _is_without(head) else 1
    if head.lemma_.lower() in words("stoppingnoun") | words("lack"):
        inner = next((phrase_tone(part) for part in children(head, "nmod") if case_of(part) in {"of", "to"}), 0)
        if inner or head.lemma_.lower() in words("lack"):
            return -inner * turned
    if (own := word_tone(head, harmful=harmful)) != 0:
        return own * turned
    modifiers = [word_tone(part, harmful=harmful) for part in children(head, "amod", "advmod", "compound")]
    if any(modifiers):
        return (-1 if -1 in modifiers else 1) * turned
    for part in children(head, "nmod"):
        if (
            case_of(part) in {"of", "to", "toward", "towards", "for"}
            and (inner := phrase_tone(part, harmful=harmful)) != 0
        ):
            return inner * turned
    return 0


def clause_tone(clause: Token) -> int:
    """The tone of what an active or copular clause says of its subject, its conjuncts included."""
    for part in conjuncts(clause):
        if (tone := _predicate_tone(part)) != 0:
            return tone
    return 0


def judgement_of(clause: Token) -> Judgement:
    """What a clause speaks well or ill of: its subject or agent, or what it shows or suffers."""
    subject = child(clause, "nsubj*", "csubj*")
    if subject is not None and subject.dep_ == "nsubj:pass":
        agent = child(clause, "obl:agent")
        if agent is not None:
            harms = clause.lemma_.lower() in words("harmful") | words("hostile") and negation(clause) is None
            return Judgement(agent, -1 if harms else _verb_tone(clause))
        return Judgement(subject, _phrase_or_event(subject, clause))
    lemma = clause.lemma_.lower()
    if lemma in words("showing") | words("suffering"):
        thing = child(clause, "obj")
        if thing is not None and phrase_tone(thing) < 0:
            return Judgement(_bearer(thing), -1)
    if subject is not None and subject.dep_ == "nsubj" and (tone := phrase_tone(subject, harmful=False)) < 0:
        return Judgement(subject, tone if lemma not in words("stopping") else 0)
    return Judgement(subject, clause_tone(clause))


def _phrase_or_event(subject: Token, clause: Token) -> int:
    """What a passive without an agent says of its subject: who suffers harm is not blamed for it."""
    own = phrase_tone(subject, harmful=False)
    said = word_tone(clause, harmful=False)
    return own or (-said if negation(clause) is not None else said)


def _bearer(thing: Token) -> Token:
    """The phrase that is bad in "the existence of destructive forces"."""
    if word_tone(thing) == 0:
        for part in children(thing, "nmod"):
            if case_of(part) == "of" and phrase_tone(part) < 0:
                return part
    return thing


def _predicate_tone(clause: Token) -> int:
    if clause.lemma_.lower() in words("peril") and case_of(clause) in {"in", "at", "under"}:
        # Who says that something is in danger is for it.
        return 1
    if clause.pos_ not in {"VERB", "AUX"}:
        return phrase_tone(clause)
    turned = -1 if negation(clause) is not None else 1
    return turned * _verb_tone(clause)


def _verb_tone(verb: Token) -> int:
    """The tone of a verb with its object: "spread lies" is bad, "fight corruption" good."""
    lemma = verb.lemma_.lower()
    own = word_tone(verb, harmful=False)
    if lemma in words("worsening"):
        return -1
    inner = child(verb, "xcomp")
    done = _predicate_tone(inner) if inner is not None else 0
    things = [*children(verb, "obj"), *children(verb, "obl")] if lemma in words("leading") else children(verb, "obj")
    done = done or next((tone for thing in things for tone in [phrase_tone(thing)] if tone), 0)
    if lemma in words("stopping") | words("harm") or own < 0:
        if done:
            return -done
        return -1 if own < 0 or lemma in words("harm") else 0
    if done:
        return done
    if own:
        return own
    if lemma in words("harmful"):
        return -1 if verb.dep_ != "amod" and child(verb, "obj") is not None else 0
    manner = [word_tone(part) for part in children(verb, "advmod")]
    return next((tone for tone in manner if tone), 0)


def _is_without(head: Token) -> bool:
    return any(
        mark.lower_ in {"no", "without", "neither", "nor"} for mark in children(head, "det", "case", "cc:preconj")
    )
