"""One worker process: what it does at its end of the pipe, and how its parent holds the other."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from claims.extraction.types import ArticleText, BatchResult
from claims.ingest.recipe import Recipe

if TYPE_CHECKING:
    Pipe: TypeAlias = connection.Connection[Any, Any]

#: Each worker gets one core; the libraries below it would otherwise start a thread for every core of the machine.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker's first message: it waits for batches and reads them with this pipeline."""

    pipeline_name: str
    pipeline_version: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The worker's only message if it cannot make its engine."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """The worker's answer to a batch; ``leaving`` if it ends now, for another to take its place."""

    results: Sequence[BatchResult]
    leaving: bool


class Worker:
    """A worker as its parent sees it. It has ``seconds`` to get ready, then as long as each batch is given."""

    def __init__(self, recipe: Recipe, *, articles: int, memory: int, seconds: float) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=serve, args=(theirs, recipe, articles, memory), daemon=True
        )
        with _one_thread():
            self._process.start()
        # With our copy closed, the end of the process is the end of the pipe.
        theirs.close()
        self.ready = False
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds

    def give(self, batch: Sequence[ArticleText], seconds: float) -> None:
        """Send ``batch``, to be read within ``seconds``."""
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds
        # A worker that is gone already is noticed when its answer is waited for.
        with contextlib.suppress(OSError):
            self.pipe.send(list(batch))

    def hear(self) -> Ready | Broken | Done | None:
        """Its next message; None if it died."""
        try:
            message: Ready | Broken | Done = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return message

    def end(self, patience: float = 0.0) -> str:
        """End the process, at once or when it did not end by itself within ``patience`` seconds; say how it ended."""
        self.pipe.close()
        self._process.join(patience)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        code = self._process.exitcode or 0
        self._process.close()
        return f"signal {-code}" if code < 0 else f"exit status {code}"


def serve(pipe: Pipe, recipe: Recipe, articles: int, memory: int) -> None:
    """Read the batches that come through ``pipe`` and answer each, until it closes.

    The worker ends by itself after ``articles`` articles, or when it holds more than ``memory`` bytes.
    """
    _settle()
    try:
        engine = recipe.make()
    except Exception as error:
        pipe.send(Broken(f"{type(error).__name__}: {error}"))
        return
    pipe.send(Ready(engine.pipeline_name, engine.pipeline_version))
    read = 0
    leaving = False
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while not leaving:
            batch: list[ArticleText] = pipe.recv()
            results = engine.read(batch)
            read += len(batch)
            leaving = read >= articles or held() > memory
            pipe.send(Done(results, leaving))


def held() -> int:
    """The bytes of memory that this process holds; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """Let a process started meanwhile compute in one thread, unless the environment says otherwise."""
    added = [name for name in _ONE_THREAD if name not in os.environ]
    os.environ.update(dict.fromkeys(added, "1"))
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


def _settle() -> None:
    """Leave Ctrl-C to the parent, go when it is gone, and be the one to die when memory runs out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        # Not sys.exit, which a batch that never ends would not let through.
        os._exit(1)
