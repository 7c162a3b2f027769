"""SQLite's write-ahead log, switched on by whoever opens a file first."""

from __future__ import annotations

import multiprocessing
import sqlite3
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from stancetracker.settings import database

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]

# Four programs that meet as often as this lost one of them on nearly every run when none tried again.
TOGETHER = 4
ATTEMPTS = 12
FORK = multiprocessing.get_context("fork")


def new_file(path: Path) -> BaseDatabaseWrapper:
    """A connection to a file as a backup leaves it, without the log."""
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE word (word TEXT)")
    file.close()
    return ConnectionHandler({"default": database(f"sqlite:///{path}")})["default"]


def use(path: Path, start: Barrier, ends: Any) -> None:
    """Open the file at ``path`` when all others do, and say in ``ends`` in which mode, or what was wrong."""
    connection = ConnectionHandler({"default": database(f"sqlite:///{path}")})["default"]
    start.wait()
    try:
        with connection.cursor() as cursor:
            ends.put(cursor.execute("PRAGMA journal_mode").fetchone()[0])
    except OperationalError as error:
        ends.put(str(error))


def test_a_database_file_is_written_ahead_from_its_first_use(tmp_path: Path) -> None:
    connection = new_file(tmp_path / "new.sqlite3")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_programs_that_are_first_at_the_same_time_wait_for_each_other(tmp_path: Path) -> None:
    for attempt in range(ATTEMPTS):
        path = tmp_path / f"{attempt}.sqlite3"
        new_file(path)
        start, ends = FORK.Barrier(TOGETHER), FORK.SimpleQueue()
        programs = [FORK.Process(target=use, args=(path, start, ends)) for _ in range(TOGETHER)]
        for program in programs:
            program.start()
        assert [ends.get() for _ in programs] == ["wal"] * TOGETHER
        for program in programs:
            program.join()


def test_a_file_that_stays_locked_is_an_error(tmp_path: Path, settings: Any) -> None:
    settings.LOCK_WAIT_SECONDS = 0
    connection = new_file(tmp_path / "locked.sqlite3")
    connection.settings_dict["OPTIONS"]["timeout"] = 0
    other = sqlite3.connect(tmp_path / "locked.sqlite3")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(OperationalError, match="locked"):
        connection.ensure_connection()
    other.close()
    connection.close()
