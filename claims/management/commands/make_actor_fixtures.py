"""Write the generated part of the actor facts anew."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.extraction.facts import FactsError, read_facts
from claims.facts_build.build import generated_files
from claims.facts_build.curated import CuratedError
from claims.facts_build.kept import read_kept
from claims.facts_build.states import LibraryState

try:
    from claims.facts_build.libraries import library_state
except ImportError as error:
    MISSING = error.name
else:
    MISSING = None


class Command(BaseCommand):
    """Builds every generated file in memory first, and touches only those that differ."""

    help = "Write the generated files of fixtures/ from libraries and the hand-kept files of fixtures/curated/."
    requires_system_checks: list[str] = []
    examples = """\
examples:
  manage.py make_actor_fixtures                  ask the libraries, write what changed
  manage.py make_actor_fixtures --kept           after a change of fixtures/curated/: needs no library
  manage.py make_actor_fixtures --check --kept   write nothing; tell which files differ

The libraries are the optional extra "facts"; what they said is kept in fixtures/libraries/. The same libraries and
hand-kept files give the same bytes. The database is not touched: load_fixtures does that. Exit status: 0 when the files
are up to date (or are so now), 1 when --check finds a difference, a file is wrong or a library is missing.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = self.examples
        parser.add_argument("--check", action="store_true", help="only tell which files differ")
        parser.add_argument("--kept", action="store_true", help="take what the libraries said last time")
        parser.add_argument(
            "--fixtures",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="folder with curated/, libraries/ and actors/ (default: fixtures/ of the checkout)",
        )

    def handle(self, *, check: bool, kept: bool, fixtures: Path, **options: Any) -> None:
        try:
            look_up = read_kept(fixtures / "libraries" / "states.jsonl") if kept else _libraries()
            files = generated_files(fixtures / "curated", look_up)
            differing = [name for name, content in files.items() if _content(fixtures / name) != content.encode()]
            if check:
                self._report(differing)
                return
            for name in differing:
                (fixtures / name).parent.mkdir(exist_ok=True)
                (fixtures / name).write_text(files[name], encoding="utf-8", newline="\n")
            read_facts(fixtures / "actors")
        except (CuratedError, FactsError, OSError) as error:
            raise CommandError(str(error)) from error
        for name, content in files.items():
            state = "written" if name in differing else "unchanged"
            self.stdout.write(f"    {name}: {content.count(chr(10))} lines, {state}")

    def _report(self, differing: list[str]) -> None:
        if differing:
            raise CommandError(f"Out of date: {', '.join(differing)}. Run manage.py make_actor_fixtures.")
        self.stdout.write("    the generated files are up to date")


def _libraries() -> Callable[[str], LibraryState]:
    if MISSING:
        raise CommandError(f"The library {MISSING} is missing: pip install '.[facts]', or use --kept.")
    return library_state


def _content(path: Path) -> bytes | None:
    """Return what ``path`` holds, None where there is no such file."""
    return path.read_bytes() if path.exists() else None
