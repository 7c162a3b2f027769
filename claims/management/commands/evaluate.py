"""``manage.py evaluate``: measures the parts of extraction on annotated corpora."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from json import dumps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.extraction.pipeline import PipelineError, load_pipeline
from claims.extraction.training.evaluation import evaluate_pipeline, table


class Command(BaseCommand):
    """Measures one part of extraction; ``pipeline`` is the configured language pipeline."""

    help = "Measure the parts of extraction on annotated corpora."
    examples = """\
examples:
  manage.py evaluate pipeline corpora/ud_english corpora/worldwide_ner
  manage.py evaluate pipeline corpora/ud_english corpora/worldwide_ner --attributions corpora/polnear --json

Exit status: 0 when all was measured, 1 when a corpus or the pipeline can't be read.
"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = self.examples
        parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
        pipeline = parts.add_parser(
            "pipeline",
            help="tags, lemmas, trees, entities and attributions of the language pipeline",
            formatter_class=RawDescriptionHelpFormatter,
            epilog=self.examples,
        )
        pipeline.add_argument("treebank", type=Path, metavar="UD_DIR", help="folder with dev.conllu and test.conllu")
        pipeline.add_argument("entities", type=Path, metavar="NER_DIR", help="folder of newswire articles (*.tsv)")
        pipeline.add_argument("--attributions", type=Path, metavar="DIR", help="PolNeAR; its folder dev is read")
        pipeline.add_argument(
            "--on", choices=("dev", "test"), default="test", help="part of the corpora (default: %(default)s)"
        )
        pipeline.add_argument("--json", action="store_true", help="print one JSON object instead of tables")

    def handle(
        self, *, treebank: Path, entities: Path, attributions: Path | None, on: str, json: bool, **options: Any
    ) -> None:
        try:
            nlp = load_pipeline(settings.STANCE_PIPELINE)
            report = evaluate_pipeline(nlp, treebank, entities, attributions, part=on)
        except (PipelineError, OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for line in [dumps(report)] if json else table(report):
            self.stdout.write(line)
