"""``manage.py assign_topics``: claims into topics by their patterns."""

from __future__ import annotations

import itertools
from argparse import ArgumentParser
from contextlib import closing
from functools import partial
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError, transaction

from claims.ingest.store import persistently, writing
from claims.management.articles import INTERRUPTED
from claims.management.documented import DocumentedCommand
from claims.management.progress import Progress
from claims.models import Claim, Topic
from claims.topics.assign import Assigned, assign

#: Claims a transaction; small, since SQLite lets nobody else write meanwhile.
BATCH = 500


class Command(DocumentedCommand):
    """Brings the machine's assignments to what the patterns say now."""

    help = (
        "Assign claims to topics by the topics' patterns, and take back assignments whose pattern no longer fits. What "
        "people assigned or took out by hand is left as it is. Imports do the same for the claims they touch; run this "
        "after patterns have changed. It may be run at any time, and again."
    )
    examples = ("", "--topic taiwan --topic us-tariffs", "--dry-run")
    exit_codes = {
        0: "the assignments are what the patterns say",
        1: "the database can't be used, with the reason on standard error",
        2: "the command line is wrong",
        INTERRUPTED: "interrupted; what was assigned stays",
    }

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add options."""
        parser.add_argument(
            "--topic", action="append", default=[], metavar="SLUG", help="this topic only; may be given several times"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *, topic: list[str], dry_run: bool, verbosity: int, **options: Any) -> None:
        topics = self._topics(topic) if topic else None
        total = Assigned()
        number = Claim.objects.count()
        keys = Claim.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH)
        try:
            with closing(Progress(number, self.stderr, unit="claims", quiet=verbosity == 0)) as progress:
                while batch := list(itertools.islice(keys, BATCH)):
                    total += persistently(partial(self._assign, batch, topics, dry_run))
                    for _ in batch:
                        progress.advance()
        except KeyboardInterrupt:
            raise CommandError("Interrupted. What was assigned stays.", returncode=INTERRUPTED) from None
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {error}") from error
        if dry_run:
            self.stdout.write("Nothing was written. It would give:")
        for name, figure in (("claims", number), ("added", total.added), ("taken back", total.removed)):
            self.stdout.write(f"{name:<12}{figure:>10,}")

    @staticmethod
    def _assign(batch: list[int], topics: list[int] | None, dry_run: bool) -> Assigned:
        with writing():
            assigned = assign(batch, topics=topics)
            transaction.set_rollback(dry_run)
        return assigned

    @staticmethod
    def _topics(slugs: list[str]) -> list[int]:
        found = dict(Topic.objects.filter(slug__in=slugs).values_list("slug", "pk"))
        missing = [slug for slug in slugs if slug not in found]
        if missing:
            raise CommandError(f"There is no topic {', '.join(missing)}.", returncode=2)
        return list(found.values())
