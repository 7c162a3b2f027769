"""The normal wording of a claim: what a content says, as a clause of its own that needs no context.

The subject that a content shares with its cue is filled in ("denied planning an attack"), pronouns whose bearer is
known are named, the tense that reporting shifted back is undone where only one reading is possible, and what belongs
to the report (quotation marks, "that", the attribution) is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from claims.extraction.actors import Registry
from claims.extraction.attributions import Attribution
from claims.extraction.claims import normal_wording
from claims.extraction.inflection import PRONOUNS, Forms, possessive, present, with_article
from claims.extraction.lexicon import words
from claims.extraction.positions import Position
from claims.extraction.syntax import (
    FIRST_PERSON,
    QUOTES,
    child,
    children,
    has_child,
    is_first_person,
    is_passive,
    subtree,
    trim,
)
from claims.extraction.types import Act, ActorKind, Quotation

#: Acts that say what somebody else is to do.
_OF_OTHERS = frozenset({Act.DEMANDS, Act.PROPOSES, Act.WARNS})
#: Acts whose participles tell what somebody else did.
_BLAMING = frozenset({Act.ACCUSES, Act.CRITICISES})
#: Acts on what is so rather than on what is to come.
_AS_IT_IS = frozenset({Act.STATES, Act.DENIES, Act.BELIEVES, Act.CONFIRMS, Act.DOUBTS})
_PLURAL_FIRST = frozenset({"we", "us", "our", "ours", "ourselves"})
_FIRST = FIRST_PERSON | {"mine", "ours", "myself", "ourselves"}
_POSSESSIVE = frozenset({"my", "our", "his", "her", "its", "their", "mine", "ours"})
_REFLEXIVE = frozenset({"myself", "ourselves"})


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a subject or pronoun stands for: ``name`` as printed in running text, and the pronoun that takes it up.

    ``whole`` is the state or body for which a person says "we", None where that is the bearer itself.
    """

    name: str
    pronoun: str = "it"
    whole: Bearer | None = None

    @property
    def forms(self) -> Forms:
        """The pronoun in all its forms."""
        return PRONOUNS.get(self.pronoun, PRONOUNS["they"])

    @property
    def plural(self) -> bool:
        """Whether the name takes a verb in the plural."""
        return self.name[:1].islower() and self.name.endswith("s") and self.pronoun != "it"


def bearer_of(name: str, pronoun: str, *, person: bool, whole: Bearer | None = None) -> Bearer:
    """The bearer of a name, "they" for people of whom no pronoun is known and for groups in the plural."""
    several = name[:1].islower() and name.endswith("s") and not name.endswith("ss")
    return Bearer(with_article(name), pronoun or ("they" if person or several else "it"), whole)


@dataclass(frozen=True, slots=True)
class Reported:
    """A content with what its report knows of it: tokens ``start`` to ``end`` (exclusive) of ``head.doc``.

    ``speaker`` is who takes the position, ``patient`` whom the cue is directed at ("accused Russia of"), None where
    nobody is named, and ``patient_head`` the head of the phrase that names it. ``backshifted`` tells that the cue
    stands in the past and the content in indirect speech, ``passive`` that the cue is passive, ``own_deed`` that what
    is demanded is the speaker's to do. ``apart`` are tokens within the content that belong to the report.
    """

    head: Token
    start: int
    end: int
    act: Act | None
    speaker: Bearer
    patient: Bearer | None = None
    patient_head: Token | None = None
    backshifted: bool = False
    passive: bool = False
    own_deed: bool = False
    apart: frozenset[int] = frozenset()

    @property
    def doc(self) -> Doc:
        """The text that the content stands in."""
        return self.head.doc

    def tokens(self) -> Iterator[Token]:
        """The content's own tokens."""
        return (token for token in self.doc[self.start : self.end] if token.i not in self.apart)


#: Whom a pronoun of the third person stands for; None where that is not known.
Meant = Callable[[Token], Bearer | None]


def nobody(token: Token) -> Bearer | None:
    """Knows no bearer of any pronoun."""
    return None


def clause_of(reported: Reported, meant: Meant = nobody) -> str:
    """The wording of ``reported`` as a clause of its own; a noun phrase stays one. "" where no word is left."""
    writing = _Writing(reported, meant)
    return normal_wording(writing.text())


class _Writing:
    """One content while it is put into a clause: tokens replaced, left out and put in front."""

    def __init__(self, reported: Reported, meant: Meant) -> None:
        self._reported = reported
        self._meant = meant
        self._instead: dict[int, str] = {}
        self._named: set[str] = set()
        self._front = ""
        self._mend_subject()
        if reported.backshifted:
            self._undo_tense()
        self._name_pronouns()

    def text(self) -> str:
        """The clause."""
        pieces = [self._front]
        for token in self._reported.tokens():
            if token.text in QUOTES:
                # A mark that closes takes the space before it along.
                pieces.append(token.whitespace_)
                continue
            written = self._instead.get(token.i, token.text)
            pieces.append(written + (token.whitespace_ if written else ""))
        return "".join(pieces)

    def _mend_subject(self) -> None:
        reported, head = self._reported, self._reported.head
        inside = range(reported.start, reported.end)
        if has_own_subject(head, inside) or head.i not in inside or len(inside) == 1:
            return
        verb = self._first_verb()
        if verb is None:
            return
        bearer = self._subject()
        if bearer is None:
            return
        modal = "should" if bearer is not reported.speaker and reported.act in _OF_OTHERS else "will"
        mark = next((part for part in children(head, "mark") if part.lower_ == "to" and part.i in inside), None)
        if mark is not None:
            denied = next((part for part in children(head, "advmod") if part.lower_ == "not" and part.i < mark.i), None)
            if denied is not None:
                self._instead[denied.i] = ""
            if reported.act in _AS_IT_IS and verb.lower_ in {"be", "have"}:
                # "Claimed to have left" tells what is, "promised to leave" what will be.
                self._instead[verb.i] = present(verb.lower_, plural=bearer.plural)
                modal = ""
            self._instead[mark.i] = f"{modal} not" if denied is not None and modal else modal
            if not modal and denied is not None:
                self._instead[verb.i] += " not"
            self._lead(bearer, mark.i if denied is None else denied.i)
        elif verb.tag_ == "VBG" and verb.lower_.endswith("ing"):
            self._instead[verb.i] = present(verb.lemma_.lower(), plural=bearer.plural)
            self._lead(bearer, verb.i)
        elif verb.tag_ == "VB":
            if verb.i == reported.start and bearer is not reported.speaker:
                self._instead[verb.i] = verb.lower_
                self._lead(bearer, verb.i, f"{modal} ")
        elif verb.tag_ == "VBN" or verb.pos_ == "ADJ":
            self._lead(bearer, verb.i, f"{present('be', plural=bearer.plural)} ")
        elif verb.tag_ != "VBZ" or verb.i != reported.start or verb.pos_ == "AUX":
            # A first word that looks like "guarantees" is more likely a noun.
            self._lead(bearer, verb.i)

    def _first_verb(self) -> Token | None:
        """The word that carries the tense: the first auxiliary, or the head where it is a verb or an adjective."""
        head = self._reported.head
        helpers = [part for part in children(head, "aux*", "cop") if part.i >= self._reported.start]
        if helpers:
            return helpers[0]
        return head if head.pos_ in {"VERB", "AUX", "ADJ"} else None

    def _subject(self) -> Bearer | None:
        """Who does what a content without a subject says; None where the report leaves that open."""
        reported = self._reported
        if reported.act in _BLAMING:
            return reported.patient
        if reported.act in _OF_OTHERS:
            if reported.patient is not None:
                return reported.patient
            # "Demanded to see it": the speaker's own deed; anything else is another's, who is not named.
            return reported.speaker if reported.own_deed else None
        # "The vote is expected to pass": the subject is not who expects it.
        return None if reported.act is Act.BELIEVES and reported.passive else reported.speaker

    def _lead(self, bearer: Bearer, before: int, then: str = "") -> None:
        """Put the subject in front, unless words stand between it and the verb that would then hang in the air."""
        between = [token for token in self._reported.tokens() if token.i < before and token.text not in QUOTES]
        if any(token.pos_ not in {"ADV", "PART"} for token in between):
            return
        self._front = f"{bearer.name} {then}"
        self._named.add(bearer.name)

    def _undo_tense(self) -> None:
        """ "would" to "will", "had left" to "has left", "was planning" to "is planning", "wanted" to "wants"."""
        if self._is_hypothetical():
            return
        cautious = any(token.lower_ in {"could", "might"} for token in self._reported.tokens())
        for verb in self._main_verbs():
            plural = self._has_plural_subject(verb)
            helpers = children(verb, "aux", "aux:pass", "cop")
            for helper in helpers[:1]:
                form = helper.lower_
                if helper.tag_ == "MD" and form in {"would", "'d", "’d"} and not cautious:
                    self._instead[helper.i] = "will"
                elif form == "had" and verb.tag_ == "VBN":
                    self._instead[helper.i] = present("have", plural=plural)
                elif form in {"was", "were"} and verb.tag_ == "VBG":
                    self._instead[helper.i] = present("be", plural=form == "were")
            if not helpers and verb.tag_ == "VBD" and verb.lemma_.lower() in words("stative"):
                self._instead[verb.i] = present(verb.lemma_.lower(), plural=plural)

    def _main_verbs(self) -> list[Token]:
        inside = range(self._reported.start, self._reported.end)
        head = self._reported.head
        return [verb for verb in (head, *children(head, "conj")) if verb.i in inside]

    def _is_hypothetical(self) -> bool:
        """Whether "would" may be the speaker's own: beside a condition in the past or "would have"."""
        tokens = list(self._reported.tokens())
        conditional = any(token.lower_ in {"if", "unless"} for token in tokens)
        past = any(token.tag_ == "VBD" for token in tokens)
        return (conditional and past) or any(
            token.lower_ == "would" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"have", "like"}
            for token in tokens
        )

    def _has_plural_subject(self, verb: Token) -> bool:
        subject = child(verb, "nsubj", "nsubj:pass")
        if subject is None:
            return verb.dep_ == "conj" and verb.head.i != verb.i and self._has_plural_subject(verb.head)
        if has_child(subject, "conj") or subject.tag_ in {"NNS", "NNPS", "CD"}:
            return subject.ent_type_ not in {"GPE", "LOC", "ORG"}
        bearer = self._bearer(subject) if subject.pos_ == "PRON" else None
        return bearer.plural if bearer is not None else subject.lower_ in {"they", "we", "you", "i", "these", "those"}

    def _name_pronouns(self) -> None:
        for token in self._reported.tokens():
            if token.pos_ not in {"PRON", "DET"}:
                continue
            bearer = self._bearer(token)
            if bearer is None:
                continue
            first = token.lower_ in _FIRST
            if bearer.name in self._doc_before(token):
                self._named.add(bearer.name)
            if bearer.name not in self._named and token.lower_ not in _REFLEXIVE:
                self._named.add(bearer.name)
                owned = token.lower_ in _POSSESSIVE and token.dep_ == "nmod:poss"
                self._instead[token.i] = possessive(bearer.name) if owned else bearer.name
            elif first:
                self._instead[token.i] = _form(token, bearer.forms)
            else:
                continue
            if first or token.lower_ == "they":
                self._agree(token, bearer)

    def _doc_before(self, token: Token) -> str:
        """What the content says before a token, in which its bearer may be named already."""
        return self._reported.doc[self._reported.start : token.i].text

    def _bearer(self, token: Token) -> Bearer | None:
        if is_first_person(token) or token.lower_ in _FIRST - FIRST_PERSON:
            speaker = self._reported.speaker
            if speaker.name.lower() in _FIRST:
                # Who says "we" is not known either.
                return None
            return speaker.whole or speaker if token.lower_ in _PLURAL_FIRST else speaker
        if token.lower_ not in {"he", "she", "it", "they", "him", "them", "his", "her", "its", "their"}:
            return None
        bearer = self._meant(token)
        return bearer if bearer is not None and self._is_plain(token, bearer) else None

    def _is_plain(self, token: Token, bearer: Bearer) -> bool:
        """Whether a pronoun of the third person can be trusted: the speaker's own, or the subject of what is said.

        "It" before a predicate that is no verb may stand for nothing at all ("it would be a mistake").
        """
        head = self._reported.head
        predicate = _is_subject(token) and has_child(token.head, "cop") and token.lower_ == "it"
        subject = _is_subject(token)
        if bearer.name in {self._reported.speaker.name, self._own_body()}:
            if token.lower_ in _POSSESSIVE and self._has_other_subject(token, bearer):
                return False
            placed = subject or token.dep_ == "nmod:poss" or token.lower_ not in {"it", "its"}
            return placed and (not predicate or token.head.pos_ in {"ADJ", "VERB"})
        # Anybody else must be named nearby.
        named = bearer.name.split()[-1] in self._reported.doc[: token.i].text
        return token.head.i == head.i and subject and not predicate and named

    def _has_other_subject(self, token: Token, bearer: Bearer) -> bool:
        """Whether another subject stands before a possessive, which is then more likely to be its owner."""
        subject = child(self._reported.head, "nsubj", "nsubj:pass")
        named = subject is not None and subject.i < token.i and subject.pos_ in {"NOUN", "PROPN"}
        return named or bool(self._front and self._named - {bearer.name})

    def _own_body(self) -> str:
        whole = self._reported.speaker.whole
        return whole.name if whole is not None else ""

    def _agree(self, pronoun: Token, bearer: Bearer) -> None:
        """Put the verb of a renamed subject into the third person."""
        if not _is_subject(pronoun):
            return
        verb = pronoun.head
        helpers = children(verb, "aux", "aux:pass", "cop")
        for finite in (helpers or [verb])[:1]:
            form = finite.lower_
            named = self._instead.get(pronoun.i) == bearer.name
            plural = bearer.plural if named else bearer.pronoun == "they"
            if form in {"was", "were"}:
                self._instead[finite.i] = "were" if plural else "was"
            elif form in {"am", "are", "'m", "'re", "’m", "’re"}:
                self._instead[finite.i] = (" " if form[0] in "'’" else "") + present("be", plural=plural)
            elif form in {"have", "'ve", "’ve"}:
                self._instead[finite.i] = (" " if form[0] in "'’" else "") + present("have", plural=plural)
            elif form in {"'ll", "’ll"}:
                self._instead[finite.i] = " will"
            elif finite.tag_ == "VBP" or (form == "do" and finite.dep_ == "aux"):
                self._instead[finite.i] = present(finite.lemma_.lower(), plural=plural)


def _is_subject(token: Token) -> bool:
    """Whether a word is a subject; one taken for empty is, too, where its verb has an object ("it has a right")."""
    if token.dep_.startswith("nsubj"):
        return True
    verb = token.head
    return token.dep_ == "expl" and has_child(verb, "obj") and verb.lemma_.lower() not in {"take", "make"}


def _form(token: Token, forms: Forms) -> str:
    word = token.lower_
    if word in _POSSESSIVE:
        return forms.possessive
    if word in _REFLEXIVE:
        return forms.reflexive
    return forms.object if word in {"me", "us"} else forms.subject


def has_own_subject(head: Token, inside: range) -> bool:
    """Whether a predicate has its subject among the tokens ``inside``."""
    return any(part.i in inside for part in children(head, "nsubj*", "csubj*", "expl*"))


def reported_by(attribution: Attribution, position: Position, speaker: Bearer) -> Reported:
    """The content of an attribution as its report gives it, ``speaker`` being its source; the patient stays open."""
    cue, content = attribution.head, attribution.content
    inside = range(content.start, content.end)
    patients: list[Token] = []
    if position.act in _OF_OTHERS and not has_own_subject(content.head, inside):
        patients = [*attribution.addressees, *children(cue, "obj")]
    elif position.act in _BLAMING and not has_own_subject(content.head, inside):
        patients = [token for token in children(cue, "obj") if token.ent_type_]
    start, head = content.start, content.head
    if content.head.lemma_.lower() in words("claimlike"):
        clause = next((part for part in children(head, "acl", "ccomp") if part.i > head.i and _is_that(part)), None)
        if clause is not None:
            head = clause
            start = next(mark.i for mark in children(clause, "mark") if mark.lower_ == "that") + 1
    return Reported(
        head=head,
        start=start,
        end=content.end,
        act=position.act,
        speaker=speaker,
        patient_head=next(
            (token for token in patients if token.i not in inside and token.pos_ in {"NOUN", "PROPN"}), None
        ),
        passive=is_passive(cue),
        own_deed=content.slot == "xcomp",
        backshifted=cue.tag_ in {"VBD", "VBN"} and position.quotation is not Quotation.DIRECT,
        apart=_report_within(attribution, inside),
    )


def _is_that(clause: Token) -> bool:
    return any(mark.lower_ == "that" for mark in children(clause, "mark"))


def _report_within(attribution: Attribution, content: range) -> frozenset[int]:
    """The tokens of a report that stands within its content ("We will act, he said, if needed")."""
    if attribution.cue_start not in content:
        return frozenset()
    doc, head = attribution.head.doc, attribution.content.head.i
    within = {i for i in subtree(attribution.source) if i in content and i != head}
    within |= {i for i in range(attribution.cue_start, attribution.cue_end) if i in content}
    commas = {i for i in content if doc[i].text == "," and (i + 1 in within or i - 1 in within)}
    return frozenset(within | commas)


def printed_clause(doc: Doc, actor: str, act: Act | None, on: dt.date | None, registry: Registry) -> str:
    """The claim of a content that stands by itself in ``doc``; of its report only actor, act and day are known."""
    slugs = registry.lookup(actor, on)
    fact = registry.get(slugs[0]) if len(slugs) == 1 else None
    person = fact is not None and fact.kind is ActorKind.PERSON
    place = registry.place_of(fact.slug, on) if fact is not None else ""
    speaker = bearer_of(
        fact.name if fact is not None else actor,
        fact.pronoun if fact is not None else "",
        person=person,
        whole=bearer_of(registry.name(place), "it", person=False) if place else None,
    )
    start, end = trim(doc, _behind_noun(doc), len(doc))
    if not actor or start == end:
        return normal_wording(doc[start:end].text)
    head = doc[start:end].root
    own = "it" if not person else speaker.pronoun

    def meant(token: Token) -> Bearer | None:
        return speaker if token.lower_ in PRONOUNS[own] else None

    return clause_of(Reported(head, start, end, act, speaker), meant)


def _behind_noun(doc: Doc) -> int:
    """Where a content begins that is introduced as a claim ("the claim that ..."), in tokens."""
    for token in doc[:4]:
        if token.lemma_.lower() in words("claimlike") and token.i + 2 < len(doc) and token.nbor(1).lower_ == "that":
            return token.i + 2
    return 0
