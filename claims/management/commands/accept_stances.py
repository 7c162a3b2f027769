"""``manage.py accept_stances``: accept what the machine is surest of."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from claims.management.judging import JudgingCommand, share
from claims.models import Stance
from claims.review import accept_above, preview


class Command(JudgingCommand):
    """The bulk form of accepting, for more stances than a page takes."""

    help = (
        "Accept pending stances from a confidence on, in the name of somebody who may judge; --dry-run says what it "
        "would do. Each gets a judgement as if it had been accepted alone. It may be interrupted and run again."
    )
    examples = (
        "--above 0.95 --user leo --dry-run",
        "--above 0.95 --user leo --actor russia --act denies",
        "--above 0.9 --user leo --since 2022-01-01 --until 2022-01-31",
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From which confidence on, besides which stances and who."""
        parser.add_argument(
            "--above", type=share, required=True, metavar="X", help="from this confidence on, from 0 to 1"
        )
        super().add_arguments(parser)

    def handle(self, *, above: float, user: str, dry_run: bool, verbosity: int, **options: Any) -> None:
        """Accept; see the help."""
        person = self.person(user)
        stances = self.narrowed(Stance.objects.pending(), **options)
        seen = preview(stances, above)
        if dry_run:
            self.stdout.write(f"Nothing was written. {seen.number:,} stances would be accepted.")
            for act, number in seen.acts:
                self.stdout.write(f"  {act or 'act not known':<16}{number:>10,}")
            return
        note = f"in bulk, confidence from {above:g}"
        self.judge(
            seen.number,
            person,
            "accepted",
            lambda watch: accept_above(stances, above, user=person, last=seen.last, note=note, watch=watch),
            verbosity,
        )
