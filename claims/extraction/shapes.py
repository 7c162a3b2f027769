"""What shape a content's main clause has: whose deed it is, an obligation, a bad outcome, or that there is nothing."""

from __future__ import annotations

from spacy.tokens import Token

from claims.extraction.attributions import Attribution
from claims.extraction.lexicon import words
from claims.extraction.syntax import case_of, child, children, conjuncts, has_child, negation

OWN = frozenset({"i", "we"})
OWN_OR_CARRIED = frozenset({"i", "we", "it", "he", "she", "they"})
OBLIGING = frozenset({"should", "must", "ought", "needs"})
FULL_FORMS = {"wo": "will", "wont": "will", "'ll": "will", "ca": "can", "cant": "can", "'ve": "have", "'d": "would"}


def auxiliaries_of(clause: Token) -> set[str]:
    """The auxiliaries of a clause in their full form ("wo" of "won't" is "will")."""
    found = {auxiliary.lower_.replace("’", "'") for auxiliary in children(clause, "aux*")}
    return {FULL_FORMS.get(form, form) for form in found}


def subject_of(clause: Token) -> Token | None:
    """The subject of a clause, the inner one where two stand before it ("the main thing is that Sudan changes")."""
    subjects = children(clause, "nsubj*")
    marks = [mark.i for mark in children(clause, "mark")]
    inner = [subject for subject in subjects[1:] if any(subjects[0].i < mark < subject.i for mark in marks)]
    return next(iter(inner or subjects), None) or child(clause, "csubj*")


def is_own(attribution: Attribution, subject: Token) -> bool:
    """Whether a clause's subject is its source again: "we", the same name, a fitting pronoun, or its own body."""
    if subject.lower_ in OWN:
        return True
    if subject.lower_ in OWN_OR_CARRIED:
        return attribution.content.slot != "quote"
    if subject.lemma_.lower() in words("ownbody"):
        return any(
            word.lower_ in {"the", "its", "his", "her", "our", "their", "my"}
            for word in children(subject, "det", "nmod:poss")
        )
    if subject.pos_ not in {"PROPN", "NOUN"}:
        return False
    owners = [part for part in children(attribution.source, "nmod*", "compound") if case_of(part) in {"", "of"}]
    return subject.lower_ in {named.lower_ for named in (attribution.source, *owners)}


def is_future(clause: Token) -> bool:
    """Whether a clause tells what is to come: "will", "would", "is going to"."""
    auxiliaries = auxiliaries_of(clause)
    if "would" in auxiliaries and "have" in auxiliaries:
        return False
    return bool(auxiliaries & {"will", "shall", "would"}) or is_going_to(clause)


def is_going_to(clause: Token) -> bool:
    """Whether a clause says "is going to" do something."""
    return clause.lemma_.lower() == "go" and clause.tag_ == "VBG" and has_child(clause, "xcomp")


def is_none(clause: Token) -> bool:
    """Whether a clause says that there is none of something ("had no involvement", "there was no deal")."""
    return any(
        det.lower_ in {"no", "none", "neither"}
        for part in (clause, *children(clause, "nsubj*", "obj"))
        for det in children(part, "det*")
    ) or any(thing.lower_ == "nothing" for thing in children(clause, "obj"))


def is_obligation(clause: Token) -> bool:
    """Whether a clause says what somebody is to do: "must", "needs to", "it is vital that"."""
    if auxiliaries_of(clause) & OBLIGING:
        return True
    if clause.lemma_.lower() in {"need", "have"} and has_child(clause, "xcomp") and not has_child(clause, "obj"):
        return any(case_of(inner) == "to" for inner in children(clause, "xcomp"))
    outer = child(clause, "nsubj*")
    if outer is not None and outer != subject_of(clause):
        return any(word.lower_ in words("necessary") for word in children(outer, "amod"))
    pressing = [clause, *children(clause, "amod"), *children(child(clause, "nsubj") or clause, "amod")]
    if any(word.lower_ in words("necessary") for word in pressing):
        return has_child(clause, "csubj*", "ccomp", "acl", "xcomp", "advcl")
    return False


def is_question(attribution: Attribution) -> bool:
    """Whether a content asks something: with a question mark, or "whether", or a question word in front."""
    content = attribution.content
    doc = attribution.head.doc
    if any(mark.text == "?" for mark in doc[content.start : content.end + 1]):
        return True
    first = doc[content.start]
    return first.lower_ in words("asking") or any(m.lower_ == "whether" for m in children(content.head, "mark"))


def is_ruled_out(clause: Token) -> bool:
    """Whether a clause says that its subject must not be ("is unacceptable")."""
    if negation(clause) is not None or not has_child(clause, "cop") or auxiliaries_of(clause) & words("modal"):
        return False
    return any(word.lower_ in words("impermissible") for word in (*conjuncts(clause), *children(clause, "amod")))


def is_negated_obligation(clause: Token) -> bool:
    """Whether a clause says what must not be done."""
    return is_obligation(clause) and negation(clause) is not None


def is_imperative(clause: Token) -> bool:
    """Whether a clause is a bare order ("Open the border")."""
    return clause.tag_ == "VB" and not auxiliaries_of(clause) and not has_child(clause, "nsubj*", "mark", "cop", "expl")


def is_bad_outcome(clause: Token) -> bool:
    """Whether a clause foretells harm: "could rupture ties", "would be a big mistake"."""
    if not auxiliaries_of(clause) & words("modal"):
        return False
    for part in conjuncts(clause):
        if part.lemma_.lower() in words("harm") | words("harmnoun") | words("worsening"):
            return True
        if any(
            word.lemma_.lower() in words("harmnoun")
            for phrase in children(part, "obj", "obl*", "xcomp", "nsubj")
            for word in (phrase, *phrase.children)
        ):
            return True
    return False
