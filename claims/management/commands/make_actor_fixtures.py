"""Write the generated part of the actor facts anew."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.extraction.facts import FactsError, read_facts
from claims.facts_build.build import generated_files
from claims.facts_build.curated import CuratedError

try:
    from claims.facts_build.libraries import library_state
except ImportError as error:
    MISSING = error.name
else:
    MISSING = None


class Command(BaseCommand):
    """Builds every generated file in memory first, and touches only those that differ."""

    help = "Write the generated files of fixtures/actors/ from libraries and the hand-kept files of fixtures/curated/."
    requires_system_checks: list[str] = []
    examples = """\
examples:
  manage.py make_actor_fixtures            write states.jsonl, institutions.jsonl and offices.jsonl anew
  manage.py make_actor_fixtures --check    write nothing; tell which of them differ

The same libraries and hand-kept files give the same bytes. The libraries are the optional extra "facts". The database
is not touched: load_fixtures does that. Exit status: 0 when the files are up to date (or are so now), 1 when --check
finds a difference, a file is wrong or a library is missing.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = self.examples
        parser.add_argument("--check", action="store_true", help="only tell which files differ")
        parser.add_argument(
            "--fixtures",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="folder with curated/ and actors/ (default: fixtures/ of the checkout)",
        )

    def handle(self, *, check: bool, fixtures: Path, **options: Any) -> None:
        if MISSING:
            raise CommandError(f"The library {MISSING} is missing; install the extra: pip install '.[facts]'")
        actors = fixtures / "actors"
        try:
            files = generated_files(fixtures / "curated", library_state)
            differing = [name for name, content in files.items() if _content(actors / name) != content]
            if check:
                self._report(differing)
                return
            for name in differing:
                (actors / name).write_text(files[name], encoding="utf-8", newline="\n")
            read_facts(actors)
        except (CuratedError, FactsError, OSError) as error:
            raise CommandError(str(error)) from error
        for name, content in files.items():
            state = "written" if name in differing else "unchanged"
            self.stdout.write(f"    {name}: {content.count(chr(10))} actors, {state}")

    def _report(self, differing: list[str]) -> None:
        if differing:
            raise CommandError(f"Out of date: {', '.join(differing)}. Run manage.py make_actor_fixtures.")
        self.stdout.write("    the generated files are up to date")


def _content(path: Path) -> str | None:
    """Return what ``path`` holds, None where there is no such file."""
    return path.read_bytes().decode("utf-8", errors="replace") if path.exists() else None
