"""``manage.py make_stances``: a large store to try the site on."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.db import connection

from claims.management.articles import whole_number
from claims.management.documented import DocumentedCommand
from claims.management.progress import Progress
from claims.models import Actor, Article
from claims.scale.generate import Size, generate

JUDGE = "made-up-judge"


class Command(DocumentedCommand):
    """Fills an empty database with made-up stances."""

    help = (
        "Fill an empty database with made-up articles, actors, claims and stances, to see how the site bears many. "
        "A database that has articles or actors is left alone: what is made up must never stand beside what is true."
    )
    examples = ("", "--stances 100000 --actors 2000")
    exit_codes = {0: "the store is filled", 1: "the database has articles or actors already"}

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        size = Size()
        for name, default in (("stances", size.stances), ("actors", size.actors)):
            parser.add_argument(
                f"--{name}",
                type=whole_number(2),
                default=default,
                metavar="N",
                help=f"so many {name} (default: %(default)s)",
            )
        parser.add_argument(
            "--seed", type=whole_number(0), default=1, metavar="N", help="the same number makes the same rows"
        )

    def handle(self, *, stances: int, actors: int, seed: int, **options: Any) -> None:
        """Fill; see the help."""
        if Article.objects.exists() or Actor.objects.exists():
            raise CommandError(
                "This database has articles or actors. Name an empty one: "
                "DATABASE_URL=sqlite:////tmp/large.sqlite3 manage.py migrate, then this command."
            )
        judge, _created = get_user_model().objects.get_or_create(username=JUDGE, defaults={"is_active": False})
        numbers: dict[str, int] = {}
        with closing(Progress(stances, self.stderr, unit="stances")) as progress:

            def note(noun: str, number: int) -> None:
                if noun == "stances":
                    progress.advance(number - numbers.get(noun, 0))
                numbers[noun] = number

            generate(connection, Size(stances, actors), judge.pk, seed=seed, report=note)
        for noun, number in numbers.items():
            self.stdout.write(f"{number:,} {noun}")
