"""``manage.py doctor``: is everything as it should be?"""

from __future__ import annotations

import itertools
from typing import Any

from django.core.management.base import CommandError

from claims.doctor import QUESTIONS, migrations_applied
from claims.management.documented import DocumentedCommand

#: Findings shown of each question; a store copied wrongly could have a million.
SHOWN = 10


class Command(DocumentedCommand):
    """Ask the store and its surroundings all questions, and print what is not well."""

    help = "Check the database and its settings: migrations, triggers, evidence, merges, judgements, runs."
    examples = ("",)
    exit_codes = {
        0: "all is well, warnings aside",
        1: "something breaks a promise; each finding says what",
    }

    def handle(self, **options: Any) -> None:
        """Ask."""
        broken = False
        for question in QUESTIONS:
            what = (question.__doc__ or "").strip()
            findings = list(itertools.islice(question(), SHOWN + 1))
            serious = any(finding.serious for finding in findings)
            broken |= serious
            mark = "error  " if serious else "warning" if findings else "ok     "
            self.stdout.write(f"    {mark}  {what}")
            for finding in findings[:SHOWN]:
                self.stdout.write(f"             {finding.message}")
            if len(findings) > SHOWN:
                self.stdout.write("             ... and more")
            if findings and question is migrations_applied:
                raise CommandError("The other questions can only be asked once all migrations are applied.")
        if broken:
            raise CommandError("Not all is well.")
