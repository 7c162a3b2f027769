"""``manage.py reject_stances``: reject many pending stances for one reason."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from claims.management.judging import JudgingCommand, share
from claims.models import Stance
from claims.review import reject_all


class Command(JudgingCommand):
    """The bulk form of rejecting."""

    help = (
        "Reject the pending stances that the options pick, in the name of somebody who may judge; what people have "
        "judged stays. Each gets a judgement as if it had been rejected alone. It may be interrupted and run again."
    )
    examples = (
        '--user leo --reason "satire" --actor the-onion --dry-run',
        '--user leo --reason "too unsure to look at" --below 0.3',
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Why, and below which confidence, besides which stances and who."""
        parser.add_argument("--reason", required=True, metavar="WORDS", help="why; kept with each judgement")
        parser.add_argument("--below", type=share, metavar="X", help="only below this confidence, from 0 to 1")
        super().add_arguments(parser)

    def handle(
        self, *, reason: str, below: float | None, user: str, dry_run: bool, verbosity: int, **options: Any
    ) -> None:
        """Reject; see the help."""
        if not reason.strip():
            raise CommandError("Say why they are rejected.", returncode=2)
        if below is None and all(options[name] is None for name in ("actor", "act", "since", "until")):
            raise CommandError("Say which: --below, --actor, --act, --since or --until.", returncode=2)
        person = self.person(user)
        stances = self.narrowed(Stance.objects.pending(), **options)
        if below is not None:
            stances = stances.filter(confidence__lt=below)
        number = stances.count()
        if dry_run:
            self.stdout.write(f"Nothing was written. {number:,} stances would be rejected.")
            return
        self.judge(
            number,
            person,
            "rejected",
            lambda watch: reject_all(stances, user=person, reason=reason, watch=watch),
            verbosity,
        )
