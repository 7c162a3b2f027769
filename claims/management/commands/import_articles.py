"""Bring articles and their stances into the store."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from contextlib import closing
from functools import partial
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from claims.extraction.types import Failure
from claims.ingest.actors import known_actors
from claims.ingest.importing import Import, Options, Tally
from claims.ingest.interrupts import Interrupts
from claims.ingest.store import Outcome
from claims.ingest.workers import WorkersError
from claims.management.articles import INTERRUPTED, ArticleCommand, whole_number
from claims.management.progress import Progress


class Command(ArticleCommand):
    """Reads files in the seed format, extracts their stances and stores both; what is stored stays as it is."""

    help = (
        "Import articles in the seed format (title, date as YYYYMMDD, address, then the text) with their stances. "
        "What is stored already is left alone, so the same command can be run again at any time, after a crash too."
    )
    examples = (
        "seeds",
        "--processes 4 news/2021 'news/2022/**/*.txt'",
        "--dry-run --limit 20 news",
        "--again news",
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add paths and options."""
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do none of it")
        parser.add_argument("--limit", type=whole_number(0), metavar="N", help="stop after N files")
        parser.add_argument(
            "--again",
            action="store_true",
            help="read stored articles again, to replace what nobody has judged; beside judged stances it only "
            "leaves proposals",
        )

    def handle(self, *, paths: list[str], processes: int, verbosity: int, **options: Any) -> None:
        choices = Options(
            limit=options["limit"],
            batch_size=options["batch_size"],
            again=options["again"],
            dry_run=options["dry_run"],
            encoding=options["encoding"],
        )
        with Interrupts() as interrupts:
            try:
                job = Import(paths, self.reader(processes, known_actors()), choices, hold=interrupts.held)
                with closing(Progress(job.count(), self.stderr, unit="articles", quiet=verbosity == 0)) as progress:
                    job.execute(watch=partial(self._tell, progress))
            except KeyboardInterrupt:
                message = "Interrupted. What was stored stays; run the same command again to go on."
                raise CommandError(message, returncode=INTERRUPTED) from None
            except WorkersError as error:
                raise CommandError(f"No article can be read: {error}") from error
            except DatabaseError as error:
                raise CommandError(f"The database cannot be used: {error}") from error
        self.stdout.write("\n".join(summary(job.tally, dry_run=choices.dry_run)))
        if job.tally.outcomes[Outcome.FAILED]:
            sys.exit(1)

    @staticmethod
    def _tell(progress: Progress, failure: Failure | None) -> None:
        if failure:
            progress.say(f"{failure.where}: {failure.reason}")
        progress.advance()


def summary(tally: Tally, *, dry_run: bool) -> list[str]:
    """The lines that say what an import did, or would do."""
    rows = [("articles seen", tally.seen)]
    rows += [(f"  {outcome.value}", tally.outcomes[outcome]) for outcome in Outcome]
    rows += [("stances stored", tally.acts.total())]
    rows += [(f"  {act}", number) for act, number in sorted(tally.acts.items(), key=lambda item: (-item[1], item[0]))]
    lines = ["Nothing was written. The import would give:"] if dry_run else []
    lines += [f"{name:<20}{number:>10,}" for name, number in rows]
    if tally.seen and tally.outcomes[Outcome.UNCHANGED] == tally.seen:
        lines.append("Everything was stored already; nothing changed.")
    return lines
