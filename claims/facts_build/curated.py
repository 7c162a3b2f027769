"""Reads the hand-kept TOML files that correct and complete what libraries know; docs/facts.md explains their keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from claims.extraction.facts import read_date
from claims.extraction.types import AliasFact, AliasKind

_Entry = TypeVar("_Entry")


class CuratedError(ValueError):
    """A hand-kept file does not say what it must; the message names the file, the entry and the key."""


@dataclass(frozen=True, slots=True)
class CuratedState:
    """What is kept by hand on a state; None where the libraries' list stands."""

    name: str = ""
    wikidata: str = ""
    article: bool = False
    short_names: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    abbreviations: list[str] = field(default_factory=list)
    adjectives: list[str] | None = None
    people: list[str] | None = None
    capitals: list[str] | None = None
    metonyms: list[str] = field(default_factory=list)
    dated: list[dict[str, str]] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)

    def dated_aliases(self) -> list[AliasFact]:
        """Return the names that held for a time; raises CuratedError where one lacks a text, a date or a kind."""
        return [_dated_alias(entry) for entry in self.dated]


@dataclass(frozen=True, slots=True)
class OfficeKind:
    """A sort of institution that states have: its title, the nouns that news uses for it, and where it is otherwise.

    ``only`` and ``none`` list the codes of states that alone have it, or have none; ``title_in`` and ``words_in``
    give another title and further nouns by code.
    """

    title: str
    words: list[str]
    only: str = ""
    none: str = ""
    title_in: dict[str, str] = field(default_factory=dict)
    words_in: dict[str, list[str]] = field(default_factory=dict)

    def exists_in(self, code: str) -> bool:
        return code not in self.none.split() and (not self.only or code in self.only.split())


@dataclass(frozen=True, slots=True)
class CuratedInstitution:
    """An institution with a name of its own. ``office`` is the sort of office that it is in its ``state`` (a code).

    ``words`` are nouns that stand beside the state's forms ("State Department": "US State Department"); ``names``,
    ``abbreviations`` and ``metonyms`` stand alone.
    """

    name: str
    state: str
    slug: str = ""
    office: str = ""
    wikidata: str = ""
    description: str = ""
    words: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    abbreviations: list[str] = field(default_factory=list)
    metonyms: list[str] = field(default_factory=list)


def curated_states(path: Path) -> dict[str, CuratedState]:
    """Return the states to build by ISO code, in the order of their codes."""
    content = _toml(path)
    codes = sorted(str(content.pop("un_members", "")).split() + str(content.pop("others", "")).split())
    for code in sorted(content.keys() - set(codes)):
        raise CuratedError(f"{path.name}: [{code}] is in neither un_members nor others")
    return {code: _entry(CuratedState, content.get(code, {}), f"{path.name}: [{code}]") for code in codes}


def office_kinds(path: Path) -> dict[str, OfficeKind]:
    """Return the sorts of institutions by their key."""
    return {key: _entry(OfficeKind, table, f"{path.name}: [{key}]") for key, table in _toml(path).items()}


def curated_institutions(path: Path) -> list[CuratedInstitution]:
    """Return the institutions with names of their own, in the order of the file."""
    tables = _toml(path).get("institution", [])
    return [_entry(CuratedInstitution, table, f"{path.name}: {table.get('name', '?')}") for table in tables]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CuratedError(f"{path.name}: {error}") from error


def _entry(entry: type[_Entry], table: Mapping[str, Any], place: str) -> _Entry:
    """Return ``table`` as ``entry``, having checked that every key is known and every value of its kind."""
    kinds = {each.name: str(each.type) for each in fields(entry)}  # type: ignore[arg-type]
    for key, value in table.items():
        if key not in kinds:
            raise CuratedError(f"{place}: {key} is not a known key")
        if not kinds[key].startswith(type(value).__name__):
            raise CuratedError(f"{place}: {key} must be {kinds[key]}")
    try:
        return entry(**table)
    except TypeError as error:
        raise CuratedError(f"{place}: {error}") from error


def _dated_alias(entry: Mapping[str, str]) -> AliasFact:
    starts, ends = entry.get("from"), entry.get("until")
    try:
        return AliasFact(
            entry["text"],
            AliasKind(entry["kind"]),
            read_date(starts, ends=False) if starts else None,
            read_date(ends, ends=True) if ends else None,
        )
    except (KeyError, ValueError) as error:
        raise CuratedError(f"states.toml: the dated name {dict(entry)}: {error}") from error
