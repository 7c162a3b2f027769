"""Print the stances of articles, without storing anything."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import CommandError

from claims.extraction.facts import FactsError
from claims.extraction.records import to_record
from claims.extraction.types import Failure
from claims.ingest.extracting import ReadFile, read_in_order
from claims.ingest.workers import WorkersError
from claims.management.articles import INTERRUPTED, ArticleCommand, read_actors


class Command(ArticleCommand):
    """Reads files in the seed format and prints one JSON object a stance."""

    help = (
        "Print the stances of articles in the seed format, one JSON object a line, in the order of files and text. "
        "Needs no database: the actors are those of fixtures/actors. docs/importing.md explains the fields."
    )
    examples = (
        "seeds",
        "--processes 4 'news/**/*.txt' > stances.jsonl",
        "seeds | jq -r '[.actor, .act, .content] | @tsv'",
    )

    def handle(self, *, paths: list[str], processes: int, **options: Any) -> None:
        """Print; see the help."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            # JSON is UTF-8, whatever the terminal's language.
            sys.stdout.reconfigure(encoding="utf-8")
        try:
            actors = read_actors()
        except (FactsError, OSError) as error:
            raise CommandError(f"The actor facts cannot be read: {error}") from error
        try:
            failed = self._print(
                read_in_order(paths, self.reader(processes, actors), options["batch_size"], options["encoding"])
            )
        except KeyboardInterrupt:
            raise CommandError("Interrupted.", returncode=INTERRUPTED) from None
        except BrokenPipeError:
            # Whoever reads has had enough (head). The interpreter flushes at its end, and must find somewhere to.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        except WorkersError as error:
            raise CommandError(f"No article can be read: {error}") from error
        if failed:
            sys.exit(1)

    def _print(self, files: Iterable[ReadFile | Failure]) -> int:
        """Print what was read, stances on standard output and failures on standard error; how many failed."""
        failed = 0
        for file in files:
            if isinstance(file, Failure):
                self.stderr.write(f"{file.where}: {file.reason}")
                failed += 1
                continue
            for stance in file.stances:
                self.stdout.write(json.dumps(to_record(file.article, stance), ensure_ascii=False))
        return failed
