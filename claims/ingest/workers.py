"""Reads batches of articles in worker processes that are watched, replaced and given their work again.

spaCy's own ``nlp.pipe(n_process=...)`` waits for ever for a worker that was killed. Here a worker that dies or hangs is
replaced. The articles of its batch are read again one by one, so that the one at fault is found: it fails after
``Limits.attempts`` attempts and the others are read.
"""

from __future__ import annotations

import collections
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import connection
from typing import Generic, Protocol, TypeVar

from claims.extraction.types import ArticleText, BatchResult, Failure
from claims.ingest.recipe import Recipe
from claims.ingest.worker import Broken, Done, Ready, Worker

T = TypeVar("T")

#: Whatever the caller wants back with the result, and an article.
Job = tuple[T, ArticleText]
Results = Generator[tuple[T, BatchResult], None, None]

#: So many workers in a row that die before they are ready, and none will ever be.
_FALSE_STARTS = 3


#: A batch is closed at so many characters too, so that long articles don't make long batches.
_BATCH_CHARACTERS = 200_000


def in_batches(jobs: Iterable[Job[T]], size: int) -> Iterator[list[Job[T]]]:
    """``jobs`` in batches of at most ``size`` articles, fewer where they are long; no batch is empty."""
    batch: list[Job[T]] = []
    characters = 0
    for job in jobs:
        batch.append(job)
        characters += len(job[1].text)
        if len(batch) >= size or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


class WorkersError(Exception):
    """No worker can be brought to work at all; ``str(error)`` says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how far a worker may go.

    A batch may take ``batch_seconds``, and ``thousand_seconds`` more for each thousand characters: some fifty times
    what it takes on an idle core. After ``articles`` articles, or with more than ``memory`` bytes, a worker is
    replaced, since libraries keep a little of every text they saw.
    """

    load_seconds: float = 300.0
    batch_seconds: float = 60.0
    thousand_seconds: float = 1.0
    attempts: int = 3
    articles: int = 50_000
    memory: int = 1_500 * 1024 * 1024

    def seconds(self, batch: Iterable[ArticleText]) -> float:
        """The time that ``batch`` may take."""
        characters = sum(len(article.text) for article in batch)
        return self.batch_seconds + self.thousand_seconds * characters / 1000


class Reader(Protocol):
    """What reads batches of articles; with which pipeline, is known from the first result on."""

    pipeline_name: str
    pipeline_version: str

    def results(self, batches: Iterable[Sequence[Job[T]]]) -> Results[T]:
        """One result for each job of ``batches``, in any order."""


class OwnProcess:
    """Reads in this process: nothing to start, and nothing to save it from an article that kills or hangs it."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self.pipeline_name = ""
        self.pipeline_version = ""

    def results(self, batches: Iterable[Sequence[Job[T]]]) -> Results[T]:
        """One result for each job, in order. Raises ``WorkersError`` if the engine cannot be made."""
        try:
            engine = self._recipe.make()
        except Exception as error:
            raise WorkersError(f"{type(error).__name__}: {error}") from error
        self.pipeline_name, self.pipeline_version = engine.pipeline_name, engine.pipeline_version
        for batch in batches:
            read = engine.read([article for _, article in batch])
            yield from zip((token for token, _ in batch), read, strict=True)


class Workers:
    """Reads in up to ``processes`` worker processes, started as batches come and ended with the last result."""

    def __init__(self, recipe: Recipe, processes: int, limits: Limits | None = None) -> None:
        self.recipe = recipe
        self.processes = processes
        self.limits = limits or Limits()
        self.pipeline_name = ""
        self.pipeline_version = ""

    def results(self, batches: Iterable[Sequence[Job[T]]]) -> Results[T]:
        """One result for each job, as they are done; a batch is taken when a worker is free for it.

        Raises ``WorkersError`` if workers cannot start. Closing the generator ends the workers.
        """
        crew: _Crew[T] = _Crew(self, iter(batches))
        try:
            while crew.put_to_work():
                yield from crew.collect()
        finally:
            crew.dismiss()


@dataclass(frozen=True, slots=True)
class _Task(Generic[T]):
    """Jobs to be read together, and how often that was tried before."""

    jobs: Sequence[Job[T]]
    tried: int = 0

    @property
    def articles(self) -> list[ArticleText]:
        return [article for _, article in self.jobs]


class _Crew(Generic[T]):
    """The workers of one reading, each with its task, and the tasks that are to be tried again."""

    def __init__(self, owner: Workers, batches: Iterator[Sequence[Job[T]]]) -> None:
        self._owner = owner
        self._batches = batches
        self._again: collections.deque[_Task[T]] = collections.deque()
        self._free: list[Worker] = []
        self._busy: dict[Worker, _Task[T]] = {}
        self._false_starts = 0

    def put_to_work(self) -> bool:
        """Give out tasks as long as there are workers to take them; whether anybody is at work then."""
        while len(self._busy) < self._owner.processes and (task := self._next_task()):
            worker = self._free.pop() if self._free else self._start()
            self._busy[worker] = task
            if worker.ready:
                worker.give(task.articles, self._owner.limits.seconds(task.articles))
        return bool(self._busy)

    def collect(self) -> Results[T]:
        """Wait until a worker answers, dies or runs out of time, and yield the results that this brings."""
        first = min(worker.deadline for worker in self._busy)
        connection.wait([worker.pipe for worker in self._busy], max(0.0, first - time.monotonic()))
        for worker in list(self._busy):
            # Asked anew: the caller may have taken its time with the results before.
            if worker.pipe.poll():
                yield from self._hear(worker)
            elif time.monotonic() >= worker.deadline:
                worker.end()
                yield from self._lose(worker, f"took longer than {worker.seconds:.0f} seconds")

    def dismiss(self) -> None:
        """End all workers, whatever they do."""
        for worker in [*self._free, *self._busy]:
            worker.end()

    def _next_task(self) -> _Task[T] | None:
        if self._again:
            return self._again.popleft()
        batch = next(self._batches, None)
        return None if batch is None else _Task(batch)

    def _start(self) -> Worker:
        limits = self._owner.limits
        return Worker(self._owner.recipe, articles=limits.articles, memory=limits.memory, seconds=limits.load_seconds)

    def _hear(self, worker: Worker) -> Results[T]:
        match worker.hear():
            case Ready(name, version):
                self._owner.pipeline_name, self._owner.pipeline_version = name, version
                self._false_starts = 0
                worker.ready = True
                articles = self._busy[worker].articles
                worker.give(articles, self._owner.limits.seconds(articles))
            case Broken(reason):
                raise WorkersError(reason)
            case Done(results, leaving):
                task = self._busy.pop(worker)
                if leaving:
                    worker.end(patience=5.0)
                else:
                    self._free.append(worker)
                yield from zip((token for token, _ in task.jobs), results, strict=True)
            case None:
                yield from self._lose(worker, f"ended its worker ({worker.end(patience=5.0)})")

    def _lose(self, worker: Worker, how: str) -> Results[T]:
        """Go on without ``worker``: try its task again, article by article, or give up on the one article left."""
        task = self._busy.pop(worker)
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise WorkersError(f"workers do not start: the last one {how}")
            self._again.append(task)
        elif task.tried + 1 < self._owner.limits.attempts:
            self._again.extend(_Task([job], task.tried + 1) for job in task.jobs)
        else:
            for token, article in task.jobs:
                reason = f"extraction {how}, {task.tried + 1} times"
                yield token, BatchResult(article.name, failure=Failure(article.name, reason))
