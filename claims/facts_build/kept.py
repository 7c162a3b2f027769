"""Keeps what the libraries said of each state, so that the facts can be built, and checked, without the libraries."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from claims.facts_build.curated import CuratedError
from claims.facts_build.states import LibraryState


def kept_lines(states: Iterable[LibraryState]) -> str:
    """Return one JSON line a state, ordered by code."""
    ordered = sorted(states, key=lambda state: state.code)
    return "".join(json.dumps(asdict(state), ensure_ascii=False) + "\n" for state in ordered)


def read_kept(path: Path) -> Callable[[str], LibraryState]:
    """Return what gives the kept state of a code; it and this raise CuratedError where there is none to be had."""
    try:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        states = {record["code"]: _state(**record) for record in records}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CuratedError(f"{path}: {error}") from error

    def look_up(code: str) -> LibraryState:
        if code not in states:
            raise CuratedError(f"{path} knows no state {code}: ask the libraries instead")
        return states[code]

    return look_up


def _state(code: str, name: str, names: list[str], capitals: list[str], adjectives: list[str]) -> LibraryState:
    return LibraryState(code, name, tuple(names), tuple(capitals), tuple(adjectives))
