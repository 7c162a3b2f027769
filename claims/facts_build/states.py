"""Builds the facts of all states out of the libraries and the hand-kept corrections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from claims.extraction.types import ActorFact, ActorKind, AliasKind
from claims.facts_build.curated import CuratedError, CuratedState
from claims.facts_build.forms import StateForms, alias_list, aliases_of, slug_of, state_forms


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What libraries know of one state. ``name`` is "" where none has a plain one; the lists may be empty."""

    code: str
    name: str = ""
    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A state as built, with the forms that its institutions' names are made of."""

    fact: ActorFact
    forms: StateForms


def build_states(curated: Mapping[str, CuratedState], look_up: Callable[[str], LibraryState]) -> dict[str, State]:
    """Return the state of each ISO code of ``curated``; raises CuratedError where one has no name."""
    return {code: build_state(look_up(code), own) for code, own in curated.items()}


def build_state(library: LibraryState, own: CuratedState) -> State:
    """Merge what libraries and people know of one state: a list kept by hand takes the place of the libraries' one."""
    name = own.name or library.name
    if not name:
        raise CuratedError(f"states.toml: [{library.code}] needs a name: the libraries have no plain one")
    adjectives = library.adjectives if own.adjectives is None else tuple(own.adjectives)
    people = _people(adjectives) if own.people is None else own.people
    capitals = library.capitals if own.capitals is None else tuple(own.capitals)
    forms = state_forms([name, *own.short_names], adjectives, own.abbreviations, article=own.article)
    aliases = [
        *aliases_of(AliasKind.SHORT_NAME, own.short_names),
        *aliases_of(AliasKind.NAME, (*own.names, *library.names)),
        *aliases_of(AliasKind.ABBREVIATION, own.abbreviations),
        *aliases_of(AliasKind.DEMONYM, (*adjectives, *people)),
        *aliases_of(AliasKind.METONYM, (*capitals, *own.metonyms)),
        *own.dated_aliases(),
        *aliases_of(AliasKind.METONYM, _government(forms)),
    ]
    fact = ActorFact(
        slug=slug_of(name),
        name=name,
        kind=ActorKind.STATE,
        wikidata_id=own.wikidata,
        aliases=alias_list(name, aliases, dropped=own.drop),
    )
    return State(fact, forms)


def _people(adjectives: tuple[str, ...]) -> list[str]:
    """Return the plural nouns that English makes of ``adjectives``: Iraqi -> Iraqis, but Chinese has none."""
    return [f"{adjective}s" for adjective in adjectives if not adjective.endswith(("ese", "s"))]


def _government(forms: StateForms) -> list[str]:
    """Return the names of a state's government: news holds the one for the other."""
    return [*forms.beside("government"), *(f"{form} authorities" for form in forms.attributives)]
