"""``manage.py bench``: how fast the program is, and how much memory it takes."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from json import dumps
from math import ceil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from claims.evaluation.bench import BATCH, Growth, Timing, time_extraction, watch_memory
from claims.evaluation.claims_bench import GatheringTimes, time_gathering
from claims.extraction.actors import Registry
from claims.extraction.facts import FactsError
from claims.extraction.pipeline import PipelineError, load_pipeline
from claims.extraction.types import ArticleText, Failure
from claims.ingest.errors import ArticleError
from claims.ingest.reader import read_article
from claims.ingest.sources import find_files
from claims.management.articles import read_actors, recipe, whole_number
from claims.management.documented import DocumentedCommand
from claims.management.progress import Progress
from claims.scale.bench import DATABASES, BenchError, Figures, measure, run_beside, too_costly
from claims.scale.generate import Size
from claims.scale.measure import PageError
from claims.scale.pages import EmptyStoreError, pages


class Command(DocumentedCommand):
    """Times extraction, in this process alone."""

    help = (
        "Time whole extraction against the language pipeline alone on the same articles, by processor time and in "
        "turns, and tell the most memory the process had; or time the gathering of stances into claims; or count what "
        "each page asks the database over a large store, and hold the time of that against the bare indexed queries. "
        "docs/measuring.md explains the figures."
    )
    examples = (
        "extraction",
        "extraction --json",
        "extraction --articles 10000",
        "extraction 'news/*.txt' --repeats 3",
        "claims --json",
        "pages",
        "pages --stances 100000 --actors 2000 --database sqlite --json",
    )
    exit_codes = {
        0: "all was measured",
        1: "an article or the pipeline can't be read, or a page costs more than it may",
    }

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the part with its options."""
        parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
        extraction = parts.add_parser("extraction", help="text to stances")
        extraction.add_argument(
            "paths",
            nargs="*",
            metavar="PATH",
            help="articles in the seed format: files, folders or patterns (default: those of seeds and tests/gold)",
        )
        extraction.add_argument(
            "--repeats",
            type=whole_number(1),
            default=5,
            metavar="N",
            help="read all articles so often each way; the median counts (default: %(default)s)",
        )
        extraction.add_argument(
            "--articles",
            type=whole_number(1),
            metavar="N",
            help="then read N short articles made of these, all with new names, and tell by how much memory grew",
        )
        extraction.add_argument("--json", action="store_true", help="print one JSON object instead of lines")
        claims = parts.add_parser("claims", help="stances to claims")
        claims.add_argument(
            "--stances",
            type=whole_number(2),
            nargs="+",
            default=[10_000, 100_000],
            metavar="N",
            help="gather so many generated stances, one number after the other (default: 10000 100000)",
        )
        claims.add_argument("--json", action="store_true", help="print one JSON object instead of lines")

        size = Size()
        pages = parts.add_parser("pages", help="the pages over a large store")
        pages.add_argument(
            "--stances", type=whole_number(2_000), default=size.stances, metavar="N", help="(default: %(default)s)"
        )
        pages.add_argument(
            "--actors", type=whole_number(500), default=size.actors, metavar="N", help="(default: %(default)s)"
        )
        pages.add_argument(
            "--database",
            choices=DATABASES,
            action="append",
            help="measure on this one only (default: on both, each made for it and thrown away)",
        )
        pages.add_argument(
            "--here", action="store_true", help="measure on the database of the settings, which make_stances filled"
        )
        pages.add_argument("--json", action="store_true", help="print one JSON list instead of lines")

    def handle(self, *, part: str, json: bool, **options: Any) -> None:
        """Print; see the help."""
        if part == "pages":
            self._pages(json=json, **options)
            return
        time_part = self._claims if part == "claims" else self._extraction
        for line in time_part(json=json, **options):
            self.stdout.write(line)

    def _pages(
        self, *, stances: int, actors: int, database: list[str] | None, here: bool, json: bool, **_: Any
    ) -> None:
        found: list[Figures] = []
        try:
            if here:
                found = self._pages_here()
            else:
                for each in dict.fromkeys(database or DATABASES):
                    found += run_beside(each, stances, actors)
        except (BenchError, PageError, EmptyStoreError) as error:
            raise CommandError(str(error)) from error
        for line in [dumps(found)] if json else map(_page_line, found):
            self.stdout.write(line)
        dear = [f"{each['page']} on {each['database']}: {wrong}" for each in found if (wrong := too_costly(each))]
        if dear:
            raise CommandError("\n".join(["These pages cost more than they may:", *dear]))

    def _pages_here(self) -> list[Figures]:
        listed = pages()
        with self._progress(len(listed), "pages") as progress:
            return [figures for figures, _cost in measure(listed, connection, watch=progress.advance)]

    def _claims(self, *, stances: list[int], json: bool, **_: Any) -> Iterator[str]:
        try:
            registry = Registry.from_facts(read_actors())
        except (FactsError, OSError) as error:
            raise CommandError(str(error)) from error
        with self._progress(len(stances), "sizes") as progress:
            times = time_gathering(stances, registry, watch=progress.advance)
        yield from [dumps(times)] if json else _gathering_lines(times)

    def _extraction(
        self, *, paths: list[str], repeats: int, articles: int | None, json: bool, **_: Any
    ) -> Iterator[str]:
        try:
            texts = list(_articles(paths or _own_articles()))
            nlp = load_pipeline(settings.STANCE_PIPELINE)
            engine = recipe(read_actors()).make()
        except (ArticleError, FactsError, PipelineError, OSError) as error:
            raise CommandError(str(error)) from error
        with self._progress(repeats + 1, "turns") as progress:
            timing = time_extraction(engine.read, nlp, texts, repeats=repeats, watch=progress.advance)
        growth = None
        if articles is not None:
            with self._progress(ceil(articles / BATCH), "batches") as progress:
                growth = watch_memory(engine.read, texts, articles, watch=progress.advance)
        yield from [dumps({**timing, **(growth or {})})] if json else _lines(timing, growth)

    def _progress(self, total: int, unit: str) -> closing[Progress]:
        return closing(Progress(total, self.stderr, unit=unit, quiet=not self.stderr.isatty()))


def _own_articles() -> list[str]:
    folders: list[Path] = [settings.BASE_DIR / "seeds", *sorted((settings.BASE_DIR / "tests/gold").glob("*/articles"))]
    return [str(folder) for folder in folders]


def _articles(paths: list[str]) -> Iterator[ArticleText]:
    for file in find_files(paths):
        if isinstance(file, Failure):
            raise CommandError(f"{file.where}: {file.reason}")
        try:
            yield read_article(file)
        except ArticleError as error:
            raise CommandError(f"{file}: {error}") from error


def _lines(timing: Timing, growth: Growth | None) -> Iterator[str]:
    yield f"whole extraction takes {timing['ratio']:.3f} times the processor time of the language pipeline alone"
    yield f"{timing['words_per_second']:,} words a second"
    yield f"{timing['peak_mb']:,} MB of memory at most"
    if growth:
        yield f"{growth['growth_mb']:.1f} MB more memory after {growth['articles']:,} short articles"


def _page_line(figures: Figures) -> str:
    name = f"{figures['page']}, {figures['database']}"
    return f"{name:45} {figures['queries']:3} queries, {figures['ratio']:5.2f} times the bare indexed ones"


def _gathering_lines(times: GatheringTimes) -> Iterator[str]:
    for size in times["sizes"]:
        yield f"{size['stances']:,} stances gathered into {size['claims']:,} claims in {size['seconds']:.1f} s"
    for power in times["growth"]:
        yield f"time grows with the number of stances to the power of {power:.2f}"
