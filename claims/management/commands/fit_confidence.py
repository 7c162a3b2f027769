"""``manage.py fit_confidence``: makes confidence mean something."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from claims.evaluation.calibration import as_table, fit
from claims.evaluation.stance_report import reliability_table
from claims.evaluation.stances import Comparison, GoldError, gold_folders, read_gold
from claims.extraction.actors import Registry
from claims.extraction.confidence import Traits, probability
from claims.extraction.extract import extract_with_traits
from claims.extraction.facts import FactsError
from claims.extraction.pipeline import PipelineError, load_pipeline
from claims.extraction.records import to_record
from claims.ingest.errors import ArticleError
from claims.ingest.reader import read_article
from claims.management.articles import read_actors
from claims.management.documented import DocumentedCommand
from claims.management.progress import Progress

Judged = list[tuple[Traits, bool]]


class Command(DocumentedCommand):
    """Prints weights, or writes them where extraction reads them."""

    help = (
        "Fit the weights of confidence to hand-marked articles, so that of the stances given 0.9 nine in ten have the "
        "right actor and act. Prints the table of weights, and on the error stream how well they hold, each article "
        "judged by weights fitted without it. docs/measuring.md explains it."
    )
    examples = ("tests/gold/dev", "tests/gold/dev --output claims/extraction/data/confidence.tsv")
    exit_codes = {0: "weights were fitted", 1: "marks, an article or the pipeline can't be read, or are too few"}

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add folders and output."""
        parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="articles/ and stances.jsonl")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write the table there instead of printing it")

    def handle(self, *, folders: list[Path], output: Path | None, **options: Any) -> None:
        """Fit; see the help."""
        try:
            articles = self._judge(folders)
            weights = fit([each for article in articles for each in article])
            held = [each for index in range(len(articles)) for each in _held_back(articles, index)]
        except (GoldError, ArticleError, FactsError, PipelineError, OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        if output is None:
            self.stdout.write(as_table(weights), ending="")
        else:
            output.write_text(as_table(weights), encoding="utf-8")
        for line in reliability_table(held):
            self.stderr.write(line)

    def _judge(self, folders: list[Path]) -> list[Judged]:
        registry = Registry.from_facts(read_actors())
        nlp = load_pipeline(settings.STANCE_PIPELINE)
        places = [place for folder in folders for place in gold_folders(folder)]
        judged = []
        with closing(Progress(len(places), self.stderr, unit="folders", quiet=not self.stderr.isatty())) as progress:
            for place in places:
                marks = read_gold(place)
                for name in sorted({mark["article"] for mark in marks}):
                    article = read_article(place / "articles" / f"{name}.txt")
                    traced = extract_with_traits(article, registry, nlp=nlp)
                    found = [to_record(article, stance) for stance, _ in traced]
                    right = Comparison.of([mark for mark in marks if mark["article"] == name], found).right
                    judged.append([(traits, index in right) for index, (_, traits) in enumerate(traced)])
                progress.advance()
        return judged


def _held_back(articles: list[Judged], index: int) -> Iterator[tuple[float, bool]]:
    """Confidence by weights fitted to all articles but one, and whether it was right, of the stances of that one."""
    weights = fit([each for other, article in enumerate(articles) if other != index for each in article])
    for traits, right in articles[index]:
        yield probability(traits, weights), right
