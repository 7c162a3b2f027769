"""Workers that die, hang or cannot start cost no article but the one at fault."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from claims.extraction.types import ActorFact, ActorKind, BatchResult
from claims.ingest.recipe import Recipe
from claims.ingest.workers import Job, Limits, OwnProcess, Workers, WorkersError, in_batches
from tests.ingest.articles import article

LINES = "tests.ingest.engines.LineEngine"
QUICK = Limits(batch_seconds=2.0, thousand_seconds=0.0)


def recipe(maker: str = LINES) -> Recipe:
    return Recipe(maker, actors=(ActorFact("putin", "Putin", ActorKind.PERSON),))


def jobs(*bodies: str) -> list[Job[int]]:
    return [(place, article(body, name=str(place))) for place, body in enumerate(bodies)]


def read(workers: Workers | OwnProcess, batches: Sequence[Sequence[Job[int]]]) -> dict[int, BatchResult]:
    results: dict[int, BatchResult] = {}
    for place, result in workers.results(batches):
        assert place not in results
        assert result.name == str(place)
        results[place] = result
    return results


def outcome(result: BatchResult) -> str:
    return result.failure.reason if result.failure else f"{len(result.stances)} stances"


def is_gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def until(condition: object, seconds: float = 10.0) -> bool:
    assert callable(condition)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_every_article_has_its_result(processes: int) -> None:
    bodies = [f"Putin says number {place}." for place in range(9)]
    workers = Workers(recipe(), processes) if processes else OwnProcess(recipe())
    results = read(workers, [jobs(*bodies)[start : start + 2] for start in range(0, 9, 2)])
    assert sorted(results) == list(range(9))
    for place, result in results.items():
        (stance,) = result.stances
        content = jobs(*bodies)[place][1].text[slice(*stance.content)]
        assert (content, stance.actor.slug) == (f"number {place}", "putin")
    assert (workers.pipeline_name, workers.pipeline_version) == ("en_lines", "1.0")


def test_no_batch_starts_no_worker() -> None:
    assert read(Workers(recipe(f"{__name__}.Missing"), 2), []) == {}


def test_an_article_that_kills_its_worker_costs_only_itself() -> None:
    bodies = ["Putin says one.", "!kill", "Putin says three.", "Putin says four."]
    results = read(Workers(recipe(), 1, QUICK), [jobs(*bodies)])
    assert [outcome(results[place]) for place in range(4)] == [
        "1 stances",
        "extraction ended its worker (signal 9), 3 times",
        "1 stances",
        "1 stances",
    ]


def test_an_article_that_hangs_costs_only_itself() -> None:
    limits = Limits(batch_seconds=0.5, thousand_seconds=0.0, attempts=2)
    results = read(Workers(recipe(), 2, limits), [jobs("Putin says one.", "!hang", "Putin says three.")])
    assert [outcome(results[place]) for place in range(3)] == [
        "1 stances",
        "extraction took longer than 0 seconds, 2 times",
        "1 stances",
    ]


def test_an_article_whose_worker_was_killed_from_outside_is_read_in_the_end(tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    results = read(Workers(recipe(), 1, QUICK), [jobs(f"!kill_once {mark}\nPutin says one.", "Putin says two.")])
    assert mark.exists()
    assert [outcome(results[place]) for place in range(2)] == ["1 stances", "1 stances"]


def test_an_article_that_breaks_the_engine_fails_and_the_worker_goes_on() -> None:
    results = read(Workers(recipe(), 1), [jobs("!break", "Putin says two.")])
    assert [outcome(results[place]) for place in range(2)] == ["extraction broke", "1 stances"]


def test_a_worker_that_has_read_enough_is_replaced() -> None:
    workers = Workers(recipe("tests.ingest.engines.NumberedEngine"), 1, Limits(articles=2))
    results = read(workers, [[job] for job in jobs(*["x"] * 6)])
    processes = [result.failure.reason for _, result in sorted(results.items()) if result.failure]
    assert len(processes) == 6
    assert len(set(processes)) == 3


def test_a_worker_that_holds_too_much_memory_is_replaced() -> None:
    workers = Workers(recipe("tests.ingest.engines.NumberedEngine"), 1, Limits(memory=1))
    results = read(workers, [[job] for job in jobs(*["x"] * 3)])
    assert len({outcome(result) for result in results.values()}) == 3


@pytest.mark.parametrize("processes", [0, 1])
def test_an_engine_that_cannot_be_made_is_an_error_that_says_why(processes: int) -> None:
    made = recipe("tests.ingest.engines.BrokenEngine")
    workers = Workers(made, processes) if processes else OwnProcess(made)
    with pytest.raises(WorkersError, match="OSError: no such pipeline"):
        read(workers, [jobs("x")])


def test_workers_that_die_before_they_are_ready_are_an_error() -> None:
    with pytest.raises(WorkersError, match=r"do not start: the last one ended its worker \(signal 9\)"):
        read(Workers(recipe("tests.ingest.engines.DyingEngine"), 2), [jobs("x"), jobs("y")])


def test_ending_early_ends_the_workers() -> None:
    workers = Workers(recipe("tests.ingest.engines.NumberedEngine"), 2)
    results = workers.results([[job] for job in jobs("x", "y", "z")])
    _, first = next(results)
    process = int(outcome(first))
    assert not is_gone(process)
    results.close()
    assert is_gone(process)


def test_workers_end_when_their_parent_is_killed() -> None:
    program = (
        "from tests.ingest.test_workers import *\n"
        "import time\n"
        "if __name__ == '__main__':\n"
        "    maker = recipe('tests.ingest.engines.NumberedEngine')\n"
        "    for _, result in Workers(maker, 1).results([[job] for job in jobs('x', '!hang')]):\n"
        "        print(outcome(result), flush=True)\n"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "stancetracker.settings", "PYTHONPATH": str(Path.cwd())}
    program = "import django; django.setup()\n" + program
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert not is_gone(worker)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert until(lambda: is_gone(worker))


def test_batches_are_full_but_not_too_long() -> None:
    long = article("x" * 150_000)
    sizes = [len(batch) for batch in in_batches([(0, long), (1, long), *jobs(*["x"] * 5)], 3)]
    assert sizes == [2, 3, 2]
