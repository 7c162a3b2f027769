"""``manage.py fit_claims``: makes the likeness of wordings mean something."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from claims.evaluation.calibration import as_table, fit
from claims.evaluation.claims import WordingsError, read_wordings
from claims.evaluation.claims_fit import judged_pairs
from claims.extraction.actors import Registry
from claims.extraction.facts import FactsError
from claims.extraction.pipeline import PipelineError, load_pipeline
from claims.management.articles import read_actors
from claims.management.documented import DocumentedCommand


class Command(DocumentedCommand):
    """Prints weights, or writes them where gathering reads them."""

    help = (
        "Fit the weights by which gathering tells how alike two wordings are to wordings that were put under claims "
        "by hand, and print them as a table. docs/claims.md explains it."
    )
    examples = (
        "tests/claims/fitting/*.jsonl",
        "tests/claims/fitting/*.jsonl --output claims/gathering/data/weights.tsv",
    )
    exit_codes = {0: "weights were fitted", 1: "a file or the pipeline can't be read, or there are too few pairs"}

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add files and output."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JSON lines as evaluate claims takes")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write the table there instead of printing it")

    def handle(self, *, files: list[Path], output: Path | None, **options: Any) -> None:
        """Fit; see the help."""
        try:
            nlp, registry = load_pipeline(settings.STANCE_PIPELINE), Registry.from_facts(read_actors())
            # Within a file only: across files most pairs are years apart, as few are that an import weighs.
            pairs = [pair for file in files for pair in judged_pairs(read_wordings(file), nlp, registry)]
            table = as_table(fit(pairs))
        except (WordingsError, FactsError, PipelineError, OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"{len(pairs)} pairs, {sum(same for _, same in pairs)} of them of one claim")
        if output is None:
            self.stdout.write(table, ending="")
        else:
            output.write_text(table, encoding="utf-8")
