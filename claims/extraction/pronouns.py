"""Whom a pronoun stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from claims.extraction.lexicon import words
from claims.extraction.roster import Figure, Mention, Roster
from claims.extraction.salience import Salience

PLURAL = frozenset({"they", "them", "their"})
SPEAKER = frozenset({"i", "we", "me", "us", "my", "our"})
GENDERED = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}
THINGS = frozenset({"it", "its"})


def is_pronoun(token: Token) -> bool:
    """Whether a word stands for an actor named elsewhere: "he", "its", "we"; "US" and "IT" do not."""
    if token.ent_type_ or (len(token) > 1 and token.text.isupper()):
        return False
    return token.pos_ == "PRON" or token.lower_ in GENDERED or token.lower_ in PLURAL | SPEAKER | THINGS


class Pronouns:
    """Resolves the pronouns of one article.

    ``resolve`` names whom a noun of the article stands for, given its line.
    """

    def __init__(self, roster: Roster, salience: Salience, resolve: Callable[[Token, int], list[Figure]]) -> None:
        self._roster = roster
        self._salience = salience
        self._resolve = resolve
        self._speakers: dict[int, Figure] = {}

    def note_speaker(self, figure: Figure, line: int) -> None:
        """Remembers who was the last source of a line, whom "he" or "it" in the next line then is."""
        self._speakers[line] = replace(figure, start=-1, end=-1)

    def last_speaker(self, line: int) -> Figure | None:
        """Who spoke last in a line so far, else in the line before it."""
        return self._speakers.get(line) or self._speakers.get(line - 1)

    def resolve(
        self,
        head: Token,
        line: int,
        speaker: Figure | None,
        apart: frozenset[str] = frozenset(),
        told: range = range(0),
    ) -> list[Figure]:
        """Whom a pronoun means, none where that is not known.

        ``speaker`` is who says the words it stands in; ``apart`` are keys of actors it cannot mean ("he told him");
        ``told`` are the tokens of what the pronoun's bearer says, in which he does not name himself.
        """

        def possible(mention: Mention) -> bool:
            return mention.figure.key not in apart and not (mention.line == line and mention.token in told)

        lower = head.lower_
        speaker = None if speaker is not None and speaker.key in apart else speaker
        if lower in SPEAKER:
            return [speaker] if speaker is not None else []
        if lower in GENDERED:
            return self._gendered(GENDERED[lower], head, line, speaker, possible)
        if lower in THINGS:
            if speaker is not None and not speaker.person:
                return [speaker]
            found = self._salience.best(lambda m: _is_body(m) and m.subject and possible(m), line, head.i)
            return [found] if found is not None else []
        return self._plural(head, line, speaker, possible) if lower in PLURAL else []

    def _gendered(
        self,
        wanted: str,
        head: Token,
        line: int,
        speaker: Figure | None,
        possible: Callable[[Mention], bool],
    ) -> list[Figure]:
        def agrees(figure: Figure) -> bool:
            return figure.person and self._roster.pronoun_of(figure) in {"", wanted}

        if speaker is not None and agrees(speaker):
            return [speaker]
        fitting = [m for m in self._roster.mentions if agrees(m.figure) and possible(m)]
        near = any(m.line == line and m.token < head.i and not m.quoted for m in fitting)
        spoke = self._speakers.get(line - 1) if self._salience.in_order and not near else None
        if spoke is not None and agrees(spoke):
            return [spoke]
        found = self._salience.best(lambda m: agrees(m.figure) and possible(m), line, head.i)
        return [found] if found is not None else []

    def _plural(
        self, head: Token, line: int, speaker: Figure | None, possible: Callable[[Mention], bool]
    ) -> list[Figure]:
        """Who "they" are: the last joint subjects, a group that speaks, or the last one named."""
        joint = [figures for place, figures in self._roster.joint if place <= line] or [
            figures for _, figures in self._roster.joint
        ]
        if speaker is not None:
            with_speaker = [figures for figures in joint if speaker.key in {figure.key for figure in figures}]
            if with_speaker:
                return with_speaker[-1]
            if not speaker.person:
                return [speaker]
        plural = _plural_noun(head)
        if plural is not None:
            return self._resolve(plural, line)
        together = [figures for place, figures in self._roster.joint if place == line]
        if together:
            return together[-1]
        near = [m for m in self._roster.mentions if m.line == line and m.token < head.i and possible(m)]
        groups = [m for m in near if m.subject and _is_body(m)]
        if groups:
            return [groups[-1].figure]
        return joint[-1] if joint else []


def _is_body(mention: Mention) -> bool:
    return not mention.figure.person


def _plural_noun(head: Token) -> Token | None:
    """The nearest noun before "they" or "their" that names several people or bodies, or None."""
    for token in reversed(head.doc[: head.i]):
        several = token.tag_ == "NNS" and token.lemma_.lower() in words("person") | words("group")
        if several and token.dep_ not in {"compound", "nmod:poss"}:
            return token
    return None
