"""``manage.py find_changes``: changes of position in the whole store."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from claims.ingest.store import persistently, writing
from claims.management.articles import INTERRUPTED
from claims.management.documented import DocumentedCommand
from claims.management.progress import Progress
from claims.models import PositionChange
from claims.positions.changes import Found, Step, all_steps


class Command(DocumentedCommand):
    """Looks where actors took the opposite of what they had taken before."""

    help = (
        "Find changes of position on all claims and topics, and drop those that no longer hold. Imports look where "
        "their stances may have made some; run this after an update, after claims were merged or split, or after an "
        "import that was broken off. What people dismissed stays dismissed. It may be run at any time, and again."
    )
    examples = ("", "--verbosity 0")
    exit_codes = {
        0: "the changes are what the stances show",
        1: "the database can't be used, with the reason on standard error",
        INTERRUPTED: "interrupted; run it again for the rest",
    }

    def handle(self, *, verbosity: int, **options: Any) -> None:
        steps = all_steps()
        total = Found()
        try:
            with closing(Progress(len(steps), self.stderr, unit="steps", quiet=verbosity == 0)) as progress:
                for step in steps:
                    total += persistently(partial(self._write, step))
                    progress.advance()
        except KeyboardInterrupt:
            raise CommandError("Interrupted. Run it again for the rest.", returncode=INTERRUPTED) from None
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {error}") from error
        standing = PositionChange.objects.filter(dismissed_by=None).count()
        for name, figure in (("added", total.added), ("dropped", total.removed), ("standing in all", standing)):
            self.stdout.write(f"{name:<16}{figure:>10,}")

    @staticmethod
    def _write(step: Step) -> Found:
        with writing():
            return step()
