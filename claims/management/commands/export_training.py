"""``manage.py export_training``: what people judged, to learn from."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.management.documented import DocumentedCommand
from claims.management.progress import Progress
from claims.training.export import export, judged_articles


class Command(DocumentedCommand):
    """Writes judged stances as training data."""

    help = (
        "Write articles whose stances people have judged as spaCy training data (train.spacy, dev.spacy) and in the "
        "form of hand-marked stances (articles/, stances.jsonl). docs/pipeline.md tells how to train with them."
    )
    examples = ("training", "training --since 2022-01-01", "training --partial")
    exit_codes = {
        0: "all is written",
        1: "the folder can't be written, or has files in it",
        2: "the command line is wrong, or nothing is judged yet",
    }

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and what."""
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="where to write; a new or an empty folder")
        parser.add_argument(
            "--partial", action="store_true", help="also articles of which some stances are not judged yet"
        )
        for name, words in (("since", "later"), ("until", "earlier")):
            parser.add_argument(
                f"--{name}",
                type=dt.date.fromisoformat,
                metavar="YYYY-MM-DD",
                help=f"only articles published on this day or {words}",
            )

    def handle(
        self,
        *,
        folder: Path,
        partial: bool,
        since: dt.date | None,
        until: dt.date | None,
        verbosity: int,
        **options: Any,
    ) -> None:
        """Write; see the help."""
        articles = judged_articles(partial=partial)
        if since:
            articles = articles.filter(published_on__gte=since)
        if until:
            articles = articles.filter(published_on__lte=until)
        number = articles.count()
        if not number:
            raise CommandError("No such article has all its stances judged; --partial takes others too.", returncode=2)
        try:
            with closing(Progress(number, self.stderr, unit="articles", quiet=verbosity == 0)) as progress:
                written = export(articles, folder, watch=progress.advance)
        except OSError as error:
            raise CommandError(f"{folder} can't be written: {error}") from error
        self.stdout.write(f"{written.train:,} articles to learn from, {written.dev:,} to measure on")
        self.stdout.write(f"{written.stances:,} stances")
