"""Gives the content of every generated fact file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from claims.facts_build.curated import curated_institutions, curated_states, office_kinds
from claims.facts_build.institutions import build_named, build_offices
from claims.facts_build.kept import kept_lines
from claims.facts_build.lines import as_lines
from claims.facts_build.states import LibraryState, build_states


def generated_files(curated: Path, look_up: Callable[[str], LibraryState]) -> dict[str, str]:
    """Return the content of each generated file by its path in fixtures/.

    ``look_up`` gives what libraries know of the state with an ISO code, ``curated`` is the folder kept by hand. The
    same of both gives the same bytes. Raises CuratedError where a hand-kept file is wrong.
    """
    hand_kept = curated_states(curated / "states.toml")
    states = build_states(hand_kept, look_up)
    kinds = office_kinds(curated / "offices.toml")
    named = curated_institutions(curated / "institutions.toml")
    return {
        "libraries/states.jsonl": kept_lines(look_up(code) for code in hand_kept),
        "actors/states.jsonl": as_lines(state.fact for state in states.values()),
        "actors/institutions.jsonl": as_lines(build_named(kinds, states, named)),
        "actors/offices.jsonl": as_lines(build_offices(kinds, states, named)),
    }
