"""``manage.py find_copies``: stored articles into families of copies."""

from __future__ import annotations

import itertools
from contextlib import closing
from functools import partial
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from claims.copies.families import Sketch, join, sketches
from claims.copies.sketch import SCHEME
from claims.ingest.store import persistently, writing
from claims.management.articles import INTERRUPTED
from claims.management.documented import DocumentedCommand
from claims.management.progress import Progress
from claims.models import Article, ArticleFamily

#: Articles a transaction; small, since SQLite lets nobody else write meanwhile.
BATCH = 20


class Command(DocumentedCommand):
    """Compares the articles that no import compared."""

    help = (
        "Find copies among stored articles and put them into families, so that a story that reappears in many places "
        "counts once. Imports do this for what they bring in; run it after an update, or after an import that was "
        "killed. Articles that were compared already are left alone, so it may be run at any time, and again."
    )
    examples = ("", "--verbosity 0")
    exit_codes = {
        0: "all articles are compared",
        1: "the database can't be used, with the reason on standard error",
        INTERRUPTED: "interrupted; run it again to go on",
    }

    def handle(self, *, verbosity: int, **options: Any) -> None:
        new = Article.objects.filter(sketch_scheme__lt=SCHEME)
        number, copies = new.count(), 0
        keys = iter(list(new.order_by("pk").values_list("pk", flat=True)))
        try:
            with closing(Progress(number, self.stderr, unit="articles", quiet=verbosity == 0)) as progress:
                while batch := list(itertools.islice(keys, BATCH)):
                    copies += persistently(partial(self._join, sketches(batch)))
                    for _ in batch:
                        progress.advance()
        except KeyboardInterrupt:
            raise CommandError("Interrupted. Run it again to go on.", returncode=INTERRUPTED) from None
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {error}") from error
        families = ArticleFamily.objects.count()
        for name, figure in (("compared", number), ("with copies", copies), ("families in all", families)):
            self.stdout.write(f"{name:<16}{figure:>10,}")

    @staticmethod
    def _join(found: list[Sketch]) -> int:
        with writing():
            return join(found)
