"""``manage.py export_stances``: stances as CSV or JSON Lines, written while they are read."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims.exchange.stances import FORMATS
from claims.management.documented import DocumentedCommand
from claims.management.replacing import replacing
from claims.models import Actor, Stance, StanceQuerySet
from claims.selectors import canonical, merged_ids


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class Command(DocumentedCommand):
    """Write the stances that the options leave, in the order in which they were stored."""

    help = "Write stances with their evidence as CSV or JSON Lines, to standard output or a file."
    examples = (
        "--format csv > stances.csv",
        "--format jsonl --output stances.jsonl --state accepted --state corrected",
        "--format csv --actor russia --since 2021-12-01 --until 2022-02-24",
    )
    exit_codes = {
        0: "all stances are written; with --output the file is complete",
        1: "the file can't be written; one that was there before is left as it was",
        2: "an option is wrong, or names an actor that nobody knows",
    }

    def add_arguments(self, parser: CommandParser) -> None:
        """Which stances, how and where to."""
        parser.add_argument("--format", choices=sorted(FORMATS), default="csv", help="default: csv")
        parser.add_argument("--output", type=Path, metavar="FILE", help="file to write (default: standard output)")
        parser.add_argument("--actor", metavar="SLUG", help="only stances of this actor, those merged into it included")
        parser.add_argument(
            "--state",
            action="append",
            choices=Stance.State.values,
            help="only stances in this state; may be given several times (default: all but rejected)",
        )
        parser.add_argument(
            "--since", type=_day, metavar="YYYY-MM-DD", help="only articles published on this day or later"
        )
        parser.add_argument(
            "--until", type=_day, metavar="YYYY-MM-DD", help="only articles published on this day or earlier"
        )

    def handle(
        self,
        *,
        format: str,
        output: Path | None,
        actor: str | None,
        state: list[str] | None,
        since: dt.date | None,
        until: dt.date | None,
        **options: Any,
    ) -> None:
        """Stream the rows."""
        lines = FORMATS[format](self._stances(actor, state, since, until))
        if output is None:
            self._print(lines)
            return
        try:
            with replacing(output) as file:
                file.writelines(lines)
        except OSError as error:
            raise CommandError(f"{output} can't be written: {error}", returncode=1) from error

    def _stances(
        self, actor: str | None, states: list[str] | None, since: dt.date | None, until: dt.date | None
    ) -> StanceQuerySet:
        stances = Stance.objects.filter(state__in=states) if states else Stance.objects.visible()
        if actor is not None:
            row = Actor.objects.filter(slug=actor).first()
            if row is None:
                raise CommandError(f"No actor has the slug {actor!r}.", returncode=2)
            stances = stances.filter(actor__in=merged_ids(canonical(row)))
        if since is not None:
            stances = stances.filter(article__published_on__gte=since)
        if until is not None:
            stances = stances.filter(article__published_on__lte=until)
        return stances.order_by("pk")

    def _print(self, lines: Iterator[str]) -> None:
        """To standard output; whoever reads there may stop before the end (``| head``)."""
        try:
            for line in lines:
                self.stdout.write(line, ending="")
            self.stdout.flush()
        except BrokenPipeError:
            # Python would complain once more when it flushes at its own end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stdout.fileno())
