"""What the commands that read articles have in common: which files, in how many processes, with which pipeline."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable

from django.conf import settings

from claims.extraction.facts import read_facts
from claims.extraction.types import ActorFact
from claims.ingest.recipe import ENGINE, Recipe
from claims.ingest.workers import OwnProcess, Reader, Workers
from claims.management.documented import DocumentedCommand

#: How a shell reports a program that Ctrl-C ended.
INTERRUPTED = 130
EXIT_CODES = {
    0: "every file was read",
    1: "a file failed, with the reason on standard error, or nothing could be done",
    2: "the command line is wrong",
    INTERRUPTED: "interrupted",
}


class ArticleCommand(DocumentedCommand):
    """A command that takes PATHs of articles in the seed format."""

    exit_codes = EXIT_CODES

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what all commands that read articles take."""
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help="a file, a folder (all below it, but hidden files and *.md) or a pattern: 'news/**/*.txt'",
        )
        parser.add_argument(
            "--processes",
            type=whole_number(0),
            default=1,
            metavar="N",
            help="worker processes to read with, one for each core to use; 0 reads in the command's own process, "
            "where an article that crashes extraction ends the command (default: %(default)s)",
        )
        parser.add_argument(
            "--batch-size",
            type=whole_number(1),
            default=32,
            metavar="N",
            help="articles that a worker reads at once (default: %(default)s)",
        )
        parser.add_argument(
            "--encoding",
            default="utf-8",
            type=encoding_name,
            metavar="NAME",
            help="encoding of files without a byte order mark, such as cp1252 (default: %(default)s)",
        )

    def reader(self, processes: int, actors: Iterable[ActorFact]) -> Reader:
        """What reads with the configured pipeline, knowing ``actors``, in so many worker processes."""
        how = recipe(actors)
        return Workers(how, processes) if processes else OwnProcess(how)


def recipe(actors: Iterable[ActorFact]) -> Recipe:
    """How to make what reads with the configured pipeline, knowing ``actors``."""
    return Recipe(getattr(settings, "STANCE_ENGINE", ENGINE), settings.STANCE_PIPELINE, tuple(actors))


def read_actors() -> list[ActorFact]:
    """The actors of the fixtures, for commands that need no database; raises FactsError or OSError."""
    return read_facts(settings.BASE_DIR / "fixtures" / "actors")


def whole_number(least: int) -> Callable[[str], int]:
    """A reader of whole numbers from ``least`` up, for argparse."""

    def number(printed: str) -> int:
        value = int(printed)
        if value < least:
            raise ArgumentTypeError(f"{value} is less than {least}")
        return value

    # By this name argparse speaks of what is no number at all.
    number.__name__ = "whole number"
    return number


def encoding_name(name: str) -> str:
    """``name`` if Python knows a text encoding by it; argparse reports it otherwise."""
    try:
        "".encode(name)
    except LookupError:
        raise ArgumentTypeError(f"there is no encoding {name!r}") from None
    return name
