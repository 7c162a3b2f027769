"""Gives the content of every generated fact file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from claims.facts_build.curated import curated_institutions, curated_states, office_kinds
from claims.facts_build.institutions import build_named, build_offices
from claims.facts_build.lines import as_lines
from claims.facts_build.states import LibraryState, build_states


def generated_files(curated: Path, look_up: Callable[[str], LibraryState]) -> dict[str, str]:
    """Return file name -> content of the generated files, built from the folder ``curated`` and the libraries.

    ``look_up`` gives what the libraries know of the state with an ISO code. The same libraries and hand-kept files
    give the same bytes. Raises CuratedError where a hand-kept file is wrong.
    """
    states = build_states(curated_states(curated / "states.toml"), look_up)
    kinds = office_kinds(curated / "offices.toml")
    named = curated_institutions(curated / "institutions.toml")
    return {
        "states.jsonl": as_lines(state.fact for state in states.values()),
        "institutions.jsonl": as_lines(build_named(kinds, states, named)),
        "offices.jsonl": as_lines(build_offices(kinds, states, named)),
    }
