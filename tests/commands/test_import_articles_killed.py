"""``manage.py import_articles`` in processes of its own: killed, interrupted and two at once.

Whatever happens, each article is stored whole or not at all, and the next run completes the work: the store is then
the same as if nothing had happened.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.ingest.articles import write_articles
from tests.ingest.stores import SharedStore, dump, share

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLES = 60
KILLS = 20
SEED = 20211230
OPTIONS = ("--batch-size=3", "--verbosity=0")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_articles(tmp_path / "articles", ARTICLES, slow=True)
    return tmp_path / "articles"


def number(store: SharedStore, table: str, where: str = "1 = 1") -> int:
    return int(store.query(f"SELECT count(*) FROM claims_{table} WHERE {where}")[0][0])


def states(store: SharedStore) -> list[str]:
    return [state for (state,) in store.query("SELECT state FROM claims_run ORDER BY id")]


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def undisturbed(store: SharedStore, folder: Path) -> dict[str, list[str]]:
    """What ``store`` holds after an import that nothing disturbs."""
    assert finish(store.start(*OPTIONS, "--processes=0", str(folder)))[0] == 0
    assert number(store, "article") == ARTICLES
    assert number(store, "stance") > ARTICLES
    dumped = dump(store.query)
    store.clear()
    return dumped


def faults(store: SharedStore, whole: dict[str, list[str]]) -> list[str]:
    """What is wrong with a store that an import was killed on: nothing, if each article in it is whole."""
    found = []
    if connection.vendor == "sqlite":
        found += [f"quick_check: {row}" for (row,) in store.query("PRAGMA quick_check") if row != "ok"]
        found += [f"foreign key: {row}" for row in store.query("PRAGMA foreign_key_check")]
    dumped = dump(store.query)
    stored = {row.split('"')[1] for row in dumped["articles"]}
    for table in ("articles", "stances", "chain", "addressees"):
        expected = [row for row in whole[table] if row.split('"')[1] in stored]
        if dumped[table] != expected:
            found.append(f"{table} of the stored articles: {len(dumped[table])}, not {len(expected)}")
    found += [f"{table} that are none" for table in ("outlets",) if not set(dumped[table]) <= set(whole[table])]
    orphans = number(store, "claim", "id NOT IN (SELECT claim_id FROM claims_stance WHERE claim_id IS NOT NULL)")
    found += [f"claims without a stance: {orphans}"] if orphans else []
    return found


def accounted(store: SharedStore) -> int:
    """How many articles all runs together say they imported."""
    rows: Sequence[tuple[Any, ...]] = store.query("SELECT counts FROM claims_run")
    return sum(_counts(counts).get("imported", 0) for (counts,) in rows)


def _counts(value: Any) -> dict[str, int]:
    counts: dict[str, int] = json.loads(value) if isinstance(value, str) else value
    return counts


def kill_somewhere(store: SharedStore, folder: Path, dice: random.Random) -> str:
    """Start an import and kill it at a random moment, early or when it has stored so many articles more; say when."""
    processes = dice.choice((0, 0, 1))
    more = dice.randint(0, 7)
    process = store.start(*OPTIONS, f"--processes={processes}", str(folder))
    goal = number(store, "article") + more
    end = time.monotonic() + 60
    if more:
        while number(store, "article") < goal and process.poll() is None and time.monotonic() < end:
            time.sleep(0.002)
        delay = dice.uniform(0, 0.05)
    else:
        delay = dice.uniform(0, 0.8)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return f"{processes} processes, {more} articles and {delay:.3f} s later"


def test_an_import_killed_at_any_moment_leaves_whole_articles_and_is_completed(tmp_path: Path, folder: Path) -> None:
    whole = undisturbed(share(tmp_path, "undisturbed"), folder)
    store = share(tmp_path, "killed")
    dice = random.Random(SEED)
    moments, stored = [], []
    for _ in range(KILLS):
        moments.append(kill_somewhere(store, folder, dice))
        stored.append(number(store, "article"))
        assert faults(store, whole) == [], moments
        assert accounted(store) == stored[-1], moments
    # The kills came in the middle of the work, not only before or after it.
    assert len({count for count in stored if 0 < count < ARTICLES}) >= 5, list(zip(moments, stored, strict=True))
    status, out, _ = finish(store.start(*OPTIONS, str(folder)))
    assert (status, "Everything" in out) == (0, stored[-1] == ARTICLES)
    assert dump(store.query) == whole
    assert accounted(store) == ARTICLES
    assert set(states(store)[:-1]) <= {"interrupted", "finished"}
    assert states(store)[-1] == "finished"


def test_two_imports_at_once_store_each_article_once(tmp_path: Path, folder: Path) -> None:
    whole = undisturbed(share(tmp_path, "undisturbed"), folder)
    store = share(tmp_path, "shared")
    both = [store.start(*OPTIONS, f"--processes={processes}", str(folder)) for processes in (0, 1)]
    ended = [finish(process) for process in both]
    assert [(status, err) for status, _, err in ended] == [(0, ""), (0, "")]
    assert dump(store.query) == whole
    assert accounted(store) == ARTICLES
    assert states(store) == ["finished", "finished"]


@pytest.mark.parametrize("number_of_signal", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("processes", [0, 2])
def test_an_interrupted_import_says_how_to_go_on(
    tmp_path: Path, folder: Path, number_of_signal: signal.Signals, processes: int
) -> None:
    store = share(tmp_path, "interrupted")
    process = store.start(*OPTIONS, f"--processes={processes}", str(folder))
    while number(store, "article") == 0 and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(number_of_signal)
    status, _, err = finish(process)
    assert (status, err) == (
        130,
        "CommandError: Interrupted. What was stored stays; run the same command again to go on.\n",
    )
    assert states(store) == ["interrupted"]
    assert 0 < accounted(store) == number(store, "article") < ARTICLES


def test_a_run_that_is_at_work_is_not_taken_for_killed(tmp_path: Path, folder: Path) -> None:
    store = share(tmp_path, "busy")
    working = store.start(*OPTIONS, "--processes=0", str(folder))
    while number(store, "run") == 0 and working.poll() is None:
        time.sleep(0.005)
    other = finish(store.start(*OPTIONS, "--processes=0", "--limit=0", str(folder)))
    assert other[0] == 0
    assert states(store) == ["running", "finished"]
    assert finish(working)[0] == 0
    assert states(store) == ["finished", "finished"]
