"""The people and organisations of one article, and which of them a phrase stands for.

Names, surnames, offices, metonyms, definite descriptions ("the Kremlin aide", "our president") and pronouns are
resolved from the article first and the registry second. Pronouns follow the measured rule of the nearest earlier
person that is a subject (GUM news: 73 to 79 of 100 right); what finds no antecedent keeps the words as printed.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from claims.extraction.actors import Registry, fold
from claims.extraction.descriptions import Descriptions, has_definite
from claims.extraction.lexicon import words
from claims.extraction.names import strip_article
from claims.extraction.pronouns import Pronouns, is_pronoun
from claims.extraction.roster import Figure, Roster
from claims.extraction.salience import Salience
from claims.extraction.syntax import children, conjuncts, run, subtree, trim
from claims.extraction.wording import Bearer, bearer_of


class Cast:
    """Resolves phrases of one article. ``docs`` are its parsed lines in order, title first; ``on`` is its date."""

    def __init__(self, docs: Sequence[Doc], registry: Registry, on: dt.date | None, *, shuffled: bool = False) -> None:
        self._registry = registry
        self._on = on
        self._docs = docs
        self._roster = Roster(docs, registry, on)
        salience = Salience(docs, self._roster, shuffled=shuffled)
        self._pronouns = Pronouns(self._roster, salience, lambda head, line: self.resolve(head, line))
        self._descriptions = Descriptions(docs, registry, on, self._roster, salience, self._pronouns, self.resolve)
        self._asked: set[tuple[int, int]] = set()

    def note_speaker(self, figure: Figure, line: int) -> None:
        """Remembers who was the last source of a line."""
        self._pronouns.note_speaker(figure, line)

    def bearer(self, figure: Figure) -> Bearer:
        """How a claim names ``figure``; a person in office says "we" of the state or body of the office."""
        whole = self._registry.place_of(figure.slug, self._on) if figure.slug else ""
        body = bearer_of(self._registry.name(whole), "it", person=False) if whole else None
        pronoun = self._roster.pronoun_of(figure) if figure.person else ""
        return bearer_of(figure.name, pronoun, person=figure.person, whole=body)

    def resolve(
        self,
        head: Token,
        line: int,
        speaker: Figure | None = None,
        apart: frozenset[str] = frozenset(),
        told: range = range(0),
    ) -> list[Figure]:
        """The actors a phrase stands for, one for each conjunct; never empty.

        ``line`` is the place of the phrase's text among the article's lines; ``speaker`` is who says "I" or "our";
        ``apart`` and ``told`` are what a pronoun cannot mean, see ``Pronouns.resolve``.
        """
        found: list[Figure] = []
        for part in conjuncts(head) if head.pos_ != "PRON" else [head]:
            if part.i != head.i and part.pos_ not in {"NOUN", "PROPN", "PRON", "ADJ"}:
                continue
            for figure in self._one(part, line, speaker, apart, told):
                if figure.key not in {other.key for other in found}:
                    found.append(figure)
        return found or [self._as_printed(head)]

    def _one(self, head: Token, line: int, speaker: Figure | None, apart: frozenset[str], told: range) -> list[Figure]:
        place = (line, head.i)
        if place in self._asked:
            # "their" in "leaders of their parties" may lead back to the leaders.
            return [self._as_printed(head)]
        self._asked.add(place)
        try:
            return self._meant(head, line, speaker, apart, told)
        finally:
            self._asked.discard(place)

    def _meant(
        self, head: Token, line: int, speaker: Figure | None, apart: frozenset[str], told: range
    ) -> list[Figure]:
        if is_pronoun(head):
            figures = self._pronouns.resolve(head, line, speaker, apart, told)
            return [replace(self._placed(figure, line), start=head.i, end=head.i + 1) for figure in figures] or [
                self._as_printed(head)
            ]
        if len(listed := self._listed(head)) > 1:
            return listed
        named = self._roster.named_within(head)
        if named is not None:
            return [self._placed(named, line)]
        start, end = self._span(head)
        states = self._joint_states(head) or self._descriptions.joint_holders(head)
        if states:
            return [replace(figure, start=start, end=end, named=False) for figure in states]
        if any(word.lower_ in {"two", "both"} for word in children(head, "nummod", "det", "amod", "det:predet")):
            pair = self._roster.pair(line, people=head.lemma_.lower() in words("person"))
            if pair and has_definite(head):
                return [replace(figure, start=start, end=end, named=False) for figure in pair]
        found = self._descriptions.meant(head, line, speaker)
        if found is None:
            return [self._as_printed(head)]
        if found.candidates and not found.slug:
            found = replace(found, name=self._as_printed(head).name)
        return [replace(self._placed(found, line), start=start, end=end, named=False)]

    def _listed(self, head: Token) -> list[Figure]:
        """The actors of a list that was taken for one name ("Egypt, Sudan cry foul"); none where one is unknown."""
        entity = next((entity for entity in head.doc.ents if entity.start <= head.i < entity.end), None)
        if entity is None or "," not in entity.text:
            return []
        marks = [entity.start - 1, *(token.i for token in entity if token.text == ","), entity.end]
        parts = [head.doc[one + 1 : other] for one, other in itertools.pairwise(marks)]
        known = [(part, self._registry.lookup(part.text, self._on)) for part in parts]
        if any(len(slugs) != 1 for _, slugs in known):
            return []
        return [Figure(self._registry.name(slug), slug, part.start, part.end) for part, [slug] in known]

    def _joint_states(self, head: Token) -> list[Figure]:
        """The states of "the Spanish and Algerian governments"; none for one state or another noun."""
        if head.lemma_.lower() not in words("regime") or head.tag_ != "NNS":
            return []
        places = [word for modifier in children(head, "amod", "compound") for word in conjuncts(modifier)]
        slugs = [slug for word in places for slug in self._registry.lookup(word.text, self._on, adjective=True)]
        return [Figure(self._registry.name(slug), slug) for slug in slugs] if len(slugs) > 1 else []

    def _placed(self, figure: Figure, line: int) -> Figure:
        """A name that its article makes plain: "Interior Ministry" in its state, "Brussels" where the EU is named."""
        if figure.candidates:
            slugs = [m.figure.slug for m in self._roster.mentions if m.figure.slug]
            # Who holds an office in one of them counts as well.
            slugs += [self._registry.place_of(slug, self._on) for slug in slugs]
            named = Counter(slug for slug in slugs if slug in figure.candidates)
            ranked = named.most_common(2)
            if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
                return replace(figure, name=self._registry.name(ranked[0][0]), slug=ranked[0][0], candidates=())
            return figure
        if figure.person:
            return figure
        if figure.slug:
            return self._at_home(figure, line)
        pieces = fold(figure.name).split()
        if not pieces or (pieces[-1] not in {"ministry", "department"} and pieces[0] != "ministry"):
            return figure
        return self._descriptions.national(figure, figure.name, line)

    def _at_home(self, figure: Figure, line: int) -> Figure:
        """A bare "Supreme Court" as that of the state the article is about, where it never names the registry's."""
        state = self._registry.state_of(figure.slug)
        if not state or state == figure.slug or state in self._roster.lands or figure.start < 0 or not figure.named:
            return figure
        printed = self._docs[line][figure.start : figure.end].text
        other = self._descriptions.national(
            replace(figure, slug=""), strip_article(printed), line, self._roster.main_state()
        )
        return other if other.slug and other.slug != figure.slug else figure

    def _span(self, head: Token) -> tuple[int, int]:
        relative = set()
        for clause in children(head, "acl*", "appos", "conj", "cc"):
            relative |= subtree(clause)
        for part in children(head, "compound", "amod"):
            # What follows the head cannot belong to a word before it.
            relative |= {i for i in subtree(part) if part.i < head.i < i}
        for mark in children(head, "case"):
            relative |= subtree(mark)
        return trim(head.doc, *run(head, relative))

    def _as_printed(self, head: Token) -> Figure:
        start, end = self._span(head)
        text = head.doc[start:end].text
        first = head.doc[start]
        if not first.ent_type_ and first.pos_ != "PROPN":
            text = text.lower() if text.isupper() else text[:1].lower() + text[1:]
        return Figure(strip_article(text), "", start, end, named=False)
