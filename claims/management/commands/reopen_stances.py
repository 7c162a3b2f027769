"""``manage.py reopen_stances``: make many judged stances pending again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from claims.management.judging import JudgingCommand
from claims.models import Judgement, Stance
from claims.review import reopen_all

STATES = [str(state) for state in Stance.State if state != Stance.State.PENDING]


class Command(JudgingCommand):
    """The bulk form of reopening."""

    help = (
        "Make judged stances of a state pending again, in the name of somebody who may judge. What was corrected stays "
        "corrected, and all judgements stay in the history. It may be interrupted and run again."
    )
    examples = (
        "--user leo --state accepted --judged-by anna --dry-run",
        "--user leo --state rejected --actor russia --since 2022-01-01",
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What they are, and whose, besides which stances and who."""
        parser.add_argument("--state", required=True, choices=STATES, help="what they are now")
        parser.add_argument("--judged-by", metavar="NAME", help="only those about which this person has decided")
        super().add_arguments(parser)

    def handle(
        self, *, state: str, judged_by: str | None, user: str, dry_run: bool, verbosity: int, **options: Any
    ) -> None:
        """Reopen; see the help."""
        person = self.person(user)
        stances = self.narrowed(Stance.objects.filter(state=state), **options)
        if judged_by is not None:
            stances = stances.filter(pk__in=Judgement.objects.filter(user=self.person(judged_by)).values("stance"))
        number = stances.count()
        if dry_run:
            self.stdout.write(f"Nothing was written. {number:,} stances would be reopened.")
            return
        self.judge(number, person, "reopened", lambda watch: reopen_all(stances, user=person, watch=watch), verbosity)
