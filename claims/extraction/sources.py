"""Who holds the position of a cue: its source in a Universal Dependencies parse."""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.lexicon import words
from claims.extraction.syntax import case_of, child, children, has_child, is_passive, is_verbal, prepositional

PRESS = frozenset({"media", "news", "press", "newspaper", "intelligence"})
PART_WORDS = frozenset({"one", "two", "three", "some", "many", "most", "all", "both", "none", "several", "few", "half"})
RELATIVES = frozenset({"who", "which", "that", "whom"})


def source_of(token: Token, seen: frozenset[int] = frozenset()) -> Token | None:
    """The head of the phrase that names the source of a verb or predicate, or None.

    Follows subjects over coordination, participles, relative clauses and raising verbs; a passive verb's source is
    its agent.
    """
    if token.i in seen:
        return None
    seen = seen | {token.i}
    if is_passive(token):
        return agent_of(token)
    subjects = children(token, "nsubj", "nsubj:outer")
    before = [subject for subject in subjects if subject.i < token.i]
    # Of two subjects before a verb the first is the parser's mistake ("a threat Ushakov said ...").
    subject = before[-1] if before else next(iter(subjects), None)
    subject = subject or child(token, "nsubj:pass") or _misread_subject(token)
    if subject is not None:
        return _antecedent(subject, token)
    head = token.head
    if head.lemma_.lower() in {"quote", "cite"} and case_of(token) == "as":
        return child(head, "nsubj:pass") if is_passive(head) else child(head, "obj")
    if head.i == token.i:
        return None
    relation = token.dep_.split(":")[0]
    if relation == "conj":
        return source_of(head, seen) if is_verbal(head) or has_child(head, "nsubj*") else None
    if relation == "xcomp":
        if head.lemma_.lower() in words("raising") or head.pos_ in {"ADJ", "AUX"}:
            return source_of(head, seen)
        return None
    if token.dep_ == "acl:relcl":
        return None
    if relation == "acl":
        return head if token.tag_ in {"VBG", "VBN"} or not children(token, "mark") else None
    if relation in {"advcl", "parataxis", "dep"} and token.tag_ in {"VBG", "VBN", "JJ"}:
        if head.dep_ == "ccomp" and head.i < head.head.i < token.i:
            # "The talks failed, he said, blaming others": the participle is the speaker's.
            return source_of(head.head, seen)
        if is_passive(head) and agent_of(head) is None:
            return child(head, "nsubj:pass")
        return source_of(head, seen) or (head if head.pos_ in {"PROPN", "NOUN", "PRON"} else None)
    return None


def _misread_subject(token: Token) -> Token | None:
    """The phrase before a finite verb that the parser took for an object ("Jane Roe had told John Doe that ...")."""
    if token.dep_ in {"acl:relcl", "xcomp", "acl"} or any(mark.lower_ == "to" for mark in children(token, "mark")):
        return None
    for phrase in children(token, "iobj", "obj", "dep", "dislocated"):
        if phrase.i < token.i and phrase.ent_type_ and not case_of(phrase):
            return phrase
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    """What a relative pronoun stands for; any other subject itself."""
    if subject.lower_ in RELATIVES:
        node = verb
        while node.head.i != node.i:
            if node.dep_ == "acl:relcl":
                return node.head
            node = node.head
    return subject


def agent_of(token: Token) -> Token | None:
    """The agent of a passive verb ("by the Kremlin"), or None."""
    for phrase in children(token, "obl:agent", "obl"):
        if case_of(phrase) == "by":
            return phrase
    return None


def source_of_noun(noun: Token, *, has_content: bool) -> Token | None:
    """The source of a noun cue: its possessor, agent or modifier, or the subject of the verb that carries it.

    "the EU's warning", "a threat from Meles", "EU criticism", "Paris expressed concern", "a threat Biden repeated". A
    name before the noun counts only where the cue has a content of its own (``has_content``).
    """
    owner = child(noun, "nmod:poss")
    if owner is not None:
        return owner
    beside = children(noun, "nmod*", "obl")
    if noun.dep_ == "obj" and not is_passive(noun.head):
        # Of an active verb's object "by" names the maker: "rejected statements by the government".
        beside += [phrase for phrase in children(noun.head, "obl", "obl:agent") if case_of(phrase) == "by"]
    for phrase in beside:
        if case_of(phrase) in {"by", "from"} and phrase.i > noun.i:
            return phrase
    for clause in children(noun, "acl"):
        if clause.lemma_.lower() in words("utter") and is_passive(clause):
            return agent_of(clause)
    relatives = children(noun, "acl:relcl", "acl")
    if noun.dep_ == "nsubj" and _has_second_subject(noun):
        relatives.append(noun.head)
    for clause in relatives:
        said = [clause, *children(clause, "ccomp")]
        for verb in said:
            subject = next((word for word in children(verb, "nsubj") if word.i != noun.i), None)
            if verb.lemma_.lower() in words("utter") and subject is not None:
                return subject if subject.lower_ not in RELATIVES else None
    carrier = noun.head
    if noun.dep_ in {"obj", "obl"} and carrier.lemma_.lower() in words("light"):
        if carrier.lemma_.lower() in words("receiving"):
            return prepositional(carrier, "from") or _modifier(noun)
        if not is_passive(carrier):
            return source_of(carrier)
    if noun.dep_ == "nsubj:pass" and carrier.lemma_.lower() in words("light"):
        return agent_of(carrier)
    if noun.lemma_.lower() == "report" and any(word.lemma_.lower() in PRESS for word in children(noun, "compound")):
        return noun
    return _modifier(noun) if has_content else None


def _has_second_subject(noun: Token) -> bool:
    """Whether a parser gave a verb two subjects, the first a noun set beside a clause ("..., a threat he repeated")."""
    return any(other.i > noun.i for other in children(noun.head, "nsubj"))


def _modifier(noun: Token) -> Token | None:
    """A name before a noun cue that says whose it is ("EU criticism", "Russian threats")."""
    for word in [*children(noun, "compound"), *children(noun, "amod")]:
        if word.ent_type_ in {"ORG", "LOC", "GPE", "NORP", "PERSON"}:
            return word
    return None


def light_verb(noun: Token) -> Token | None:
    """The verb that carries a noun cue ("expressed concern"), or None."""
    if noun.dep_ in {"obj", "nsubj:pass"} and noun.head.lemma_.lower() in words("light"):
        return noun.head
    return None


def can_hold(token: Token, *, strictly: bool = False) -> bool:
    """Whether a phrase's head can hold a position: a name, a pronoun, a person, group or (not strictly) a document."""
    if (token.lower_ in words("expletive") and not token.ent_type_) or token.lower_ in {"you", "your", "who", "what"}:
        return False
    if token.ent_type_ in {"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "MISC"} or token.pos_ == "PROPN":
        return True
    if token.lower_ in words("pronoun"):
        return True
    if token.tag_ in {"NNS", "NNPS"} and token.text[:1].isupper() and token.i > token.sent.start:
        return True
    lemma = token.lemma_.lower()
    if lemma in words("person") or lemma in words("group") or token.lower_ in words("group"):
        return True
    if token.lower_ in PART_WORDS:
        # "one of the diplomats", "some of the residents"
        return any(can_hold(whole, strictly=True) for whole in children(token, "nmod") if case_of(whole) == "of")
    if not strictly and lemma in words("document"):
        return True
    return any(can_hold(name, strictly=True) for name in children(token, "appos", "flat") if name.ent_type_)
