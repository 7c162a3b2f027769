"""The people and organisations of one article, and which of them a phrase stands for.

Names, surnames, offices, metonyms, definite descriptions ("the Kremlin aide", "our president") and pronouns are
resolved from the article first and the registry second. Pronouns follow the measured rule of the nearest earlier
person that is a subject (GUM news: 73 to 79 of 100 right); what finds no antecedent keeps the words as printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from claims.extraction.actors import Registry, fold
from claims.extraction.lexicon import words
from claims.extraction.names import NAMED, entity_text, strip_article
from claims.extraction.roster import Figure, Mention, Roster
from claims.extraction.syntax import case_of, child, children, conjuncts, run, subtree, trim

PLURAL_PRONOUNS = frozenset({"they", "them", "their"})
SPEAKER_PRONOUNS = frozenset({"i", "we", "me", "us", "my", "our"})
GENDERED = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}
THINGS = frozenset({"it", "its"})


class Cast:
    """Resolves phrases of one article. ``docs`` are its parsed lines in order, title first; ``on`` is its date."""

    def __init__(self, docs: Sequence[Doc], registry: Registry, on: dt.date | None) -> None:
        self._registry = registry
        self._on = on
        self._docs = docs
        self._roster = Roster(docs, registry, on)
        self._speakers: dict[int, Figure] = {}

    def note_speaker(self, figure: Figure, line: int) -> None:
        """Remembers who was the last source of a line, whom "he" in the next line then is."""
        if figure.person:
            self._speakers[line] = replace(figure, start=-1, end=-1)

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
            return [replace(self._placed(figure), start=head.i, end=head.i + 1) for figure in figures] or [
                self._as_printed(head)
            ]
        named = self._roster.named_within(head)
        if named is not None:
            return [self._placed(named)]
        states = self._joint_states(head)
        if states:
            start, end = self._span(head)
            return [replace(figure, start=start, end=end, named=False) for figure in states]
        if any(word.lower_ in {"two", "both"} for word in children(head, "nummod", "det", "amod", "det:predet")):
            pair = self._roster.pair(line, people=head.lemma_.lower() in words("person"))
            if pair and has_definite(head):
                start, end = self._span(head)
                return [replace(figure, start=start, end=end, named=False) for figure in pair]
        found = self._description(head, line, speaker)
        return [found if found is not None else self._as_printed(head)]

    def _pronoun(self, head: Token, line: int, speaker: Figure | None) -> list[Figure]:
        lower = head.lower_
        if lower in SPEAKER_PRONOUNS:
            return [speaker] if speaker is not None else []
        before = [m for m in self._roster.mentions if (m.line, m.token) < (line, head.i)]
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
            return self._plural(near, line, speaker, head)
        return []

    def _gendered(
        self, wanted: str, line: int, near: list[Mention], before: list[Mention], speaker: Figure | None
    ) -> list[Figure]:
        """Who "he" or "she" is: whoever speaks, else the nearest earlier person that is a subject."""
        if speaker is not None and speaker.person and self._roster.pronoun_of(speaker) in {"", wanted}:
            return [speaker]

        def nearest(pool: list[Mention]) -> list[Figure]:
            people = [m for m in pool if m.figure.person and m.pronoun in {"", wanted} and not m.quoted]
            subjects = [m for m in people if m.subject]
            return [(subjects or people)[-1].figure] if people else []

        if found := nearest(near):
            return found
        spoke = self._speakers.get(line - 1)
        if spoke is not None and self._roster.pronoun_of(spoke) in {"", wanted}:
            return [spoke]
        for pool in ([m for m in before if m.line >= line - 2], before):
            if found := nearest(pool):
                return found
        fitting = [person for person in self._roster.people.values() if person.pronoun in {"", wanted}]
        return [max(fitting, key=lambda person: person.count).figure] if fitting else []

    def _plural(self, near: list[Mention], line: int, speaker: Figure | None, head: Token) -> list[Figure]:
        """Who "they" or "the two leaders" are: the last joint subjects, a group that speaks, or the last one named."""
        joint = [figures for place, figures in self._roster.joint if place <= line] or [
            f for _, f in self._roster.joint
        ]
        if speaker is not None:
            with_speaker = [figures for figures in joint if speaker.key in {figure.key for figure in figures}]
            if with_speaker:
                return with_speaker[-1]
            if not speaker.person:
                return [speaker]
        plural = self._plural_noun(head)
        if plural is not None:
            return self._one(plural, line, None)
        groups = [m for m in near if m.subject and not m.figure.person]
        if groups:
            return [groups[-1].figure]
        return joint[-1] if joint else []

    def _joint_states(self, head: Token) -> list[Figure]:
        """The states of "the Spanish and Algerian governments"; none for one state or another noun."""
        if head.lemma_.lower() not in words("regime") or head.tag_ != "NNS":
            return []
        places = [word for modifier in children(head, "amod", "compound") for word in conjuncts(modifier)]
        slugs = [slug for word in places for slug in self._registry.lookup(word.text, self._on, adjective=True)]
        return [Figure(self._registry.name(slug), slug) for slug in slugs] if len(slugs) > 1 else []

    def _placed(self, figure: Figure) -> Figure:
        """A ministry named without its state ("Interior Ministry") as that of the state the article is about."""
        if figure.slug or figure.candidates or fold(figure.name).rpartition(" ")[2] not in {"ministry", "department"}:
            return figure
        state = self._roster.main_state()
        slugs = self._registry.lookup(f"{figure.name} of {self._registry.name(state)}", self._on) if state else []
        return replace(figure, name=self._registry.name(slugs[0]), slug=slugs[0]) if len(slugs) == 1 else figure

    def _plural_noun(self, head: Token) -> Token | None:
        """The nearest noun before "they" or "their" that names several people or bodies, or None."""
        for token in reversed(head.doc[: head.i]):
            several = token.tag_ == "NNS" and token.lemma_.lower() in words("person") | words("group")
            if several and token.dep_ not in {"compound", "nmod:poss"} and head.i not in subtree(token):
                return token
        return None

    def _description(self, head: Token, line: int, speaker: Figure | None) -> Figure | None:
        """Who a phrase without a name stands for: an office, a body of state, or a document's author."""
        lemma = head.lemma_.lower()
        place = self._modifying_place(head, line, speaker)
        start, end = self._span(head)
        found: Figure | None = None
        if lemma in words("regime") or (lemma in {"government", "authority"}):
            if place:
                found = Figure(self._registry.name(place), place)
            elif has_definite(head) and lemma in words("regime") and (state := self._roster.main_state()):
                found = Figure(self._registry.name(state), state)
        elif lemma in {"ministry", "department"}:
            found = self._institution(head, place, line)
        elif lemma in words("person"):
            found = self._office(head, place, line)
        elif lemma in words("document"):
            owner = self._author(head)
            if owner is not None:
                found = next(iter(self.resolve(owner, line, speaker)), None)
        elif lemma in words("group"):
            found = self._described_body(head)
            if found is None and has_definite(head):
                found = self._last_body(head, line)
        return replace(found, start=start, end=end, named=False) if found is not None else None

    def _span(self, head: Token) -> tuple[int, int]:
        relative = set()
        for clause in children(head, "acl*", "appos", "conj", "cc"):
            relative |= subtree(clause)
        for mark in children(head, "case"):
            relative |= subtree(mark)
        return trim(head.doc, *run(head, relative))

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
            for person in self._roster.people.values()
            if lemma in person.roles
            and (not state or not person.places or state in {self._registry.state_of(p) or p for p in person.places})
        ]
        if len(described) == 1:
            return described[0].figure
        where = place or self._roster.main_state()
        if where:
            slugs = self._holders(where, self._title(head))
            if len(slugs) == 1:
                return Figure(self._registry.name(slugs[0]), slugs[0], person=True)
            if slugs:
                return Figure(strip_article(self._as_printed(head).name), "", candidates=tuple(slugs), person=True)
        if len(described) > 1 and has_definite(head):
            keys = {person.figure.key for person in described}
            before = [m for m in self._roster.mentions if m.line <= line and m.figure.key in keys]
            return before[-1].figure if before else None
        return None

    def _holders(self, where: str, title: str) -> list[str]:
        """Who holds the office that a description tells; a "top diplomat" is a foreign minister by another name."""
        offices = ["Foreign Minister", "Secretary of State"] if "top diplomat" in title.lower() else [title]
        found = [slug for office in offices for slug in self._registry.holders(where, office, self._on)]
        return list(dict.fromkeys(found))

    def _institution(self, head: Token, place: str, line: int) -> Figure | None:
        """A ministry or department by its kind and state, else the last one named."""
        kind = self._title(head)
        state = self._registry.state_of(place) or place
        for owner in [state, self._roster.main_state()]:
            if owner and len(kind.split()) > 1:
                for text in (f"{kind} of {self._registry.name(owner)}", f"{self._registry.name(owner)} {kind}"):
                    slugs = self._registry.lookup(text, self._on)
                    if len(slugs) == 1:
                        return Figure(self._registry.name(slugs[0]), slugs[0])
        noun = head.lemma_.lower()
        named = [m for m in self._roster.mentions if noun in m.figure.name.lower().split()[1:]]
        earlier = [m for m in named if m.line <= line]
        return self._placed((earlier or named)[-1].figure) if named and has_definite(head) and not place else None

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

    def _described_body(self, head: Token) -> Figure | None:
        """The one organisation that the article describes with the same noun and modifiers ("a rights group")."""
        told = {part.lemma_.lower() for part in children(head, "compound", "amod")}
        if not told:
            return None
        noun = head.lemma_.lower()
        fitting = [figure for figure, known in self._roster.bodies.values() if noun in known and told <= known]
        return fitting[0] if len(fitting) == 1 else None

    def _last_body(self, head: Token, line: int) -> Figure | None:
        """The last organisation (or, for "the country", state) named up to a line."""
        wants_state = head.lemma_.lower() in {"country", "nation", "state", "kingdom", "republic"}
        if wants_state:
            state = self._roster.main_state()
            return Figure(self._registry.name(state), state) if state else None
        if self._modifying_place(head, line, None):
            return None
        if any(True for _ in children(head, "compound", "amod", "nmod", "acl*")):
            return None
        bodies = [
            m
            for m in self._roster.mentions
            if m.line <= line and not m.figure.person and self._docs[m.line][m.token].ent_type_ == "ORG"
        ]
        return bodies[-1].figure if bodies else None


def has_definite(head: Token) -> bool:
    """Whether a phrase is definite: "the", "this", or no determiner at all as in headlines."""
    determiners = children(head, "det")
    return not determiners or any(det.lower_ in {"the", "this", "that", "these", "those"} for det in determiners)
