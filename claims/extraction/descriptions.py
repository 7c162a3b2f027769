"""Whom a definite description stands for: "the Iranian foreign minister", "its spokesman", "the bloc", "the report"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from claims.extraction.actors import Registry, fold
from claims.extraction.bodies import is_body_called
from claims.extraction.lexicon import words
from claims.extraction.names import NAMED, entity_text, is_role
from claims.extraction.pronouns import Pronouns, is_pronoun
from claims.extraction.roster import Figure, Mention, Office, Person, Roster
from claims.extraction.salience import Salience
from claims.extraction.syntax import case_of, child, children, conjuncts
from claims.extraction.titles import GRADES, LEADING, covers, meanings, plain, title_words, within

# Bodies that every state has one of a kind of.
NATIONAL = frozenset({"ministry", "department", "court", "commission", "council"})
USUAL_OF_REGIMES = frozenset({"military", "ruling", "interim", "transitional", "central", "federal", "caretaker"})
# Many of no one name.
COLLECTIVES = frozenset({"opposition", "public", "media", "majority", "minority", "community", "population", "society"})
COUNTRY = frozenset({"country", "nation", "state", "kingdom", "republic"})
STUDIES = frozenset({"report", "study", "survey", "research", "paper", "analysis", "investigation"})
ISSUING = frozenset({"publish", "release", "issue", "write", "send", "present", "unveil", "file", "author", "compile"})
INDEFINITE = frozenset({"a", "an", "some", "many", "any", "another", "several", "most", "no", "every", "each"})


class Descriptions:
    """Resolves the descriptions of one article.

    ``resolve`` names whom a phrase stands for, given its line and who speaks the words it stands in.
    """

    def __init__(
        self,
        docs: Sequence[Doc],
        registry: Registry,
        on: dt.date | None,
        roster: Roster,
        salience: Salience,
        pronouns: Pronouns,
        resolve: Callable[[Token, int, Figure | None], list[Figure]],
    ) -> None:
        self._docs = docs
        self._registry = registry
        self._on = on
        self._roster = roster
        self._salience = salience
        self._pronouns = pronouns
        self._resolve = resolve

    def meant(self, head: Token, line: int, speaker: Figure | None) -> Figure | None:
        """The actor that a phrase without a name describes, None where that is open."""
        lemma = head.lemma_.lower()
        if lemma in words("regime"):
            return self._government(head, line, speaker)
        if lemma in NATIONAL and (lemma in {"ministry", "department"} or len(self._title(head).split()) > 1):
            return self._institution(head, line, speaker)
        if lemma == "office":
            return self._office_of(head, line)
        if is_role(head):
            return self._office(head, line, speaker)
        if lemma in words("document"):
            return self._author(head, line, speaker)
        if lemma in words("group") or lemma in COUNTRY:
            return self._body(head, line, speaker)
        return None

    def _government(self, head: Token, line: int, speaker: Figure | None) -> Figure | None:
        place = self._place(head, line, speaker)
        told = [word for word in _modifiers(head) if word.lower_ not in USUAL_OF_REGIMES]
        if place is None and has_definite(head) and not told:
            place = self._known(self._roster.main_state())
        return place if place is not None and place.slug else None

    def _known(self, slug: str) -> Figure | None:
        return Figure(self._registry.name(slug), slug) if slug else None

    def _place(self, head: Token, line: int, speaker: Figure | None) -> Figure | None:
        """The state or organisation that a description names or implies ("its", "the country's", "Iranian")."""
        beside = children(head, "nmod:poss", "amod", "compound", "nmod", "nmod:desc")
        beside += [part for word in beside if word.dep_ == "compound" for part in children(word, "compound", "amod")]
        for modifier in beside:
            if modifier.dep_ == "nmod" and case_of(modifier) not in {"of", "for", "at", "from", "in"}:
                continue
            if is_pronoun(modifier):
                owner = next(iter(self._pronouns.resolve(modifier, line, speaker)), None)
                place = self._registry.place_of(owner.slug, self._on) if owner is not None else ""
                if place or (owner is not None and not owner.person):
                    return self._known(place) or owner
                continue
            if (named := self._named_place(modifier)) is not None:
                return named
            if modifier.dep_ in {"nmod:poss", "nmod"} and modifier.lemma_.lower() in words("group") | COUNTRY:
                owner = next(iter(self._resolve(modifier, line, speaker)), None)
                if owner is not None and (owner.slug or owner.named):
                    return owner
        return None

    def _named_place(self, modifier: Token) -> Figure | None:
        for text in (entity_text(modifier), modifier.text):
            slugs = self._registry.lookup(text, self._on, adjective=True)
            if len(slugs) != 1:
                continue
            fact = self._registry.get(slugs[0])
            if modifier.ent_type_ == "PERSON" or (fact is not None and fact.kind == "person"):
                break
            return self._known(slugs[0])
        if modifier.ent_type_ == "PERSON":
            owner = self._roster.named(modifier)
            place = self._registry.place_of(owner.slug, self._on)
            return self._known(place)
        if modifier.ent_type_ == "ORG":
            return self._roster.named(modifier)
        return None

    def _title(self, head: Token) -> str:
        """The words of an office: "deputy prime minister", "head of the central bank"."""
        told = [word for word in children(head, "compound", "amod", "nmod:desc", "flat") if not word.ent_type_]
        told += [part for word in told for part in children(word, "compound", "amod") if not part.ent_type_]
        for phrase in children(head, "nmod"):
            if case_of(phrase) in {"of", "for"} and not phrase.ent_type_:
                told += [phrase, *(part for part in children(phrase, "compound", "amod") if not part.ent_type_)]
        parts = sorted([*told, head], key=lambda word: word.i)
        known = [word for word in parts if not self._registry.lookup(word.text, self._on, adjective=True)]
        title = " ".join(word.text for word in (known if head in known else [*known, head]))
        for phrase in children(head, "nmod"):
            sent = self._registry.lookup(entity_text(phrase), self._on) if case_of(phrase) == "to" else []
            if len(sent) == 1:
                # "ambassador to Washington" is the one to the United States.
                return f"{title} to {self._registry.name(sent[0])}"
        return title

    def _office(self, head: Token, line: int, speaker: Figure | None) -> Figure | None:
        """The holder of an office: whom the article describes so, else whom the registry knows on the day."""
        determiners = {word.lower_ for word in children(head, "det")}
        if head.tag_ in {"NNS", "NNPS"} or determiners & INDEFINITE or children(head, "nummod"):
            return None
        owner = self._place(head, line, speaker)
        place = owner.slug if owner is not None else ""
        title = self._title(head)
        wanted = title_words(title) - GRADES
        people = list(self._roster.people.values())
        fitting = [person for person in people if self._bears(person, title, place)]
        if not fitting and determiners & {"the", "this", "that"} and wanted == title_words(head.text):
            lemma = next(iter(title_words(head.text)), "")
            fitting = [
                person
                for person in people
                if any(covers(lemma, office.words) and self._agree(office, place) for office in person.offices)
            ]
        if len(fitting) == 1:
            return fitting[0].figure
        keys = {person.figure.key for person in fitting}
        if not (owner is not None and not place):
            where = place or self._roster.main_state()
            held = self._registry.holders(where, title, self._on) if where else []
            held = [slug for slug in held if slug in keys] or held
            if len(held) == 1 and (place or wanted != LEADING):
                return Figure(self._registry.name(held[0]), held[0], person=True)
            if held and not keys:
                return Figure(_phrase(head), "", candidates=tuple(held), person=True)
        if keys and has_definite(head):
            return self._salience.best(lambda m: m.figure.key in keys, line, head.i)
        return None

    def joint_holders(self, head: Token) -> list[Figure]:
        """The holders of "the foreign ministers of France and Germany"; none where one of them is not known."""
        if head.tag_ not in {"NNS", "NNPS"} or not is_role(head):
            return []
        beside = [word for word in children(head, "nmod") if case_of(word) == "of"] + children(head, "amod", "compound")
        slugs = [
            slug
            for modifier in beside
            for word in conjuncts(modifier)
            for slug in self._registry.lookup(entity_text(word), self._on, adjective=True)
        ]
        title = " ".join([*self._title(head).split()[:-1], head.lemma_])
        held = [self._registry.holders(slug, title, self._on) for slug in dict.fromkeys(slugs)]
        if len(held) < 2 or any(len(holders) != 1 for holders in held):
            return []
        return [Figure(self._registry.name(slug), slug, person=True) for [slug] in held]

    def _office_of(self, head: Token, line: int) -> Figure | None:
        """The office of a president or head of government: "Macron's office"."""
        for owner in children(head, "nmod:poss"):
            person = next(iter(self._resolve(owner, line, None)), None)
            for role in self._registry.offices(person.slug, self._on) if person is not None and person.person else ():
                place = self._registry.name(role.organisation)
                for text in (f"{place}'s {role.title}'s office", f"{role.title}'s office of {place}"):
                    slugs = self._registry.lookup(text, self._on)
                    if len(slugs) == 1:
                        return self._known(slugs[0])
        return None

    def _bears(self, person: Person, title: str, place: str) -> bool:
        """Whether a person holds an office with all words of a title, at a place if one is given."""
        for wanted in meanings(title):
            for office in person.offices:
                leads = wanted - GRADES == LEADING and office.rank > 0 and bool(place)
                if (within(wanted - GRADES, office.words) or leads) and wanted - GRADES and self._agree(office, place):
                    return True
        return False

    def _agree(self, office: Office, place: str) -> bool:
        """Whether an office may be at a place: in it, in a part or whole of it, or nobody says where."""
        if not place or not office.places:
            return True
        wholes = self._registry.wholes(place)
        return any(there in wholes or place in self._registry.wholes(there) for there in office.places)

    def national(self, figure: Figure, kind: str, line: int, state: str = "") -> Figure:
        """A body of state named by its kind alone ("Interior Ministry") as that of ``state``, else the main one's."""
        state = state or self._roster.main_state(line)
        if not state:
            return figure
        name = self._registry.name(state)
        plain_kind = " ".join(part for part in kind.split() if part.lower() != "the")
        for text in (f"{plain_kind} of {name}", f"{name} {plain_kind}", f"{name}'s {plain_kind}"):
            slugs = self._registry.lookup(text, self._on)
            if len(slugs) == 1:
                return replace(figure, name=self._registry.name(slugs[0]), slug=slugs[0])
        if plain_kind.split()[-1].lower() in NATIONAL and len(plain_kind.split()) > 1:
            return replace(figure, name=f"{_as_name(plain_kind)} of {name}")
        return figure

    def _institution(self, head: Token, line: int, speaker: Figure | None) -> Figure | None:
        """A ministry, court or commission by its kind and state, else the last one named."""
        place = self._place(head, line, speaker)
        kind = self._title(head)
        if len(kind.split()) > 1:
            state = self._registry.state_of(place.slug) if place is not None else ""
            if place is None or state:
                found = self.national(Figure("", ""), kind, line, state)
                if found.name:
                    return found
        if (place is not None and not place.slug) or not has_definite(head):
            return None
        told = set(fold(kind).split())
        where = self._registry.state_of(place.slug) if place is not None else ""

        def fits(mention: Mention) -> bool:
            pieces = fold(mention.figure.name).split()
            there = not where or self._registry.state_of(mention.figure.slug) == where
            return there and not mention.figure.person and len(pieces) > 1 and told <= set(pieces)

        return self._salience.best(fits, line, head.i)

    def _author(self, head: Token, line: int, speaker: Figure | None) -> Figure | None:
        """Whose a document is: as its own phrase says, else as the article says of the last one called the same."""
        owner = author_of(head)
        if owner is not None:
            return next(iter(self._resolve(owner, line, speaker)), None)
        if not any(word.lower_ in {"the", "this", "that"} for word in children(head, "det")):
            return None
        owners = [
            (place, owner)
            for place, doc in enumerate(self._docs)
            for token in doc
            if _same_sort(token, head) and (place, token.i) != (line, head.i)
            for owner in [author_of(token) or _issuer(token)]
            if owner is not None and not is_pronoun(owner)
        ]
        before = [(place, owner) for place, owner in owners if place <= line]
        if owners:
            place, owner = before[-1] if before else owners[0]
            return next((figure for figure in self._resolve(owner, place, None) if figure.named or figure.slug), None)
        return None

    def _part_of_named(self, noun: str) -> Figure | None:
        """The one body called so ("the Commission") that belongs to another one the article names ("the EU")."""
        wholes = self._roster.slugs
        found = {
            part
            for whole in wholes
            for part in (whole, *self._registry.parts(whole))
            if fold(self._registry.name(part)).split()[-1] == noun and len(self._registry.name(part).split()) > 1
        }
        named = found & wholes or found
        return self._known(named.pop()) if len(named) == 1 else None

    def _body(self, head: Token, line: int, speaker: Figure | None) -> Figure | None:
        """An organisation, company, group or state that is called by what it is."""
        if head.tag_ in {"NNS", "NNPS"} or head.lemma_.lower() in COLLECTIVES:
            return None
        noun = head.lemma_.lower()
        told = {part.lemma_.lower() for part in children(head, "compound", "amod")}
        described = [figure for figure, known in self._roster.bodies.values() if noun in known and told <= known]
        if told and len(described) == 1:
            return described[0]
        if not has_definite(head):
            return None
        if noun in COUNTRY:
            owner = self._pronouns.last_speaker(line) if self._salience.in_order else None
            return self._known(self._roster.main_state()) or owner if not _modifiers(head) else None
        if children(head, "nmod", "acl*", "nmod:poss") or any(part.ent_type_ for part in _modifiers(head)):
            return None

        if head.text[:1].isupper() and (part := self._part_of_named(noun)) is not None:
            return part

        def fits(mention: Mention) -> bool:
            if mention.figure.person:
                return False
            if any(figure.key == mention.figure.key for figure in described):
                return True
            fact = self._registry.get(mention.figure.slug)
            return is_body_called(noun, told, mention.figure.name, fact)

        return self._salience.best(fits, line, head.i)


def author_of(head: Token) -> Token | None:
    """The phrase that says whose a document is: "the EU declaration", "a report by Oxfam", "its letter"."""
    owner = child(head, "nmod:poss")
    if owner is not None:
        return owner
    for phrase in children(head, "nmod"):
        if case_of(phrase) in {"by", "from", "of"} and (phrase.ent_type_ in NAMED or case_of(phrase) != "of"):
            return phrase
    for clause in children(head, "acl"):
        for agent in children(clause, "obl:agent", "obl"):
            if case_of(agent) == "by":
                return agent
    for word in [*children(head, "compound"), *children(head, "amod")]:
        if word.ent_type_ in NAMED:
            return word
    return None


def _issuer(document: Token) -> Token | None:
    """Who is said to have made a document: the subject of "published a report"."""
    verb = document.head
    if document.dep_ == "obj" and verb.lemma_.lower() in ISSUING:
        return child(verb, "nsubj")
    return None


def _same_sort(one: Token, other: Token) -> bool:
    """Whether two nouns may name one document: the same noun, or two words for a study."""
    return one.lemma_ == other.lemma_ or {one.lemma_.lower(), other.lemma_.lower()} <= STUDIES


def _as_name(kind: str) -> str:
    """A kind of body with the capitals of a name."""
    return " ".join(word if word in {"of", "and", "for"} else word[:1].upper() + word[1:] for word in kind.split())


def _modifiers(head: Token) -> list[Token]:
    return children(head, "nmod:poss", "amod", "compound", "nmod", "acl*")


def _phrase(head: Token) -> str:
    return plain(head.text)


def has_definite(head: Token) -> bool:
    """Whether a phrase is definite: "the", "this", or no determiner at all as in headlines."""
    determiners = children(head, "det")
    return not determiners or any(det.lower_ in {"the", "this", "that", "these", "those"} for det in determiners)
