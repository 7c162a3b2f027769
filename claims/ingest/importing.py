"""One import from its files to its last row: every file found ends in exactly one outcome."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from django.db import DatabaseError, IntegrityError, transaction

from claims.extraction.types import ArticleText, BatchResult, Failure
from claims.ingest.changes import seek_changes
from claims.ingest.copies import seek_copies
from claims.ingest.errors import ArticleError
from claims.ingest.gathering import Gathering
from claims.ingest.reader import read_article
from claims.ingest.rereading import read_again
from claims.ingest.runs import RunLog, end_killed_runs
from claims.ingest.sources import find_files, printable
from claims.ingest.store import Outcome, Stored, persistently, refusal, save_article, stored_digests, writing
from claims.ingest.workers import Reader, in_batches
from claims.models import Article, Run

#: Results wait no longer than this for the rest of their batch before they are written.
WRITE_SECONDS = 2.0
#: How stances without a known act are counted.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Options:
    """How to import: ``limit`` files at most (None: all), ``batch_size`` articles at once, in ``encoding``.

    With ``again``, articles that are stored are read again; with ``dry_run``, all is done and nothing kept.
    """

    limit: int | None = None
    batch_size: int = 32
    again: bool = False
    dry_run: bool = False
    encoding: str = "utf-8"


@dataclass(slots=True)
class Tally:
    """What an import did so far. The outcomes add up to ``seen``."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)

    @property
    def seen(self) -> int:
        """How many files have their outcome."""
        return self.outcomes.total()

    def with_these(self, stored: Iterable[Stored]) -> Tally:
        """This tally and what was ``stored``."""
        more = Tally(Counter(self.outcomes), Counter(self.acts))
        for each in stored:
            more.outcomes[each.outcome] += 1
            more.acts.update(stance.act or UNKNOWN for stance in each.stances)
        return more

    def counts(self) -> dict[str, int]:
        """The figures as a run keeps them."""
        outcomes = {outcome.value: self.outcomes[outcome] for outcome in Outcome}
        return {"seen": self.seen, **outcomes, "stances": self.acts.total()}


class Found(NamedTuple):
    """An article that was read, and the file it was in, as people see its name."""

    where: str
    article: ArticleText


Read = tuple[Found, BatchResult]

#: Hears of each file that has its outcome, and of what failed if it did.
Watch = Callable[[Failure | None], None]


def _nobody(failure: Failure | None) -> None:
    """Watches nothing."""


class Import:
    """Imports the files that ``paths`` name; what is entered with ``hold`` is not to be interrupted."""

    def __init__(
        self,
        paths: Sequence[str],
        reader: Reader,
        options: Options,
        *,
        hold: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._paths = paths
        self._reader = reader
        self._options = options
        self._watch: Watch = _nobody
        self._hold = hold
        self._log: RunLog | None = None
        self._failures: list[Failure] = []
        self._written_at = time.monotonic()
        self._rehearsed: set[str] = set()
        self._made: Gathering | None = None
        self.tally = Tally()

    def count(self) -> int:
        """How many files there are to import."""
        return sum(1 for _ in self._files())

    def execute(self, watch: Watch = _nobody) -> None:
        """Import everything, in a run of its own unless nothing is to be kept; ``watch`` hears of each file.

        Whatever breaks, what was written stays and the run says how it ended. Raises ``WorkersError`` if no extraction
        is possible, ``DatabaseError`` if the store can't be written, and ``KeyboardInterrupt``.
        """
        self._watch = watch
        if not self._options.dry_run:
            end_killed_runs()
            self._log = RunLog(Run.Kind.IMPORT)
        state = Run.State.FAILED
        try:
            self._import()
            state = Run.State.FINISHED
        except KeyboardInterrupt:
            state = Run.State.INTERRUPTED
            raise
        finally:
            if self._log:
                self._end(self._log, state)

    def _import(self) -> None:
        jobs = ((found, found.article) for found in self._new())
        with closing(self._reader.results(in_batches(jobs, self._options.batch_size))) as results:
            waiting: list[Read] = []
            for result in results:
                waiting.append(result)
                if len(waiting) >= self._options.batch_size or self._is_time():
                    self._write(waiting)
                    waiting = []
            self._write(waiting)
        if self._log:
            seek_changes(self._log.run)

    def _end(self, log: RunLog, state: Run.State) -> None:
        # A store that can't be written has raised already; the next run sees that this one is gone.
        with suppress(DatabaseError) if state is Run.State.FAILED else nullcontext(), self._hold():
            self._save([])
            log.end(state)

    def _files(self) -> Iterator[Path | Failure]:
        return itertools.islice(find_files(self._paths), self._options.limit)

    def _new(self) -> Iterator[Found]:
        """The articles to extract from: those not stored yet, or with ``again`` all. The others get their outcome."""
        read = self._read()
        while group := list(itertools.islice(read, self._options.batch_size)):
            digests = [Article.digest(found.article.text) for found in group]
            known = set() if self._options.again else stored_digests(digests)
            for found, digest in zip(group, digests, strict=True):
                if digest in known:
                    self._settle(Stored(Outcome.UNCHANGED), found.where)
                else:
                    yield found

    def _read(self) -> Iterator[Found]:
        for file in self._files():
            if isinstance(file, Failure):
                self._settle(Stored(Outcome.FAILED, reason=file.reason), file.where)
                continue
            where = printable(file)
            try:
                article = read_article(file, encoding=self._options.encoding)
            except ArticleError as error:
                self._settle(Stored(Outcome.FAILED, reason=str(error)), where)
            else:
                yield Found(where, article)

    def _settle(self, stored: Stored, where: str) -> None:
        """Give a file that needs no extraction its outcome."""
        self.tally = self.tally.with_these([stored])
        self._failures += _failures([(where, stored)])
        self._tell([(where, stored)])
        if self._is_time():
            self._write([])

    def _is_time(self) -> bool:
        return time.monotonic() - self._written_at >= WRITE_SECONDS

    def _write(self, results: Sequence[Read]) -> None:
        with self._hold():
            stored = self._save(results)
            if self._log and results:
                seek_copies(found.article for found, _ in results)
            self._written_at = time.monotonic()
            self._tell([(found.where, each) for (found, _), each in zip(results, stored, strict=True)])

    def _tell(self, stored: Iterable[tuple[str, Stored]]) -> None:
        for where, each in stored:
            failed = each.outcome is Outcome.FAILED
            self._watch(Failure(where, each.reason) if failed else None)

    def _save(self, results: Sequence[Read], *, refused: str = "") -> list[Stored]:
        """Store ``results`` and the log's account of them, all together; the one that is ``refused`` as a failure."""
        if not results and self._log is None:
            return []
        try:
            return persistently(lambda: self._save_together(results, refused))
        except IntegrityError as error:
            # A rule that is checked at the end of the transaction only: find the article that breaks it.
            if len(results) > 1:
                return [stored for result in results for stored in self._save([result])]
            if refused or not results:
                raise
            return self._save(results, refused=refusal(error))

    def _save_together(self, results: Sequence[Read], refused: str) -> list[Stored]:
        with writing():
            if self._log is None:
                stored = self._rehearse(results)
                tally = self.tally.with_these(stored)
            else:
                run = self._log.run
                stored = (
                    [Stored(Outcome.FAILED, reason=refused)]
                    if refused
                    else [self._save_one(found.article, result, run) for found, result in results]
                )
                tally = self.tally.with_these(stored)
                places = [found.where for found, _ in results]
                self._log.fail([*self._failures, *_failures(zip(places, stored, strict=True))])
                self._log.beat(tally.counts(), self._reader.pipeline_name, self._reader.pipeline_version)
        # Only now is it so.
        self.tally = tally
        self._failures = []
        return stored

    def _save_one(self, article: ArticleText, result: BatchResult, run: Run) -> Stored:
        if result.failure:
            return Stored(Outcome.FAILED, reason=result.failure.reason)
        if self._options.again and stored_digests([Article.digest(article.text)]):
            return read_again(article, result.stances, run, self._gathering)
        return save_article(article, result.stances, run, self._gathering)

    @property
    def _gathering(self) -> Gathering:
        """Made for the first article, and then for all."""
        self._made = self._made or Gathering()
        return self._made

    def _rehearse(self, results: Sequence[Read]) -> list[Stored]:
        """What storing ``results`` would give. It is done and undone at once, so other writers wait only shortly."""
        run = Run.objects.create(kind=Run.Kind.IMPORT)
        stored = [self._save_one(found.article, result, run) for found, result in results]
        transaction.set_rollback(True)
        return [self._unless_rehearsed(found.article, each) for (found, _), each in zip(results, stored, strict=True)]

    def _unless_rehearsed(self, article: ArticleText, stored: Stored) -> Stored:
        """Correct ``stored`` by what earlier batches of this rehearsal would have left in the store."""
        if stored.outcome not in (Outcome.IMPORTED, Outcome.SUPERSEDING):
            return stored
        digest = Article.digest(article.text)
        if digest in self._rehearsed:
            return Stored(Outcome.UNCHANGED)
        outcome = Outcome.SUPERSEDING if article.url in self._rehearsed else stored.outcome
        self._rehearsed |= {digest, article.url}
        return Stored(outcome, stored.stances)


def _failures(stored: Iterable[tuple[str, Stored]]) -> list[Failure]:
    return [Failure(where, each.reason) for where, each in stored if each.outcome is Outcome.FAILED]
