"""``manage.py import_table``: a table as the admin imports it, of any size."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError

from claims.exchange.importing import StoppedError, TableFile, Tally
from claims.exchange.problems import Problem
from claims.exchange.reading import READERS, UnreadableFileError
from claims.exchange.resources import TABLES
from claims.exchange.stance_resource import OVERRIDE
from claims.management.articles import INTERRUPTED
from claims.management.documented import DocumentedCommand
from claims.management.progress import Progress

#: Problems that are printed; a file with a wrong column has one in every row.
MOST_SHOWN: Final = 100
STOPPED: Final = 3


class Command(DocumentedCommand):
    """The import of the admin, for more rows than its form takes."""

    help = (
        "Import a table of actors, aliases, roles, topics, claims or stances from CSV, JSON or JSON Lines, by the "
        "rules of the admin's import. The whole file is checked first, and nothing is written if a row is wrong. Then "
        "it is written in short transactions, so that people go on saving. It may be interrupted and run again."
    )
    examples = (
        "actors actors.csv --user leo --dry-run",
        "stances stances.jsonl --user leo",
        "stances corrected.csv --user leo --override-judged",
    )
    exit_codes = {
        0: "the file is imported, or with --dry-run found faultless",
        1: "a row is wrong, the file can't be read, or the person may not import it; nothing was written",
        2: "an option is wrong, or names somebody that nobody knows",
        STOPPED: "stopped, because somebody changed the store meanwhile; what was written stays, run it again",
        INTERRUPTED: "interrupted; what was written stays, run it again",
    }

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, who and how."""
        parser.add_argument("table", choices=list(TABLES), help="which table")
        parser.add_argument("file", type=Path, metavar="FILE", help="the file, encoded in UTF-8")
        parser.add_argument("--user", required=True, metavar="NAME", help="in whose name; needs the right to import")
        parser.add_argument("--format", choices=sorted(READERS), help="default: by the ending of the file's name")
        parser.add_argument(
            "--dry-run", action="store_true", help="check the file, say what would change, write nothing"
        )
        parser.add_argument(
            "--override-judged",
            action="store_true",
            help="stances: change judged ones too; each that differs becomes corrected, in the person's name",
        )

    def handle(
        self,
        *,
        table: str,
        file: Path,
        user: str,
        format: str | None,
        dry_run: bool,
        override_judged: bool,
        verbosity: int,
        **options: Any,
    ) -> None:
        """Check, and then write; see the help."""
        person = self._person(user, table, override_judged)
        format = format or file.suffix.removeprefix(".").lower()
        if format not in READERS:
            raise CommandError(f"{file} is neither CSV nor JSON by its name; say which with --format.", returncode=2)
        rows = TableFile(file, format, TABLES[table], {"override": True} if override_judged else {})
        try:
            with _refusing(file, user):
                number = rows.count()
                with closing(Progress(number, self.stderr, unit="rows checked", quiet=verbosity == 0)) as progress:
                    wrong = _Wrong(progress)
                    tally = rows.check(user=person, report=wrong, watch=progress.advance)
                wrong.require_none()
                if dry_run:
                    self._say("Nothing was written. ", tally, "would be")
                    return
                with closing(Progress(number, self.stderr, unit="rows written", quiet=verbosity == 0)) as progress:
                    tally = rows.write(user=person, watch=progress.advance)
        except StoppedError as error:
            raise CommandError(f"{error}\nWhat was written before stays. Run it again.", returncode=STOPPED) from error
        except KeyboardInterrupt:
            raise CommandError("Interrupted. What was written stays.", returncode=INTERRUPTED) from None
        self._say("", tally, "were")

    def _person(self, name: str, table: str, override: bool) -> User:
        person = User.objects.filter(username=name, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody is called {name!r}.", returncode=2)
        if override and table != "stances":
            raise CommandError("--override-judged is about stances.", returncode=2)
        if not person.has_perm(TABLES[table].import_permission()):
            raise CommandError(f"{name} may not import {table}.")
        if override and not person.has_perm(OVERRIDE):
            raise CommandError(f"{name} may not change judged stances by an import.")
        return person

    def _say(self, before: str, tally: Tally, were: str) -> None:
        changes = f"{tally.new:,} rows {were} added, {tally.changed:,} changed"
        self.stdout.write(f"{before}{changes}; {tally.same:,} are stored as the file has them.")


class _Wrong:
    """Prints what is wrong with a file, up to a number."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._number = 0

    def __call__(self, problem: Problem) -> None:
        self._number += 1
        if self._number <= MOST_SHOWN:
            self._progress.say(str(problem))

    def require_none(self) -> None:
        """Raises ``CommandError`` where anything was wrong."""
        if not self._number:
            return
        more = self._number - MOST_SHOWN
        rest = f" {more:,} more are not shown." if more > 0 else ""
        raise CommandError(f"{self._number:,} things are wrong; nothing was written.{rest}")


@contextmanager
def _refusing(file: Path, user: str) -> Iterator[None]:
    """Says of a file that can't be read, and of a person who may not import it, why."""
    try:
        yield
    except (OSError, UnreadableFileError) as error:
        raise CommandError(f"{file} can't be imported: {error}") from error
    except PermissionDenied as error:
        raise CommandError(f"{user}: {error}") from error
