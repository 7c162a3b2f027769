"""What a deed is done to, and whether it furthers or harms it: "to lift the ban" is against the ban."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from claims.extraction.lexicon import words
from claims.extraction.syntax import case_of, child, children, is_verbal, negation

#: Prepositions before a gerund that carry the deed on: "help in rebuilding the port", "work on ending the war".
CARRYING = frozenset({"in", "on", "by", "to", "toward", "towards", "for", "at", "with", "from", "against"})
#: What a deed is done to, where it has no object: the first phrase with one of these.
TOUCHING = (
    "against",
    "on",
    "to",
    "with",
    "for",
    "in",
    "into",
    "from",
    "toward",
    "towards",
    "over",
    "about",
    "of",
    "at",
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to ``thing`` (None if nothing is named): 1 furthers it, -1 ends, harms or refuses it."""

    thing: Token | None
    sign: int


def deed_of(head: Token, sign: int = 1) -> Deed:
    """The deed that a verb or noun names, through the verbs and gerunds it governs down to the last thing."""
    if negation(head) is not None:
        sign = -sign
    if not (head.pos_ in {"VERB", "AUX"} or is_verbal(head)):
        return _noun_deed(head, sign)
    after = -sign if is_ending(head) else sign
    fallback = Deed(None, after)
    for inner in _governed(head):
        deed = deed_of(inner, after)
        if deed.thing is not None:
            return deed
        fallback = deed
    thing = child(head, "obj")
    if thing is not None and (_is_named(thing) or thing.lower_ in {"this", "that", "these"}):
        return _object_deed(head, thing, sign)
    if thing is not None and (purpose := child(thing, "acl", "advcl")) is not None and case_of(purpose) == "to":
        return deed_of(purpose, after)
    phrase = _touched(head)
    if phrase is not None:
        against = case_of(phrase).split(" ")[0] in {"against", "out"} and not is_ending(head)
        return _noun_deed(phrase, -sign if against else after)
    passive = child(head, "nsubj:pass")
    if passive is not None and passive.pos_ != "PRON":
        return Deed(passive, after)
    if head.pos_ in {"NOUN", "PROPN"}:
        return _noun_deed(head, sign)
    if fallback.thing is None and (pointed := _pointed_at(head)) is not None:
        return Deed(pointed, after)
    return fallback


def _pointed_at(verb: Token) -> Token | None:
    """The pronoun that a deed is done to, where nothing with a name is ("we can't accept this")."""
    for thing in children(verb, "obj", "obl"):
        if thing.lower_ in words("pointing") and thing.i > verb.i:
            return thing
    return None


def is_ending(verb: Token) -> bool:
    """Whether a verb ends or harms what it is done to, by itself or with a particle ("call off", "turn down")."""
    lemma = verb.lemma_.lower()
    if lemma in words("stopping") | words("hostile") | words("harm"):
        return True
    particles = children(verb, "compound:prt", "advmod")
    return any(f"{lemma} {particle.lower_}" in words("stopping") for particle in particles)


def _governed(verb: Token) -> list[Token]:
    """The verbs that carry a verb's deed on: infinitives, gerunds, and the purpose of taking a step."""
    found = children(verb, "xcomp")
    found = [inner for inner in found if inner.pos_ in {"VERB", "AUX"}]
    thing = child(verb, "obj")
    if thing is None or thing.lemma_.lower() in words("step"):
        found += [
            clause
            for clause in [*children(verb, "advcl", "obl"), *(children(thing, "acl") if thing is not None else ())]
            if clause.i > verb.i
            and (
                (clause.tag_ == "VBG" and case_of(clause) in CARRYING)
                or (clause.tag_ == "VB" and case_of(clause) == "to")
            )
        ]
    return found


def _object_deed(verb: Token, thing: Token, sign: int) -> Deed:
    """What a verb with an object does: of "impose duties on imports" the imports are what is harmed."""
    if verb.lemma_.lower() in words("imposing"):
        for phrase in [*children(verb, "obl", "nmod"), *children(thing, "nmod")]:
            if case_of(phrase) in {"on", "against", "upon"} and phrase.ent_type_ not in {"DATE", "TIME"}:
                return Deed(phrase, -sign)
    against = next((p for p in children(verb, "obl") if case_of(p) == "against" and p.i > thing.i), None)
    if against is not None and thing.lemma_.lower() in words("step"):
        return Deed(against, -sign)
    return _noun_deed(thing, -sign if is_ending(verb) else sign)


def _noun_deed(noun: Token, sign: int) -> Deed:
    """A noun that names a deed passes it on: "withdrawal of troops", "the release of prisoners"."""
    lemma = noun.lemma_.lower()
    stops = lemma in words("stoppingnoun")
    if stops or lemma in words("freeingnoun"):
        # The parser hangs "to the war" of "put an end to the war" on the verb.
        beside = [phrase for phrase in children(noun.head, "obl") if case_of(phrase) == "to"]
        for phrase in [*children(noun, "nmod", "acl"), *(beside if noun.dep_ == "obj" else ())]:
            if case_of(phrase) in {"of", "to", "on", "for"} and phrase.i > noun.i:
                passed = -sign if stops else sign
                # "all those detained" are people, not the detaining.
                return Deed(phrase, passed) if phrase.tag_ == "VBN" else deed_of(phrase, passed)
    if lemma in words("sharing"):
        for phrase in children(noun, "nmod"):
            if case_of(phrase) in {"in", "of", "for", "to", "with"} and phrase.i > noun.i:
                return Deed(phrase, sign)
    if lemma in words("notion") and (inner := imagined(noun)) is not None:
        return deed_of(inner, sign)
    return Deed(noun, sign)


def imagined(noun: Token) -> Token | None:
    """What an idea is of: "the idea of closing the port", "suggestions that it closed the port"."""
    for part in children(noun, "acl", "nmod"):
        if part.i > noun.i and (case_of(part) in {"of", "for"} or (part.dep_ == "acl" and is_verbal(part))):
            return part
    return None


def _touched(verb: Token) -> Token | None:
    phrases = [
        phrase
        for phrase in children(verb, "obl", "nmod", "obl:agent")
        if phrase.ent_type_ not in {"DATE", "TIME"}
        and phrase.pos_ in {"NOUN", "PROPN"}
        and phrase.i > verb.i
        and phrase.lemma_.lower() not in words("times")
    ]
    for preposition in TOUCHING:
        for phrase in phrases:
            if case_of(phrase).split(" ")[0] == preposition:
                return phrase
    return phrases[0] if phrases else None


def _is_named(thing: Token) -> bool:
    """Whether an object names something: "it" does not, "all those detained" does."""
    if thing.lemma_.lower() in words("step") and any(case_of(part) == "to" for part in children(thing, "acl")):
        return False
    return thing.pos_ != "PRON" or thing.lower_ in {"those", "all", "everyone", "anyone", "everything", "both"}
