"""``manage.py accept_stances``: accept what the machine is surest of."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import closing
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError

from claims.extraction.types import Act
from claims.management.articles import INTERRUPTED
from claims.management.documented import DocumentedCommand
from claims.management.progress import Progress
from claims.models import Actor, Stance, StanceQuerySet
from claims.models.words import choices
from claims.review import accept_above, preview
from claims.selectors import canonical, merged_ids


def _share(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return number


class Command(DocumentedCommand):
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
    exit_codes = {
        0: "the stances are accepted, or with --dry-run counted",
        1: "the person may not judge stances",
        2: "an option is wrong, or names somebody that nobody knows",
        INTERRUPTED: "interrupted; what was accepted stays",
    }

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which stances, and who."""
        parser.add_argument(
            "--above", type=_share, required=True, metavar="X", help="from this confidence on, from 0 to 1"
        )
        parser.add_argument("--user", required=True, metavar="NAME", help="whose judgements they are")
        parser.add_argument("--actor", metavar="SLUG", help="only stances of this actor, those merged into it included")
        parser.add_argument("--act", choices=[str(value) for value, _label in choices(Act)], help="only this act")
        for name, words in (("since", "later"), ("until", "earlier")):
            parser.add_argument(
                f"--{name}",
                type=dt.date.fromisoformat,
                metavar="YYYY-MM-DD",
                help=f"only articles published on this day or {words}",
            )
        parser.add_argument("--dry-run", action="store_true", help="say what would be accepted, and accept nothing")

    def handle(self, *, above: float, user: str, dry_run: bool, verbosity: int, **options: Any) -> None:
        """Accept; see the help."""
        person = User.objects.filter(username=user, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody is called {user!r}.", returncode=2)
        stances = self._stances(**options)
        seen = preview(stances, above)
        if dry_run:
            self.stdout.write(f"Nothing was written. {seen.number:,} stances would be accepted.")
            for act, number in seen.acts:
                self.stdout.write(f"  {act or 'act not known':<16}{number:>10,}")
            return
        try:
            with closing(Progress(seen.number, self.stderr, unit="stances", quiet=verbosity == 0)) as progress:
                note = f"in bulk, confidence from {above:g}"
                accepted = accept_above(stances, above, user=person, last=seen.last, note=note, watch=progress.advance)
        except PermissionDenied as error:
            raise CommandError(f"{user}: {error}") from error
        except KeyboardInterrupt:
            raise CommandError("Interrupted. What was accepted stays.", returncode=INTERRUPTED) from None
        self.stdout.write(f"{accepted.done:,} accepted")
        if accepted.conflicts:
            self.stdout.write(f"{accepted.conflicts:,} were changed by somebody else meanwhile and left alone")

    def _stances(
        self, actor: str | None, act: str | None, since: dt.date | None, until: dt.date | None, **_: Any
    ) -> StanceQuerySet:
        stances = Stance.objects.pending()
        if actor is not None:
            row = Actor.objects.filter(slug=actor).first()
            if row is None:
                raise CommandError(f"No actor has the slug {actor!r}.", returncode=2)
            stances = stances.filter(actor__in=merged_ids(canonical(row)))
        if act is not None:
            stances = stances.filter(act=act)
        if since is not None:
            stances = stances.filter(article__published_on__gte=since)
        if until is not None:
            stances = stances.filter(article__published_on__lte=until)
        return stances
