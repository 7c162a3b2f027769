"""The log of a run: one row that says what ran and how it ended, and one for each failure."""

from __future__ import annotations

import os
import socket
import tomllib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from claims.extraction.types import Failure
from claims.models import Run, RunFailure, limits

#: A run on another machine is taken for killed after so long without a sign of life; no batch takes nearly as long.
SILENCE = timedelta(hours=1)


class RunLog:
    """One run, from its start to its end."""

    def __init__(self, kind: Run.Kind) -> None:
        self.run = Run.objects.create(kind=kind, process=this_process(), code_version=code_version())

    def beat(self, counts: Mapping[str, int], pipeline_name: str, pipeline_version: str) -> None:
        """Write ``counts`` and a sign of life; meant for the transaction that writes what they count."""
        self.run.counts = dict(sorted(counts.items()))
        self.run.beat = timezone.now()
        self.run.pipeline_name = pipeline_name[: limits.NAME]
        self.run.pipeline_version = pipeline_version[: limits.VERSION]
        self.run.save(update_fields=["counts", "beat", "pipeline_name", "pipeline_version"])

    def fail(self, failures: Iterable[Failure]) -> None:
        """Add a row for each of ``failures``."""
        RunFailure.objects.bulk_create(
            [
                RunFailure(
                    run=self.run,
                    where=failure.where[: limits.PLACE] or "(no name)",
                    reason=failure.reason[: limits.REASON],
                    details=failure.reason[: limits.DETAILS] if len(failure.reason) > limits.REASON else "",
                )
                for failure in failures
            ]
        )

    def end(self, state: Run.State) -> None:
        """Close the run in ``state``."""
        self.run.state = state
        self.run.ended = timezone.now()
        self.run.save(update_fields=["state", "ended"])


def end_killed_runs() -> int:
    """Mark as interrupted all runs that say they are running although their process is gone; how many."""
    ended = 0
    for run in Run.objects.filter(state=Run.State.RUNNING).order_by("pk"):
        if _is_gone(run):
            ended += Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).update(
                state=Run.State.INTERRUPTED, ended=max(run.beat, run.started)
            )
    return ended


def code_version() -> str:
    """The version of this software, as pyproject.toml has it; "" where that file is not beside it."""
    try:
        project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    except OSError:
        return ""
    return str(project["project"]["version"])[: limits.VERSION]


def this_process() -> str:
    """The machine, the number and the start of this process; together no other process ever has them."""
    return process_of(os.getpid())


def process_of(number: int) -> str:
    """The same of the process of this machine with that number."""
    return f"{socket.gethostname()[:100]} {number} {_start(number)}"


def _is_gone(run: Run) -> bool:
    machine, _, rest = run.process.partition(" ")
    number, _, start = rest.partition(" ")
    if machine == socket.gethostname()[:100] and number.isdigit():
        return _start(int(number)) != start
    return timezone.now() - run.beat > SILENCE


def _start(number: int) -> str:
    """When the process ``number`` began, in the system's ticks; "" if there is none (or the system does not tell)."""
    try:
        # The name, in parentheses, may hold anything; the fields behind it are numbers.
        fields = Path(f"/proc/{number}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return "" if not _exists(number) else "running"
    # One that was killed but not yet buried by its parent is gone as well.
    return "" if fields[0] == "Z" else fields[19]


def _exists(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
