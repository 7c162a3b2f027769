"""``manage.py damage``: damages text as scraping does."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.evaluation.scraped import APOSTROPHES, GLUE, scrape
from claims.extraction.types import ArticleText, Failure, Span
from claims.ingest.errors import ArticleError
from claims.ingest.reader import MAX_BYTES, decode, read_article, read_bytes
from claims.ingest.sources import find_files, printable
from claims.management.documented import DocumentedCommand


class Command(DocumentedCommand):
    """Reads clean text, writes it as a careless scraper would have."""

    help = (
        "Damage text as scraping does: only ASCII letters, digits, white space and , . - ' are left, and words that "
        "a non-breaking space may have joined (US has, Jan 10) are glued. Of an article in the seed format the date "
        "and the address stay. The same seed gives the same damage."
    )
    examples = (
        "seeds/000_e19d6efc60e49955.txt",
        "news --output scraped --seed 1",
        "--plain speech.txt",
    )
    exit_codes = {0: "all was damaged", 1: "a file can't be read or written, with the reason on standard error"}

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add paths and options."""
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder (all below it) or a pattern")
        parser.add_argument(
            "--output",
            type=Path,
            metavar="DIR",
            help="write each file under its name into this folder, which is made; without it one file is printed",
        )
        parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the chance (default: %(default)s)")
        parser.add_argument(
            "--glue",
            type=_share,
            default=GLUE,
            metavar="SHARE",
            help="of the places where words may be glued, 0 to 1 (default: %(default)s)",
        )
        parser.add_argument(
            "--apostrophes",
            type=_share,
            default=APOSTROPHES,
            metavar="SHARE",
            help="of the straight apostrophes that are lost, 0 to 1; curly ones always are (default: %(default)s)",
        )
        parser.add_argument("--plain", action="store_true", help="files are no articles: damage every line")

    def handle(self, *, paths: list[str], output: Path | None, plain: bool, **options: Any) -> None:
        """Write; see the help."""
        files = [_found(file) for file in find_files(paths)]
        if output is None and len(files) > 1:
            raise CommandError(f"{len(files)} files need a folder to be written to: --output DIR")
        names = [file.name for file in files]
        if len(set(names)) < len(names):
            raise CommandError("Two files have the same name; damage them one after the other.")
        for file in files:
            try:
                article = _plain(file) if plain else read_article(file)
                damaged = scrape(article, options["seed"], glue=options["glue"], apostrophes=options["apostrophes"])
                self._write(damaged.article.text, file, output)
            except ArticleError as error:
                hint = "" if plain else " (--plain takes text of any form)"
                raise CommandError(f"{printable(file)}: {error}{hint}") from error
            except OSError as error:
                raise CommandError(str(error)) from error

    def _write(self, text: str, file: Path, output: Path | None) -> None:
        if output is None:
            self.stdout.write(text, ending="")
            return
        if output.resolve() == file.parent.resolve():
            raise CommandError(f"{printable(file)} would be overwritten; choose another folder.")
        output.mkdir(parents=True, exist_ok=True)
        with (output / file.name).open("w", encoding="utf-8", newline="") as copy:
            copy.write(text)


def _found(file: Path | Failure) -> Path:
    if isinstance(file, Failure):
        raise CommandError(f"{file.where}: {file.reason}")
    return file


def _plain(file: Path) -> ArticleText:
    """A file of any form as an article that is all body."""
    text = decode(read_bytes(file, MAX_BYTES))
    return ArticleText(name=printable(file.stem), text=text, title_span=Span(0, 0), body_start=0)


def _share(printed: str) -> float:
    share = float(printed)
    if not 0 <= share <= 1:
        raise ArgumentTypeError(f"{printed} is not between 0 and 1")
    return share


_share.__name__ = "share"
