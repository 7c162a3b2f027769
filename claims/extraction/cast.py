"""The people and organisations of one article, and which of them a phrase stands for.

Names, surnames, offices, metonyms, definite descriptions ("the Kremlin aide", "our president") and pronouns are
resolved from the article first and the registry second. Pronouns follow the measured rule of the nearest earlier
person that is a subject (GUM news: 73 to 79 of 100 right); what finds no antecedent keeps the words as printed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from claims.extraction.actors import Registry, fold
from claims.extraction.lexicon import words
from claims.extraction.syntax import case_of, child, children, conjuncts, run, subtree, trim
from claims.extraction.types import ActorKind

PLURAL_PRONOUNS = frozenset({"they", "them", "their"})
SPEAKER_PRONOUNS = frozenset({"i", "we", "me", "us", "my", "our"})
GENDERED = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}
THINGS = frozenset({"it", "its"})
NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "MISC", "PRODUCT"})


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


@dataclass(slots=True)
class _Person:
    """A person the article names in full: its descriptions are folded role nouns, its places slugs."""

    figure: Figure
    surname: str
    count: int = 0
    pronoun: str = ""
    roles: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Mention:
    line: int
    token: int
    figure: Figure
    subject: bool
    pronoun: str


class Cast:
    """Resolves phrases of one article. ``docs`` are its parsed lines in order, title first."""

    def __init__(self, docs: Sequence[Doc], registry: Registry, on: dt.date | None) -> None:
        self._registry = registry
        self._on = on
        self._docs = list(docs)
        self._people: dict[str, _Person] = {}
        self._mentions: list[_Mention] = []
        self._places: Counter[str] = Counter()
        self._abbreviations: dict[str, str] = {}
        self._joint: list[tuple[int, list[Figure]]] = []
        for doc in self._docs:
            self._meet_people(doc)
            self._meet_abbreviations(doc)
        for place, doc in enumerate(self._docs):
            self._note(place, doc)

    # -- reading the article -------------------------------------------------------------------------------------

    def _meet_people(self, doc: Doc) -> None:
        for entity in doc.ents:
            if entity.label_ != "PERSON":
                continue
            parts = name_tokens(list(entity))
            if len(parts) < 2:
                continue
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
            for start in range(first, last):
                name = [word for word in doc[start : last + 1] if word.lower_ not in words("joining")]
                initials = [word.lower_[0] for word in name]
                if doc[start].text[:1].isupper() and "".join(initials) == token.lower_:
                    self._abbreviations[fold(doc[start : last + 1].text)] = token.text
                    break

    def _person(self, parts: list[Token], root: Token) -> None:
        printed = " ".join(part.text for part in parts)
        slugs = self._registry.lookup(printed, self._on)
        figure = Figure(
            self._registry.name(slugs[0]) if len(slugs) == 1 else printed,
            slugs[0] if len(slugs) == 1 else "",
            candidates=tuple(slugs) if len(slugs) > 1 else (),
            person=True,
        )
        known = self._people.setdefault(figure.key, _Person(figure, fold(parts[-1].text)))
        known.count += 1
        fact = self._registry.get(figure.slug)
        known.pronoun = known.pronoun or (fact.pronoun if fact else "") or _title_pronoun(parts[0])
        self._describe(known, root)

    def _describe(self, person: _Person, root: Token) -> None:
        """Notes the offices and places that the words round a name give it."""
        around = [root.head] if root.dep_ in {"appos", "flat", "nmod", "compound"} else []
        around += children(root, "appos", "compound", "flat", "amod", "nmod:poss", "nmod")
        for word in around:
            lemma = word.lemma_.lower()
            if lemma in words("person"):
                person.roles.add(lemma)
                for modifier in children(word, "compound", "amod", "nmod*"):
                    if modifier.pos_ in {"NOUN", "ADJ"} and not modifier.ent_type_:
                        person.roles.add(modifier.lemma_.lower())
                    person.places.update(self._place_slugs(modifier))
            else:
                person.places.update(self._place_slugs(word))

    def _place_slugs(self, token: Token) -> list[str]:
        slugs = self._registry.lookup(entity_text(token), self._on, adjective=True)
        return slugs if len(slugs) == 1 else []

    def _note(self, place: int, doc: Doc) -> None:
        for token in doc:
            if token.ent_iob_ == "B" and token.ent_type_ in NAMED:
                entity = next(entity for entity in doc.ents if entity.start == token.i)
                root = entity.root
                figure = self._named(root)
                if figure is None:
                    continue
                state = self._registry.state_of(figure.slug)
                if state:
                    self._places[state] += 1
                if (
                    case_of(root) in {"in", "at", "near", "from", "to"}
                    and not figure.person
                    and root.ent_type_ != "ORG"
                ):
                    continue
                person = self._people.get(figure.key)
                subject = root.dep_.startswith("nsubj") or root.dep_ in {"ROOT", "root", "appos"}
                if subject and len(joint := conjuncts(root)) > 1:
                    named = [other for part in joint if (other := self._named_within(part)) is not None]
                    if len(named) > 1:
                        self._joint.append((place, named))
                self._mentions.append(_Mention(place, root.i, figure, subject, person.pronoun if person else ""))
                for adjective in self._registry.lookup(token.text, self._on, adjective=True):
                    if not figure.slug:
                        self._places[self._registry.state_of(adjective)] += 1

    def main_state(self) -> str:
        """The slug of the state the article speaks of most, "" if none stands out."""
        ranked = [(count, slug) for slug, count in self._places.items() if slug]
        if not ranked:
            return ""
        ranked.sort(reverse=True)
        return ranked[0][1] if len(ranked) == 1 or ranked[0][0] > ranked[1][0] else ""

    # -- resolving phrases ---------------------------------------------------------------------------------------

    def resolve(self, head: Token, line: int, speaker: Figure | None = None) -> list[Figure]:
        """The actors a phrase stands for, one for each conjunct; never empty.

        ``line`` is the place of the phrase's text among the article's lines; ``speaker`` is who says "I" or "our".
        """
        found: list[Figure] = []
        for part in conjuncts(head) if head.pos_ != "PRON" else [head]:
            if part.i != head.i and part.pos_ not in {"NOUN", "PROPN", "PRON", "ADJ"}:
                continue
            for figure in self._one(part, line, speaker):
                if figure.key not in {other.key for other in found}:
                    found.append(figure)
        return found

    def _one(self, head: Token, line: int, speaker: Figure | None) -> list[Figure]:
        lower = head.lower_
        pronominal = lower in GENDERED or lower in PLURAL_PRONOUNS | SPEAKER_PRONOUNS | THINGS
        if (head.pos_ == "PRON" or pronominal) and not head.ent_type_:
            figures = self._pronoun(head, line, speaker)
            return [replace(figure, start=head.i, end=head.i + 1) for figure in figures] or [self._as_printed(head)]
        named = self._named_within(head)
        if named is not None:
            return [named]
        if any(word.lower_ in {"two", "both"} for word in children(head, "nummod", "det", "amod", "det:predet")):
            pair = self._pair(line, people=head.lemma_.lower() in words("person"))
            if pair and has_definite(head):
                start, end = self._span(head)
                return [replace(figure, start=start, end=end, named=False) for figure in pair]
        found = self._description(head, line, speaker)
        return [found if found is not None else self._as_printed(head)]

    def _named_within(self, head: Token) -> Figure | None:
        """The actor that a phrase names, at its head or beside it ("Kremlin aide Yuri Ushakov")."""
        if head.tag_ in {"NNS", "NNPS"} and head.ent_type_ == "NORP":
            return None
        if head.ent_type_ == "PERSON" or (head.ent_type_ in NAMED and not self._is_role(head)):
            return self._named(head)
        for beside in children(head, "flat", "appos", "nmod:desc"):
            if beside.ent_type_ == "PERSON" or (beside.ent_type_ == "ORG" and head.lemma_.lower() in words("group")):
                return self._named(beside)
        if self._is_role(head):
            for beside in children(head, "compound"):
                if beside.ent_type_ == "PERSON":
                    return self._named(beside)
        elif head.lemma_.lower() in {"agency", "newspaper", "magazine", "channel", "broadcaster", "website", "group"}:
            for beside in children(head, "compound"):
                if beside.ent_type_ == "ORG":
                    return self._named(beside)
        if head.pos_ == "PROPN":
            return self._named(head)
        return None

    @staticmethod
    def _is_role(head: Token) -> bool:
        return head.lemma_.lower() in words("person") and head.ent_type_ != "PERSON"

    def _named(self, root: Token) -> Figure | None:
        tokens = _name_span(root)
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
        if root.ent_type_ in {"", "MISC", "LOC"} and fold(tokens[-1].text) in {
            p.surname for p in self._people.values()
        }:
            return self._named_person(tokens)
        printed = doc[start:end].text
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
        while first - 1 in below and root.doc[first - 1].dep_ not in {"case", "mark", "cc", "punct"}:
            first -= 1
        spans = [(first, end), (start, end)]
        after = [node for node in children(root, "nmod") if case_of(node) == "of"]
        if after:
            spans.insert(0, (first, max(subtree(after[0])) + 1))
        return list(dict.fromkeys(spans))

    def _named_person(self, tokens: list[Token]) -> Figure:
        parts = name_tokens(tokens) or tokens
        start, end = parts[0].i, parts[-1].i + 1
        printed = " ".join(part.text for part in parts)
        known = self._people.get(fold(printed))
        if known is None:
            slugs = self._registry.lookup(printed, self._on)
            if len(slugs) == 1:
                return Figure(self._registry.name(slugs[0]), slugs[0], start, end, person=True)
            pieces = {fold(part.text) for part in parts}
            same = [p for p in self._people.values() if pieces <= set(fold(p.figure.name).split())]
            if len(same) > 1:
                same = [p for p in same if p.surname in pieces] or same
            if len(same) == 1 or (same and same[0].count > 2 * same[1].count):
                known = same[0]
            elif not same:
                slugs = slugs or (self._registry.by_surname(printed, self._on) if len(parts) == 1 else [])
                if len(slugs) == 1:
                    return Figure(self._registry.name(slugs[0]), slugs[0], start, end, person=True)
                return Figure(printed, "", start, end, candidates=tuple(slugs), person=True)
        if known is not None:
            return replace(known.figure, start=start, end=end)
        return Figure(printed, "", start, end, person=True)

    def _pronoun(self, head: Token, line: int, speaker: Figure | None) -> list[Figure]:
        lower = head.lower_
        if lower in SPEAKER_PRONOUNS:
            return [speaker] if speaker is not None else []
        before = [m for m in self._mentions if (m.line, m.token) < (line, head.i)]
        near = [m for m in before if m.line == line]
        if lower in GENDERED:
            return self._gendered(GENDERED[lower], line, near, before, speaker)
        if lower in THINGS:
            if speaker is not None and not speaker.person:
                return [speaker]
            for pool in (near, before):
                things = [m for m in pool if not m.figure.person and m.subject and m.token != head.i]
                if things:
                    return [things[-1].figure]
            others = [m for m in near if not m.figure.person]
            return [others[-1].figure] if others else []
        if lower in PLURAL_PRONOUNS:
            return self._plural(near, line, speaker)
        return []

    def _gendered(
        self, wanted: str, line: int, near: list[_Mention], before: list[_Mention], speaker: Figure | None
    ) -> list[Figure]:
        """Who "he" or "she" is: whoever speaks, else the nearest earlier person that is a subject."""
        if speaker is not None and speaker.person and self._pronoun_of(speaker) in {"", wanted}:
            return [speaker]
        for pool in (near, [m for m in before if m.line >= line - 2], before):
            people = [m for m in pool if m.figure.person and m.pronoun in {"", wanted}]
            subjects = [m for m in people if m.subject]
            if subjects or people:
                return [(subjects or people)[-1].figure]
        fitting = [person for person in self._people.values() if person.pronoun in {"", wanted}]
        return [max(fitting, key=lambda person: person.count).figure] if fitting else []

    def _pronoun_of(self, figure: Figure) -> str:
        person = self._people.get(figure.key)
        if person is not None and person.pronoun:
            return person.pronoun
        fact = self._registry.get(figure.slug)
        return fact.pronoun if fact is not None else ""

    def _plural(self, near: list[_Mention], line: int, speaker: Figure | None) -> list[Figure]:
        """Who "they" or "the two leaders" are: the last joint subjects, a group that speaks, or the last one named."""
        joint = [figures for place, figures in self._joint if place <= line] or [f for _, f in self._joint]
        if speaker is not None:
            with_speaker = [figures for figures in joint if speaker.key in {figure.key for figure in figures}]
            if with_speaker:
                return with_speaker[-1]
            if not speaker.person:
                return [speaker]
        groups = [m for m in near if m.subject and not m.figure.person]
        if groups:
            return [groups[-1].figure]
        return joint[-1] if joint else []

    def _pair(self, line: int, *, people: bool) -> list[Figure]:
        """The last two people (or bodies) that were subjects together up to a line, else anywhere in the article."""
        pairs = [
            (place, figures)
            for place, figures in self._joint
            if len(figures) == 2 and all(figure.person == people for figure in figures)
        ]
        earlier = [figures for place, figures in pairs if place <= line]
        return earlier[-1] if earlier else next((figures for _, figures in pairs), [])

    # -- descriptions --------------------------------------------------------------------------------------------

    def _description(self, head: Token, line: int, speaker: Figure | None) -> Figure | None:
        """Who a phrase without a name stands for: an office, a body of state, or a document's author."""
        lemma = head.lemma_.lower()
        place = self._modifying_place(head, line, speaker)
        start, end = self._span(head)
        found: Figure | None = None
        if lemma in words("regime") or (lemma in {"government", "authority"}):
            if place:
                found = Figure(self._registry.name(place), place)
            elif has_definite(head) and lemma in words("regime") and (state := self.main_state()):
                found = Figure(self._registry.name(state), state)
        elif lemma in {"ministry", "department"}:
            found = self._institution(head, place, line)
        elif lemma in words("person"):
            found = self._office(head, place, line)
        elif lemma in words("document"):
            owner = self._author(head)
            if owner is not None:
                found = next(iter(self.resolve(owner, line, speaker)), None)
        elif lemma in words("group") and has_definite(head):
            found = self._last_body(head, line)
        return replace(found, start=start, end=end, named=False) if found is not None else None

    def _span(self, head: Token) -> tuple[int, int]:
        relative = set()
        for clause in children(head, "acl*", "appos", "conj", "cc"):
            relative |= subtree(clause)
        return trim(head.doc, *run(head, relative | {mark.i for mark in children(head, "case")}))

    def _as_printed(self, head: Token) -> Figure:
        start, end = self._span(head)
        text = head.doc[start:end].text
        first = head.doc[start]
        if not first.ent_type_ and first.pos_ != "PROPN":
            text = text[:1].lower() + text[1:]
        return Figure(strip_article(text), "", start, end, named=False)

    def _modifying_place(self, head: Token, line: int, speaker: Figure | None) -> str:
        """The slug of the state or organisation that a description names or implies."""
        for modifier in children(head, "nmod:poss", "amod", "compound", "nmod"):
            if modifier.dep_ == "nmod" and case_of(modifier) not in {"of", "for", "at", "from"}:
                continue
            if modifier.pos_ == "PRON" or modifier.lower_ in {"its", "their", "our", "his", "her", "my"}:
                if modifier.lower_ in {"our", "my"}:
                    owner = speaker
                else:
                    owner = next(iter(self._pronoun(modifier, line, speaker)), None)
                if owner is not None:
                    return self._registry.place_of(owner.slug, self._on)
                continue
            for text in (entity_text(modifier), modifier.text):
                slugs = self._registry.lookup(text, self._on, adjective=True)
                if len(slugs) == 1:
                    return slugs[0]
        return ""

    def _title(self, head: Token) -> str:
        parts = [
            word.text
            for word in sorted([*children(head, "compound", "amod", "nmod:desc"), head], key=lambda word: word.i)
            if not word.ent_type_ or word.i == head.i
        ]
        return " ".join(parts)

    def _office(self, head: Token, place: str, line: int) -> Figure | None:
        """The holder of an office: whom the article describes so, else whom the registry knows on the day."""
        lemma = head.lemma_.lower()
        indefinite = any(det.lower_ in {"a", "an", "some", "many"} for det in children(head, "det"))
        if head.tag_ in {"NNS", "NNPS"} or indefinite:
            return None
        state = self._registry.state_of(place) or place
        described = [
            person
            for person in self._people.values()
            if lemma in person.roles
            and (not state or not person.places or state in {self._registry.state_of(p) or p for p in person.places})
        ]
        if len(described) == 1:
            return described[0].figure
        where = place or self.main_state()
        if where:
            title = self._title(head)
            slugs = self._registry.holders(where, title, self._on)
            if len(slugs) == 1:
                return Figure(self._registry.name(slugs[0]), slugs[0], person=True)
            if slugs:
                return Figure(strip_article(self._as_printed(head).name), "", candidates=tuple(slugs), person=True)
        if len(described) > 1 and has_definite(head):
            keys = {person.figure.key for person in described}
            before = [m for m in self._mentions if m.line <= line and m.figure.key in keys]
            return before[-1].figure if before else None
        return None

    def _institution(self, head: Token, place: str, line: int) -> Figure | None:
        """A ministry or department by its kind and state, else the last one named."""
        kind = self._title(head)
        state = self._registry.state_of(place) or place
        for owner in [state, self.main_state()]:
            if owner and len(kind.split()) > 1:
                for text in (f"{kind} of {self._registry.name(owner)}", f"{self._registry.name(owner)} {kind}"):
                    slugs = self._registry.lookup(text, self._on)
                    if len(slugs) == 1:
                        return Figure(self._registry.name(slugs[0]), slugs[0])
        noun = head.lemma_.lower()
        named = [m for m in self._mentions if noun in m.figure.name.lower()]
        earlier = [m for m in named if m.line <= line]
        return (earlier or named)[-1].figure if named and has_definite(head) and not place else None

    def _author(self, head: Token) -> Token | None:
        """The phrase that says whose a document is: "the EU declaration", "a report by Oxfam", "its letter"."""
        owner = child(head, "nmod:poss")
        if owner is not None:
            return owner
        for phrase in children(head, "nmod"):
            if case_of(phrase) in {"by", "from", "of"}:
                return phrase
        for clause in children(head, "acl"):
            for agent in children(clause, "obl:agent", "obl"):
                if case_of(agent) == "by":
                    return agent
        for word in [*children(head, "compound"), *children(head, "amod")]:
            if word.ent_type_ in NAMED:
                return word
        return None

    def _last_body(self, head: Token, line: int) -> Figure | None:
        """The last organisation (or, for "the country", state) named up to a line."""
        wants_state = head.lemma_.lower() in {"country", "nation", "state", "kingdom", "republic"}
        if wants_state:
            state = self.main_state()
            return Figure(self._registry.name(state), state) if state else None
        if self._modifying_place(head, line, None):
            return None
        if any(True for _ in children(head, "compound", "amod", "nmod", "acl*")):
            return None
        bodies = [
            m
            for m in self._mentions
            if m.line <= line and not m.figure.person and self._docs[m.line][m.token].ent_type_ == "ORG"
        ]
        return bodies[-1].figure if bodies else None


def has_definite(head: Token) -> bool:
    """Whether a phrase is definite: "the", "this", or no determiner at all as in headlines."""
    determiners = children(head, "det")
    return not determiners or any(det.lower_ in {"the", "this", "that", "these", "those"} for det in determiners)


def strip_article(text: str) -> str:
    """A phrase without a leading "the"."""
    return text[4:] if text[:4].lower() == "the " else text


def entity_text(token: Token) -> str:
    """The text of the entity a token is in, else of the token."""
    for entity in token.doc.ents:
        if entity.start <= token.i < entity.end:
            return entity.text
    return token.text


def name_tokens(tokens: list[Token]) -> list[Token]:
    """The tokens of a person's name without titles before it and a possessive behind it."""
    parts = [token for token in tokens if token.lower_ not in {"'s", "’s", "’", "'"} and not token.is_space]
    while len(parts) > 1 and parts[0].lower_.rstrip(".") in words("title"):
        parts = parts[1:]
    return parts


def _name_span(root: Token) -> list[Token]:
    """The tokens of the name that a token heads: its entity, else it with its flat and compound names."""
    for entity in root.doc.ents:
        if entity.start <= root.i < entity.end:
            return list(entity)
    indices = {root.i}
    for part in children(root, "flat*", "compound"):
        if part.pos_ == "PROPN":
            indices |= {node.i for node in part.subtree if node.pos_ in {"PROPN", "PUNCT"}}
    return [root.doc[i] for i in range(min(indices), max(indices) + 1)]


def _title_pronoun(first: Token) -> str:
    before = first.nbor(-1).lower_.rstrip(".") if first.i else ""
    if before in {"mr", "sir", "lord", "king", "prince"}:
        return "he"
    return "she" if before in {"mrs", "ms", "miss", "lady", "dame", "queen", "princess"} else ""
