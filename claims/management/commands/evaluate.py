"""``manage.py evaluate``: measures the parts of extraction on annotated corpora and hand-marked articles."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import closing
from json import dumps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from claims.evaluation import attribution
from claims.evaluation.attribution import AttributionReport, evaluate_attribution
from claims.evaluation.claims import WordingsError, evaluate_claims, read_wordings
from claims.evaluation.scraped import scrape
from claims.evaluation.stance_report import damage_figures, damage_report, report
from claims.evaluation.stances import Comparison, GoldError, Record, gold_folders, read_gold
from claims.extraction.actors import Registry
from claims.extraction.facts import FactsError
from claims.extraction.pipeline import PipelineError, load_pipeline
from claims.extraction.records import to_record
from claims.extraction.training.evaluation import Figure, evaluate_pipeline, table
from claims.extraction.training.standoff import annotated_texts
from claims.extraction.types import ArticleText
from claims.ingest.errors import ArticleError
from claims.ingest.reader import read_article
from claims.ingest.recipe import Engine
from claims.management.articles import read_actors, recipe, whole_number
from claims.management.documented import DocumentedCommand
from claims.management.progress import Progress

GOLD = settings.BASE_DIR / "tests" / "gold"
WORDINGS = settings.BASE_DIR / "tests" / "claims" / "wordings.jsonl"


class Command(DocumentedCommand):
    """Measures one part of extraction; each part is a subcommand."""

    help = (
        "Measure the parts of extraction: the language pipeline and the attributions that it reads on annotated "
        "corpora, stances on articles marked by hand, claims on wordings. docs/measuring.md explains the figures."
    )
    examples = (
        "stances",
        "stances my_articles --errors 20",
        "stances --damaged 1 --json",
        "claims",
        "claims my_wordings.jsonl --json",
        "attribution corpora/polnear --split dev",
        "pipeline corpora/ud_english corpora/worldwide_ner --attributions corpora/polnear --json",
    )
    exit_codes = {0: "all was measured", 1: "a corpus, a file or the pipeline can't be read"}

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the parts with their options."""
        parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
        as_json = argparse.ArgumentParser(add_help=False)
        as_json.add_argument("--json", action="store_true", help="print one JSON object instead of tables")

        pipeline = parts.add_parser(
            "pipeline", help="tags, lemmas, trees and entities of the language pipeline", parents=[as_json]
        )
        pipeline.add_argument("treebank", type=Path, metavar="UD_DIR", help="folder with dev.conllu and test.conllu")
        pipeline.add_argument("entities", type=Path, metavar="NER_DIR", help="folder of newswire articles (*.tsv)")
        pipeline.add_argument("--attributions", type=Path, metavar="DIR", help="PolNeAR; its folder dev is read")
        pipeline.add_argument(
            "--on", choices=("dev", "test"), default="test", help="part of the corpora (default: %(default)s)"
        )

        marks = parts.add_parser(
            "attribution", help="sources, cues and contents, and which belong together", parents=[as_json]
        )
        marks.add_argument("folder", type=Path, metavar="DIR", help="PolNeAR; DIR/SPLIT holds text and attributions")
        marks.add_argument("--split", default="dev", metavar="SPLIT", help="part of the corpus (default: %(default)s)")

        whole = parts.add_parser("stances", help="stances, on articles that were marked by hand", parents=[as_json])
        whole.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=GOLD,
            metavar="DIR",
            help="folder with articles/ and stances.jsonl, or of such folders (default: the project's own, tests/gold)",
        )
        whole.add_argument(
            "--errors", type=whole_number(0), default=10, metavar="N",
            help="list at most N stances of each sort of error (default: %(default)s)",
        )  # fmt: skip
        whole.add_argument(
            "--damaged", type=int, metavar="SEED",
            help="read the articles in scraped form too, damaged at random from this seed, and print what that loses",
        )  # fmt: skip

        claims = parts.add_parser(
            "claims", help="the gathering of wordings into claims, on wordings marked by hand", parents=[as_json]
        )
        claims.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=WORDINGS,
            metavar="FILE",
            help="JSON lines with text, actor, act, date, article and claim (default: the project's own set)",
        )

    def handle(self, *, part: str, json: bool, **options: Any) -> None:
        """Print; see the help."""
        measure: Callable[..., Iterator[str]] = getattr(self, f"_{part}")
        try:
            lines = list(measure(json=json, **options))
        except (ArticleError, FactsError, GoldError, PipelineError, WordingsError, OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(lines))

    def _pipeline(
        self, *, treebank: Path, entities: Path, attributions: Path | None, on: str, json: bool, **_: Any
    ) -> Iterator[str]:
        nlp = load_pipeline(settings.STANCE_PIPELINE)
        measured = evaluate_pipeline(nlp, treebank, entities, part=on)
        if attributions is not None:
            measured["sections"]["attributions, raw text"] = _section(evaluate_attribution(nlp, attributions / "dev"))
        yield from [dumps(measured)] if json else table(measured)

    def _attribution(self, *, folder: Path, split: str, json: bool, **_: Any) -> Iterator[str]:
        nlp = load_pipeline(settings.STANCE_PIPELINE)
        count = sum(1 for _ in annotated_texts(folder / split))
        with self._progress(count, "texts") as progress:
            marks = evaluate_attribution(nlp, folder / split, watch=progress.advance)
        yield from [dumps(marks)] if json else attribution.table(marks)

    def _stances(self, *, folder: Path, errors: int, damaged: int | None, json: bool, **_: Any) -> Iterator[str]:
        marked: list[Record] = []
        articles: list[ArticleText] = []
        for place in gold_folders(folder):
            gold = read_gold(place)
            names = sorted({record["article"] for record in gold})
            marked += gold
            articles += [read_article(place / "articles" / f"{name}.txt") for name in names]
        engine = recipe(read_actors()).make()
        with self._progress(len(articles) * (1 if damaged is None else 2), "articles") as progress:
            found = [record for article in articles for record in _records(engine, article, progress)]
            scraped = [
                each.in_clean_words(record)
                for each in (scrape(article, damaged) for article in articles if damaged is not None)
                for record in _records(engine, each.article, progress)
            ]
        comparison = Comparison.of(marked, found)
        if damaged is None:
            yield from [dumps(comparison.figures())] if json else report(comparison, errors)
            return
        damage = damage_figures(comparison, Comparison.of(marked, scraped))
        yield from [dumps(damage)] if json else damage_report(damage)

    def _claims(self, *, file: Path, json: bool, **_: Any) -> Iterator[str]:
        marked = read_wordings(file)
        actors = Registry.from_facts(read_actors())
        figures = evaluate_claims(marked, load_pipeline(settings.STANCE_PIPELINE), actors)
        if json:
            yield dumps({"bcubed": figures})
            return
        yield f"{len(marked)} wordings of {len({each.claim for each in marked})} claims"
        yield "B-cubed  " + "  ".join(f"{name} {figure:.3f}" for name, figure in figures.items())

    def _progress(self, total: int, unit: str) -> closing[Progress]:
        return closing(Progress(total, self.stderr, unit=unit, quiet=not self.stderr.isatty()))


def _records(engine: Engine, article: ArticleText, progress: Progress) -> list[Record]:
    """The records of one article's stances; raises ValueError where extraction breaks."""
    [result] = engine.read([article])
    progress.advance()
    if result.failure:
        raise ValueError(f"{article.name}: {result.failure.reason}")
    return [to_record(article, stance) for stance in result.stances]


def _section(found: AttributionReport) -> dict[str, Figure]:
    """The exact figures as a section of the pipeline's report; of whole attributions, overlapping ones (~) too."""
    rows = {
        "SOURCE": (found["source"]["exact"], found["source"]["count"]),
        "CUE": (found["cue"]["exact"], found["cue"]["count"]),
        "CONTENT": (found["content"]["exact"], found["content"]["count"]),
        "ALL THREE": (found["attribution"]["exact"], found["attribution"]["count"]),
        "ALL THREE~": (found["attribution"]["overlap"], found["attribution"]["count"]),
    }
    return {name: {**figure, "count": count} for name, (figure, count) in rows.items()}
