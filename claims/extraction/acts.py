"""How a position is taken: act, side, target and modality, from cue and content.

The cue decides the act. Where it is neutral ("said"), the content's own shape does: what others should do is a
demand, own future action an announcement, a bad consequence a warning, "would never accept" opposition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from claims.extraction.attributions import Attribution
from claims.extraction.lexicon import words
from claims.extraction.syntax import case_of, child, children, conjuncts, has_child, negation, run, subtree, trim
from claims.extraction.types import Act, Quotation, Side

OWN = frozenset({"i", "we"})
OWN_OR_CARRIED = frozenset({"i", "we", "it", "he", "she", "they"})
STRESSING = frozenset({"stress", "emphasize", "emphasise", "underline", "underscore", "highlight"})
WISHES = frozenset({Act.DEMANDS, Act.PROMISES, Act.ANNOUNCES, Act.PROPOSES})
AGAINST_ACTS = frozenset({Act.WARNS, Act.THREATENS, Act.DENIES, Act.CRITICISES, Act.ACCUSES, Act.OPPOSES, Act.DOUBTS})


@dataclass(frozen=True, slots=True)
class Position:
    """How an attribution's source stands: ``target`` is (first, last + 1) in tokens with ``target_head`` its head."""

    act: Act
    side: Side | None
    target: tuple[int, int] | None
    target_head: Token | None
    conditional: bool
    future: bool
    quotation: Quotation


def position_of(attribution: Attribution, regions: list[tuple[int, int]]) -> Position:
    """The act, side, target and modality of an attribution; ``regions`` are the quoted stretches of its text."""
    act = act_of(attribution)
    head = target_of(attribution, act)
    return Position(
        act=act,
        side=side_of(attribution, act, head),
        target=_phrase(head, attribution) if head is not None else None,
        target_head=head,
        conditional=_is_conditional(attribution),
        future=_is_future(attribution, act),
        quotation=quotation_of(attribution, regions),
    )


# -- act ---------------------------------------------------------------------------------------------------------


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
        if content.head.pos_ == "NOUN" and lemma in words("claimlike"):
            return Act.DENIES
        if cue.sense == "claimobj":
            return Act.CRITICISES
        return cue.act
    if cue.act == Act.PROMISES and content.slot in {"xcomp", "ccomp", "acl"} and lemma in words("hostile"):
        return Act.THREATENS
    if cue.act in {Act.STATES, Act.ANNOUNCES} and content.slot in {"ccomp", "quote", "according", "xcomp", "acl"}:
        return _by_content(attribution)
    return cue.act


def _by_tone(attribution: Attribution) -> Act:
    """What a label amounts to: praise, criticism, or neither."""
    stretch = attribution.head.doc[attribution.content.start : attribution.content.end]
    return {1: Act.SUPPORTS, -1: Act.CRITICISES}.get(_tone(list(stretch)), attribution.cue.act)


def _by_content(attribution: Attribution) -> Act:
    """The act of neutral speech from its main clause."""
    clause = attribution.content.head
    auxiliaries = _auxiliaries(clause)
    subject = child(clause, "nsubj", "nsubj:pass")
    lemma = clause.lemma_.lower()
    negative = negation(clause)
    own = clause.pos_ == "VERB" and subject is not None and _is_own(attribution, subject)
    future = bool(auxiliaries & {"will", "would", "shall"}) or _is_going_to(clause)
    if _is_obligation(clause, auxiliaries, attribution):
        return Act.DEMANDS
    if future and own and negative is None and lemma in words("hostile"):
        return Act.THREATENS
    if negative is None and _is_bad_outcome(clause, auxiliaries):
        return Act.WARNS
    if _is_none(clause):
        return Act.DENIES
    if negative is not None:
        if future and lemma in words("letting"):
            return Act.OPPOSES
        if future and not own and negative.lower_ != "never":
            return Act.DENIES
        if negative.lower_ == "never" and auxiliaries & {"have", "has", "had"}:
            return Act.DENIES
        return Act.STATES
    if future and own:
        return Act.ANNOUNCES
    return attribution.cue.act


def _auxiliaries(clause: Token) -> set[str]:
    """The auxiliaries of a clause in their full form ("wo" of "won't" is "will")."""
    found = {auxiliary.lower_.replace("’", "'") for auxiliary in children(clause, "aux*")}
    return {FULL_FORMS.get(form, form) for form in found}


FULL_FORMS = {"wo": "will", "wont": "will", "'ll": "will", "ca": "can", "cant": "can", "'ve": "have", "'d": "would"}


def _is_own(attribution: Attribution, subject: Token) -> bool:
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
    return subject.lower_ == attribution.source.lower_ and subject.pos_ in {"PROPN", "NOUN"}


def _is_none(clause: Token) -> bool:
    """Whether a clause says that there is none of something ("had no involvement", "there was no deal")."""
    return any(
        det.lower_ in {"no", "none", "neither"}
        for part in (clause, *children(clause, "nsubj*", "obj"))
        for det in children(part, "det*")
    )


def _is_going_to(clause: Token) -> bool:
    return clause.lemma_.lower() == "go" and has_child(clause, "xcomp")


def _is_obligation(clause: Token, auxiliaries: set[str], attribution: Attribution) -> bool:
    if auxiliaries & {"should", "must", "ought"}:
        return True
    if clause.lemma_.lower() in {"need", "have"} and has_child(clause, "xcomp") and not has_child(clause, "obj"):
        return any(case_of(clause_) == "to" for clause_ in children(clause, "xcomp"))
    pressing = [clause, *children(clause, "amod"), *children(child(clause, "nsubj") or clause, "amod")]
    if any(word.lower_ in words("necessary") for word in pressing):
        return has_child(clause, "csubj*", "ccomp", "acl", "xcomp", "advcl")
    quoted = attribution.content.slot == "quote"
    return quoted and clause.tag_ == "VB" and not auxiliaries and not has_child(clause, "nsubj*", "mark", "cop")


def _is_bad_outcome(clause: Token, auxiliaries: set[str]) -> bool:
    """Whether a clause foretells harm: "could rupture ties", "would be a big mistake"."""
    if not auxiliaries & words("modal"):
        return False
    for part in conjuncts(clause):
        if part.lemma_.lower() in words("harm") | words("harmnoun"):
            return True
        if any(
            word.lemma_.lower() in words("harmnoun")
            for phrase in children(part, "obj", "obl*", "xcomp", "nsubj")
            for word in (phrase, *phrase.children)
        ):
            return True
    return False


# -- target ------------------------------------------------------------------------------------------------------


def target_of(attribution: Attribution, act: Act) -> Token | None:
    """The head of the phrase that names what or whom the position is on, or None."""
    content, slot = attribution.content, attribution.content.slot
    head = content.head
    if act == Act.ACCUSES and (accused := child(attribution.head, "obj")) is not None:
        return accused
    if slot in {"ccomp", "quote", "according", "acl", "inherited"}:
        return _clause_target(attribution, head, act)
    if is_deed(head):
        return _deed_target(head) or next(iter(attribution.addressees), None) or head
    if act in WISHES and head.lemma_.lower() in words("stoppingnoun"):
        return next((phrase for phrase in children(head, "nmod") if case_of(phrase) in {"of", "to", "on"}), head)
    return head


def is_deed(head: Token) -> bool:
    """Whether a content is something done or to be done ("to end the violence"), not a thing."""
    return head.pos_ in {"VERB", "AUX"}


def _clause_target(attribution: Attribution, clause: Token, act: Act) -> Token | None:
    subject = child(clause, "nsubj", "nsubj:pass", "csubj")
    condition = next((c for c in children(clause, "advcl") if case_of(c) in {"if", "unless", "should"}), None)
    if condition is not None and act in {Act.WARNS, Act.THREATENS, Act.STATES, Act.ANNOUNCES}:
        return _deed_target(condition) or child(condition, "nsubj", "nsubj:pass")
    own = subject is not None and (_is_own(attribution, subject) or subject.lower_ in OWN_OR_CARRIED)
    if act == Act.DENIES and subject is not None and (subject.ent_type_ or own):
        return _deed_target(clause) or subject
    if subject is not None and not own and subject.lower_ not in {"there", "who", "which", "that"}:
        return subject
    deed = _deed_target(clause)
    if deed is not None:
        return deed
    return subject if subject is not None and subject.lower_ in {"it", "they"} else None


def _deed_target(clause: Token) -> Token | None:
    """The object of the last verb that a verb governs, or its oblique."""
    chain = [clause]
    while (further := child(chain[-1], "xcomp")) is not None:
        chain.append(further)
    for node in reversed(chain):
        thing = child(node, "obj")
        if thing is not None and thing.pos_ != "PRON":
            return thing
        for phrase in children(node, "obl", "nmod", "obl:agent"):
            if phrase.ent_type_ not in {"DATE", "TIME"} and phrase.pos_ in {"NOUN", "PROPN"}:
                return phrase
    last = chain[-1]
    subject = child(clause, "nsubj:pass", "nsubj")
    if last.pos_ in {"NOUN", "PROPN"} and (subject is None or subject.lower_ == "there"):
        return last
    return subject if subject is not None and subject.pos_ != "PRON" else None


ASIDE = frozenset({"acl", "appos", "parataxis", "conj", "cc", "case", "mark", "advcl", "cop", "obl"})


def _phrase(head: Token, attribution: Attribution) -> tuple[int, int] | None:
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


# -- side --------------------------------------------------------------------------------------------------------


def side_of(attribution: Attribution, act: Act, target: Token | None) -> Side | None:
    """The source's side on the target."""
    content = attribution.content
    verb = content.head
    stretch = list(attribution.head.doc[content.start : content.end])
    if act == Act.DEMANDS and content.slot in {"ccomp", "quote"}:
        subject = child(verb, "nsubj", "nsubj:pass")
        addressed = subject is not None and target is not None and subject.i == target.i
        if addressed and verb.tag_ != "VBN" and subject is not None and subject.lower_ not in OWN:
            return Side.AGAINST
    if act == Act.DEMANDS and target is not None and any(target.i == other.i for other in attribution.addressees):
        return Side.AGAINST
    if act in {*WISHES, Act.AGREES}:
        return Side.AGAINST if _stops(verb, target) else Side.FOR
    if act in AGAINST_ACTS:
        return Side.AGAINST
    if act == Act.SUPPORTS:
        return Side.FOR
    if act == Act.BELIEVES and attribution.cue.lemma in {"hope", "hopeful", "optimistic", "confident", "optimism"}:
        return Side.AGAINST if _stops(verb, target) else Side.FOR
    if act == Act.BELIEVES and attribution.cue.lemma in {"fear", "worry", "afraid", "fearful"}:
        return Side.AGAINST
    return {1: Side.FOR, -1: Side.AGAINST, 0: Side.NEUTRAL}[_tone(_core(verb)) or _tone(stretch)]


def _core(clause: Token) -> list[Token]:
    """The words that carry a clause's judgement: its predicate and arguments with their adjectives."""
    core = []
    for part in conjuncts(clause):
        arguments = [part, *children(part, "obj", "xcomp", "obl", "nsubj*", "advmod", "amod", "appos", "nmod")]
        for argument in arguments:
            core += [argument, *children(argument, "amod", "obj")]
    return list(dict.fromkeys(core))


def _stops(verb: Token, target: Token | None) -> bool:
    """Whether a wished or promised deed is against its object ("to end the violence", "the withdrawal of troops")."""
    if verb.lemma_.lower() in words("stoppingnoun"):
        return target is not None and target.i != verb.i
    node: Token | None = verb
    while node is not None:
        stopping = node.lemma_.lower() in words("stopping")
        if stopping != (negation(node) is not None):
            return True
        if target is not None and target.head.i == node.i:
            return False
        node = child(node, "xcomp")
    return False


def _tone(tokens: Sequence[Token]) -> int:
    """Whether words speak well (1) or ill (-1) of what they are about, by counting those of either kind; else 0."""
    score = 0
    for token in tokens:
        lemma = token.lemma_.lower()
        kind = (lemma in words("positive")) - (lemma in words("negative"))
        if kind:
            before = token.nbor(-1).lower_ if token.i else ""
            score += -kind if negation(token) is not None or before in {"no", "not", "never", "without"} else kind
    return (score > 0) - (score < 0)


# -- modality ----------------------------------------------------------------------------------------------------


def _is_conditional(attribution: Attribution) -> bool:
    content = attribution.content
    return any(
        token.lower_ in {"if", "unless", "provided"} and token.dep_ in {"mark", "advmod", "case"}
        for token in attribution.head.doc[content.start : content.end]
    )


def _is_future(attribution: Attribution, act: Act) -> bool:
    content = attribution.content
    if content.slot in {"xcomp", "control", "acl"} and act in {Act.PROMISES, Act.THREATENS, Act.ANNOUNCES, Act.DEMANDS}:
        return True
    return bool(_auxiliaries(content.head) & {"will", "shall", "would"}) or _is_going_to(content.head)


def quotation_of(attribution: Attribution, regions: list[tuple[int, int]]) -> Quotation:
    """Whether the content stands wholly, partly or not at all within quotation marks."""
    content = attribution.content
    for opening, closing in regions:
        if opening < content.start + 1 and content.end <= closing + 1:
            return Quotation.DIRECT
    if any(opening < content.end and content.start < closing for opening, closing in regions):
        return Quotation.MIXED
    return Quotation.INDIRECT
