"""The log of a run, and how a killed one is told from one that is at work."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from claims.extraction.types import Failure
from claims.ingest.runs import RunLog, end_killed_runs, this_process
from claims.models import Run, RunFailure

pytestmark = pytest.mark.django_db


def running(process: str) -> Run:
    return Run.objects.create(kind=Run.Kind.IMPORT, process=process)


def state(run: Run) -> str:
    run.refresh_from_db()
    return run.state


def test_a_run_says_what_ran_and_how_it_ended() -> None:
    log = RunLog(Run.Kind.IMPORT)
    assert state(log.run) == "running"
    log.beat({"seen": 2, "failed": 1}, "en_x", "1.2")
    log.fail([Failure("a.txt", "the file is empty")])
    log.end(Run.State.FINISHED)
    run = Run.objects.get()
    assert (run.state, run.counts) == ("finished", {"failed": 1, "seen": 2})
    assert (run.pipeline_name, run.pipeline_version, run.process) == ("en_x", "1.2", this_process())
    assert run.ended is not None
    assert [(failure.where, failure.reason, failure.details) for failure in run.failures.all()] == [
        ("a.txt", "the file is empty", "")
    ]


def test_a_long_reason_is_cut_and_kept_whole_in_the_details() -> None:
    log = RunLog(Run.Kind.IMPORT)
    log.fail([Failure("x" * 2000, "because " * 100), Failure("", "nameless")])
    long, nameless = RunFailure.objects.order_by("pk")
    assert (len(long.where), len(long.reason), long.details) == (1000, 300, "because " * 100)
    assert nameless.where == "(no name)"


def test_a_run_whose_process_is_gone_is_interrupted() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    machine, _, _ = this_process().split(" ")
    dead = running(f"{machine} {gone.pid} 1")
    # The number was given to another process since.
    reused = running(f"{machine} {os.getpid()} 1")
    assert end_killed_runs() == 2
    assert (state(dead), state(reused)) == ("interrupted", "interrupted")
    assert dead.ended == dead.beat


def test_a_process_that_nobody_buried_yet_is_gone() -> None:
    machine = this_process().split(" ")[0]
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        start = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[19]
        run = running(f"{machine} {child.pid} {start}")
        assert end_killed_runs() == 0
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert end_killed_runs() == 1
    assert state(run) == "interrupted"


def test_a_run_that_is_at_work_is_left_alone() -> None:
    mine = running(this_process())
    finished = running("x")
    Run.objects.filter(pk=finished.pk).update(state="finished", ended=timezone.now())
    assert end_killed_runs() == 0
    assert (state(mine), state(finished)) == ("running", "finished")


@pytest.mark.parametrize(("minutes", "expected"), [(59, "running"), (61, "interrupted")])
def test_a_run_on_another_machine_is_interrupted_when_it_has_been_silent_for_an_hour(
    minutes: int, expected: str
) -> None:
    elsewhere = running("elsewhere 1 1")
    silent = timezone.now() - timedelta(minutes=minutes)
    Run.objects.filter(pk=elsewhere.pk).update(beat=silent, started=silent)
    end_killed_runs()
    assert state(elsewhere) == expected
