"""Builds the facts of institutions: those that every state has by rule, and those with names of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claims.extraction.types import ActorFact, ActorKind, AliasKind
from claims.facts_build.curated import CuratedError, CuratedInstitution, OfficeKind
from claims.facts_build.forms import StateForms, alias_list, aliases_of, slug_of
from claims.facts_build.states import State


def build_offices(
    kinds: Mapping[str, OfficeKind], states: Mapping[str, State], named: Iterable[CuratedInstitution]
) -> list[ActorFact]:
    """Return the institution of every kind in every state that has it, unless one of ``named`` is that office."""
    own = {(institution.state, institution.office) for institution in named}
    return [
        _office(kind, code, state)
        for key, kind in kinds.items()
        for code, state in states.items()
        if kind.exists_in(code) and (code, key) not in own
    ]


def build_named(
    kinds: Mapping[str, OfficeKind], states: Mapping[str, State], named: Iterable[CuratedInstitution]
) -> list[ActorFact]:
    """Return the institutions with names of their own; raises CuratedError for an unknown state or office."""
    return [_named(kinds, states, institution) for institution in named]


def _office(kind: OfficeKind, code: str, state: State) -> ActorFact:
    name = f"{kind.title_in.get(code, kind.title)} of {state.forms.objects[0]}"
    return ActorFact(
        slug=slug_of(name),
        name=name,
        kind=ActorKind.INSTITUTION,
        part_of=state.fact.slug,
        aliases=alias_list(name, aliases_of(AliasKind.NAME, _beside(state.forms, _words(kind, code)))),
    )


def _named(kinds: Mapping[str, OfficeKind], states: Mapping[str, State], institution: CuratedInstitution) -> ActorFact:
    state = states.get(institution.state)
    kind = kinds.get(institution.office)
    if state is None:
        raise CuratedError(f"institutions.toml: {institution.name}: no state has the code {institution.state!r}")
    if institution.office and kind is None:
        raise CuratedError(f"institutions.toml: {institution.name}: no sort of office is {institution.office!r}")
    words = [*institution.words, *(_words(kind, institution.state) if kind else [])]
    aliases = [
        *aliases_of(AliasKind.NAME, (*institution.names, *_beside(state.forms, words))),
        *aliases_of(AliasKind.ABBREVIATION, institution.abbreviations),
        *aliases_of(AliasKind.METONYM, institution.metonyms),
    ]
    return ActorFact(
        slug=institution.slug or slug_of(institution.name),
        name=institution.name,
        kind=ActorKind.INSTITUTION,
        part_of=state.fact.slug,
        wikidata_id=institution.wikidata,
        description=institution.description,
        aliases=alias_list(institution.name, aliases),
    )


def _words(kind: OfficeKind, code: str) -> list[str]:
    """Return the nouns for an office of ``kind`` in one state, the state's own first."""
    title = [kind.title_in[code]] if code in kind.title_in else []
    return [*title, *kind.words_in.get(code, []), *kind.words]


def _beside(forms: StateForms, words: Iterable[str]) -> list[str]:
    return [text for word in words for text in forms.beside(word)]
