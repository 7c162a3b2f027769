"""What the commands that judge many stances share: whose judgements they are, and which stances."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from contextlib import closing
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError
from django.db.models import QuerySet

from claims.extraction.types import Act
from claims.management.articles import INTERRUPTED
from claims.management.documented import DocumentedCommand
from claims.management.progress import Progress
from claims.models import Actor, Stance
from claims.models.words import choices
from claims.review import Judged
from claims.selectors import canonical, merged_ids


def share(text: str) -> float:
    """A number from 0 to 1. Raises ``ArgumentTypeError`` where ``text`` is none."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return number


class JudgingCommand(DocumentedCommand):
    """Options and errors of a command that judges in bulk."""

    exit_codes = {
        0: "the stances are judged, or with --dry-run counted",
        1: "the person may not judge stances",
        2: "an option is wrong, or names somebody that nobody knows",
        INTERRUPTED: "interrupted; what was judged stays",
    }

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which stances, and who."""
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
        parser.add_argument("--dry-run", action="store_true", help="say how many it would be, and judge none")

    def person(self, name: str) -> User:
        """The account called ``name``. Raises ``CommandError`` where there is none."""
        found = User.objects.filter(username=name, is_active=True).first()
        if found is None:
            raise CommandError(f"Nobody is called {name!r}.", returncode=2)
        return found

    def narrowed(
        self,
        stances: QuerySet[Stance],
        actor: str | None,
        act: str | None,
        since: dt.date | None,
        until: dt.date | None,
        **_: Any,
    ) -> QuerySet[Stance]:
        """Those of ``stances`` that the options leave. Raises ``CommandError`` where nobody knows the actor."""
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

    def judge(
        self, number: int, person: User, word: str, step: Callable[[Callable[[int], None]], Judged], verbosity: int
    ) -> None:
        """Let ``step`` judge some ``number`` stances, show how far it is, and say how many are ``word``."""
        try:
            with closing(Progress(number, self.stderr, unit="stances", quiet=verbosity == 0)) as progress:
                judged = step(progress.advance)
        except PermissionDenied as error:
            raise CommandError(f"{person}: {error}") from error
        except KeyboardInterrupt:
            raise CommandError(f"Interrupted. What was {word} stays.", returncode=INTERRUPTED) from None
        self.stdout.write(f"{judged.done:,} {word}")
        if judged.conflicts:
            self.stdout.write(f"{judged.conflicts:,} were changed by somebody else meanwhile and left alone")
