"""Whom an article names: its people, organisations and places, as it shows them and as the registry knows them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from claims.extraction.actors import Registry, fold
from claims.extraction.lexicon import cues, words
from claims.extraction.names import (
    NAMED,
    abbreviates,
    entity_text,
    is_role,
    name_span,
    name_tokens,
    person_behind,
    person_name,
    strip_article,
    title_pronoun,
)
from claims.extraction.syntax import case_of, children, conjuncts, quoted_regions, subtree
from claims.extraction.titles import rank_of, title_words
from claims.extraction.types import ActorKind


@dataclass(frozen=True, slots=True)
class Figure:
    """An actor as the article shows it.

    ``name`` is canonical for known actors, else the fullest form printed; ``start``/``end`` are the tokens of the
    mention in its line, -1 where the line does not name it.
    """

    name: str
    slug: str = ""
    start: int = -1
    end: int = -1
    candidates: tuple[str, ...] = ()
    person: bool = False
    named: bool = True

    @property
    def key(self) -> str:
        """What tells one actor from another within an article."""
        return self.slug or fold(self.name)


@dataclass(frozen=True, slots=True)
class Office:
    """What a person is by the article or the registry: title words, and slugs of where, if known."""

    words: frozenset[str]
    places: frozenset[str] = frozenset()
    rank: int = 0


@dataclass(slots=True)
class Person:
    """A person the article names in full."""

    figure: Figure
    surname: str
    count: int = 0
    pronoun: str = ""
    offices: list[Office] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the article: ``line`` counts its lines from 0, ``token`` the tokens of that line.

    ``speaks`` tells that it is the subject of a cue, ``quoted`` that it stands in a quotation.
    """

    line: int
    token: int
    figure: Figure
    subject: bool
    pronoun: str
    quoted: bool = False
    speaks: bool = False


# A state that the title names is what the article is about.
TITLE_WEIGHT = 3


class Roster:
    """The names of one article. ``docs`` are its parsed lines in order, title first; ``on`` is its date."""

    def __init__(self, docs: Sequence[Doc], registry: Registry, on: dt.date | None) -> None:
        self._registry = registry
        self._on = on
        self._docs = list(docs)
        self.people: dict[str, Person] = {}
        self.mentions: list[Mention] = []
        self._places: Counter[str] = Counter()
        self.states: dict[int, set[str]] = {}
        self.slugs: set[str] = set()
        self.lands: set[str] = set()
        self._abbreviations: dict[str, str] = {}
        self._full_names: dict[str, str] = {}
        self.joint: list[tuple[int, list[Figure]]] = []
        self.bodies: dict[str, tuple[Figure, set[str]]] = {}
        for doc in self._docs:
            self._meet_people(doc)
            self._meet_abbreviations(doc)
        self._join_people()
        for place, doc in enumerate(self._docs):
            self._note(place, doc)
            self._describe_bodies(doc)

    def _meet_people(self, doc: Doc) -> None:
        for entity in doc.ents:
            if entity.label_ != "PERSON":
                continue
            parts = self._name_of(list(entity))
            if len(parts) == 1 and parts[0].i and self._registry.lookup(doc[parts[0].i - 1 : parts[0].i + 1].text):
                # "Pope Francis" bears one name and his title.
                parts = [parts[0].nbor(-1), *parts]
            if len(parts) > 1:
                self._person(parts, entity.root)

    def _meet_abbreviations(self, doc: Doc) -> None:
        """Notes "Open Dialogue Foundation (ODF)": the short form names the organisation from then on."""
        for token in doc:
            if not (token.text.isupper() and token.text.isalpha() and 2 <= len(token.text) <= 6):
                continue
            last = token.i - 1
            while last >= 0 and (doc[last].is_punct or doc[last].is_space):
                last -= 1
            first = last
            while first > 0 and (doc[first - 1].text[:1].isupper() or doc[first - 1].lower_ in words("joining")):
                first -= 1
            bracketed = token.i > 0 and doc[token.i - 1].text == "("
            for start in range(first, last):
                if doc[start].text[:1].isupper() and abbreviates(token.lower_, doc[start : last + 1], bracketed):
                    full = doc[start : last + 1].text
                    self._abbreviations[fold(full)] = token.text
                    self._full_names[fold(token.text)] = full
                    break

    def _name_of(self, tokens: list[Token]) -> list[Token]:
        """The tokens of a person's name, with a title only where it belongs to the name ("Sultan Al Jaber")."""
        own = [token for token in tokens if not token.is_space and token.lower_ not in {"'s", "’s", "’", "'"}]
        return own if self._registry.lookup(person_name(own), self._on) else name_tokens(tokens)

    def _person(self, parts: list[Token], root: Token) -> None:
        printed = person_name(parts)
        slugs = self._registry.lookup(printed, self._on)
        figure = Figure(
            self._registry.name(slugs[0]) if len(slugs) == 1 else printed,
            slugs[0] if len(slugs) == 1 else "",
            candidates=tuple(slugs) if len(slugs) > 1 else (),
            person=True,
        )
        known = self.people.setdefault(figure.key, Person(figure, fold(parts[-1].text)))
        known.count += 1
        fact = self._registry.get(figure.slug)
        known.pronoun = known.pronoun or (fact.pronoun if fact else "") or title_pronoun(parts[0])
        if known.count == 1:
            for role in self._registry.offices(figure.slug, self._on):
                where = title_words(self._registry.name(role.organisation))
                known.offices.append(
                    Office(title_words(role.title) | where, frozenset({role.organisation}), rank_of(role.title))
                )
        self._describe(known, root)

    def _join_people(self) -> None:
        """Takes "Al Dawla" for "Mona Al Dawla": of two names that end alike the longer one is the person's."""
        for key, person in list(self.people.items()):
            pieces = fold(person.figure.name).split()
            longer = [
                other
                for other in self.people.values()
                if not person.figure.slug and fold(other.figure.name).split()[1:][-len(pieces) :] == pieces
            ]
            if len(longer) == 1:
                longer[0].count += person.count
                longer[0].offices += person.offices
                del self.people[key]

    def _describe(self, person: Person, root: Token) -> None:
        """Notes the offices and places that the words round a name give it."""
        before = root.i - 1
        prefix: list[Token] = []
        while before >= root.sent.start and root.doc[before].pos_ in {"PROPN", "NOUN", "ADJ"}:
            prefix.append(root.doc[before])
            before -= 1
        if any(is_role(word) for word in prefix):
            person.offices.append(self._office_of(prefix))
        around = [root.head] if root.dep_ in {"appos", "flat", "nmod", "compound"} else []
        if root.dep_ == "nsubj" and children(root.head, "cop"):
            # "Jane Roe is the foreign minister of Peru"
            around.append(root.head)
        around += children(root, "appos", "compound", "flat", "amod", "nmod:poss", "nmod")
        for word in around:
            if is_role(word):
                told = [word, *children(word, "compound", "amod", "nmod*")]
                told += [part for phrase in told[1:] for part in children(phrase, "compound", "amod", "flat")]
                person.offices.append(self._office_of([part for part in told if part.ent_type_ != "PERSON"]))
            elif places := self._place_slugs(word):
                person.offices.append(Office(frozenset(), frozenset(places)))

    def _office_of(self, told: list[Token]) -> Office:
        """The office that words beside a name tell, in any order."""
        words_told = {part for word in told for part in title_words(word.text)}
        places = {slug for word in told for slug in self._place_slugs(word)}
        return Office(frozenset(words_told), frozenset(places))

    def _describe_bodies(self, doc: Doc) -> None:
        """Notes what the article calls an organisation: "Open Dialogue Foundation, a human rights group"."""
        for entity in doc.ents:
            if entity.label_ != "ORG":
                continue
            root = entity.root
            beside = children(root, "appos") + ([root.head] if root.dep_ in {"appos", "flat"} else [])
            for word in beside:
                if word.lemma_.lower() in words("group"):
                    figure = self.named(root)
                    known = self.bodies.setdefault(figure.key, (figure, set()))[1]
                    known.add(word.lemma_.lower())
                    known.update(part.lemma_.lower() for part in children(word, "compound", "amod"))

    def _place_slugs(self, token: Token) -> list[str]:
        slugs = self._registry.lookup(entity_text(token), self._on, adjective=True)
        return slugs if len(slugs) == 1 else []

    def _note(self, place: int, doc: Doc) -> None:
        """Notes the names of a line, and the bodies it names without capitals ("the Iranian foreign ministry")."""
        regions = quoted_regions(doc)
        for token in doc:
            if token.ent_iob_ == "B" and token.ent_type_ in NAMED:
                root = next(entity for entity in doc.ents if entity.start == token.i).root
            elif token.pos_ == "NOUN" and not token.ent_type_ and token.lemma_.lower() in words("group"):
                root = token
                if self._known_body(root) is None:
                    continue
            else:
                continue
            figure = self.named(root)
            self.slugs.update({figure.slug} if figure.slug else figure.candidates)
            state = self._registry.state_of(figure.slug) or self._registry.state_of(
                self._registry.place_of(figure.slug, self._on)
            )
            if state and (figure.person or figure.slug == state):
                self.lands.add(state)
            if state:
                self._places[state] += 1 if place else TITLE_WEIGHT
                self.states.setdefault(place, set()).add(state)
            if case_of(root) in {"in", "at", "near", "from", "to"} and not figure.person and root.ent_type_ != "ORG":
                continue
            person = self.people.get(figure.key)
            subject = root.dep_.startswith("nsubj") or root.dep_ in {"ROOT", "root", "appos"}
            if subject and len(joint := conjuncts(root)) > 1:
                named = [other for part in joint if (other := self.named_within(part)) is not None]
                if len(named) > 1:
                    self.joint.append((place, named))
            quoted = any(opening < root.i < closing for opening, closing in regions)
            pronoun = person.pronoun if person else ""
            verb = root.head.head if root.dep_ in {"appos", "flat"} else root.head
            speaks = subject and (verb.lemma_.lower(), "V") in cues()
            self.mentions.append(Mention(place, root.i, figure, subject, pronoun, quoted, speaks))
            for adjective in self._registry.lookup(token.text, self._on, adjective=True):
                if not figure.slug:
                    self._places[self._registry.state_of(adjective)] += 1

    def _known_body(self, root: Token) -> Figure | None:
        """The known actor that a noun names with the words before it, None for the noun alone."""
        for first, last in self._wider(root, root.i, root.i + 1):
            if last - first < 2:
                continue
            slugs = self._registry.lookup(root.doc[first:last].text, self._on)
            if len(slugs) == 1:
                return Figure(self._registry.name(slugs[0]), slugs[0], first, last)
        return None

    def main_state(self, line: int | None = None) -> str:
        """The slug of the state the article speaks of most, "" if none stands out.

        With a line, the only state it names where it does not name that one.
        """
        main = self._main_state()
        here = self.states.get(line, set()) if line is not None else set()
        return next(iter(here)) if len(here) == 1 and (main not in here or not main) else main

    def _main_state(self) -> str:
        ranked = [(count, slug) for slug, count in self._places.items() if slug]
        if not ranked:
            return ""
        ranked.sort(reverse=True)
        return ranked[0][1] if len(ranked) == 1 or ranked[0][0] > ranked[1][0] else ""

    def named_within(self, head: Token) -> Figure | None:
        """The actor that a phrase names, at its head or beside it ("Kremlin aide Yuri Ushakov")."""
        if head.tag_ in {"NNS", "NNPS"} and head.ent_type_ == "NORP":
            return None
        person = person_behind(head)
        if person is not None:
            return self.named(person)
        if (
            head.lemma_.lower() in words("group")
            and not head.ent_type_
            and (body := self._known_body(head)) is not None
        ):
            return body
        generic = head.lemma_.lower() in words("group") and not children(head, "compound", "flat", "amod", "nmod*")
        if generic and not self._registry.lookup(head.text, self._on):
            # "Ministry denies reports" names no ministry.
            return None
        if head.ent_type_ == "PERSON" or (head.ent_type_ in NAMED and not is_role(head)):
            return self.named(head)
        for beside in children(head, "flat", "appos", "nmod:desc"):
            if beside.ent_type_ == "PERSON" or (beside.ent_type_ == "ORG" and head.lemma_.lower() in words("group")):
                return self.named(beside)
        if is_role(head):
            for beside in children(head, "compound"):
                if beside.ent_type_ == "PERSON":
                    return self.named(beside)
        elif head.lemma_.lower() in {"agency", "newspaper", "magazine", "channel", "broadcaster", "website", "group"}:
            for beside in children(head, "compound"):
                if beside.ent_type_ == "ORG":
                    return self.named(beside)
        printed_as_name = head.text[:1].isupper() and head.i > head.sent.start and head.pos_ == "NOUN"
        if is_role(head) and not self._registry.lookup(head.text, self._on):
            return None
        if head.pos_ == "PROPN" or (printed_as_name and self._registry.lookup(head.text, self._on)):
            return self.named(head)
        return None

    def named(self, root: Token) -> Figure:
        """The actor whose name a token heads: known, or as printed."""
        tokens = name_span(root)
        start, end = tokens[0].i, tokens[-1].i + 1
        doc = root.doc
        if root.ent_type_ == "PERSON":
            return self._named_person(tokens)
        for first, last in self._wider(root, start, end):
            slugs = self._registry.lookup(doc[first:last].text, self._on)
            if not slugs and doc[first:last].text.islower():
                slugs = self._registry.lookup(doc[first:last].text.title(), self._on)
            if len(slugs) == 1:
                return Figure(self._registry.name(slugs[0]), slugs[0], first, last, person=self._is_person(slugs[0]))
            if slugs:
                return Figure(doc[first:last].text, "", first, last, candidates=tuple(slugs))
        if len(tokens) == 1 and root.ent_type_ in {"NORP", "LOC", "GPE"} | {""}:
            slugs = self._registry.lookup(root.text, self._on, adjective=True)
            if len(slugs) == 1:
                return Figure(self._registry.name(slugs[0]), slugs[0], start, end)
        if root.ent_type_ in {"", "MISC", "LOC"} and fold(tokens[-1].text) in {p.surname for p in self.people.values()}:
            return self._named_person(tokens)
        printed = doc[start:end].text
        slugs = self._registry.lookup(self._full_names.get(fold(printed), ""), self._on)
        if len(slugs) == 1:
            return Figure(self._registry.name(slugs[0]), slugs[0], start, end)
        return Figure(self._abbreviated(printed) or strip_article(printed), "", start, end)

    def _abbreviated(self, printed: str) -> str:
        """The short form the article introduces for a name, "" if none."""
        folded = fold(printed)
        return self._abbreviations.get(folded) or next(
            (short for full, short in self._abbreviations.items() if folded.startswith(f"{full} ")), ""
        )

    def _is_person(self, slug: str) -> bool:
        fact = self._registry.get(slug)
        return fact is not None and fact.kind == ActorKind.PERSON

    def _wider(self, root: Token, start: int, end: int) -> list[tuple[int, int]]:
        """The name with the words before it ("the Algerian Foreign Ministry"), then the name alone, then its head."""
        below = [i for i in subtree(root) if i < start]
        first = start
        while first - 1 in below and (
            root.doc[first - 1].tag_ == "POS" or root.doc[first - 1].dep_ not in {"case", "mark", "cc", "punct"}
        ):
            first -= 1
        spans = [(first, end), (start, end)]
        after = [node for node in children(root, "nmod") if case_of(node) == "of"]
        if after:
            spans.insert(0, (first, max(subtree(after[0])) + 1))
        return list(dict.fromkeys(spans))

    def _named_person(self, tokens: list[Token]) -> Figure:
        parts = self._name_of(tokens) or tokens
        start, end = parts[0].i, parts[-1].i + 1
        printed = person_name(parts)
        known = self.people.get(fold(printed)) or self._namesake(set(fold(printed).split()))
        if known is None and len(parts) == 1 and printed.endswith("s"):
            # "Morrisons" that has lost its apostrophe.
            known = self._namesake({fold(printed[:-1])})
            if known is None and not self._registry.by_surname(printed) and self._registry.by_surname(printed[:-1]):
                printed = printed[:-1]
        if known is not None:
            return replace(known.figure, start=start, end=end)
        slugs = self._registry.lookup(printed, self._on)
        if not slugs and len(parts) == 1:
            slugs = self._registry.by_surname(printed, self._on)
        if len(slugs) == 1:
            return Figure(self._registry.name(slugs[0]), slugs[0], start, end, person=self._is_person(slugs[0]))
        return Figure(printed, "", start, end, candidates=tuple(slugs), person=True)

    def _namesake(self, pieces: set[str]) -> Person | None:
        """The one person of the article whose name holds all these words; of several the one named far more often."""
        fitting = [person for person in self.people.values() if pieces <= set(fold(person.figure.name).split())]
        if len(fitting) > 1:
            fitting = [person for person in fitting if person.surname in pieces] or fitting
        fitting.sort(key=lambda person: person.count, reverse=True)
        clear = len(fitting) == 1 or (len(fitting) > 1 and fitting[0].count > 2 * fitting[1].count)
        return fitting[0] if clear else None

    def pair(self, line: int, *, people: bool) -> list[Figure]:
        """The last two people (or bodies) that were subjects together up to a line, else anywhere in the article."""
        pairs = [
            (place, figures)
            for place, figures in self.joint
            if len(figures) == 2 and all(figure.person == people for figure in figures)
        ]
        earlier = [figures for place, figures in pairs if place <= line]
        return earlier[-1] if earlier else next((figures for _, figures in pairs), [])

    def pronoun_of(self, figure: Figure) -> str:
        person = self.people.get(figure.key)
        if person is not None and person.pronoun:
            return person.pronoun
        fact = self._registry.get(figure.slug)
        return fact.pronoun if fact is not None else ""
