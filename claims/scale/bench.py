"""Pages timed over a large store, on SQLite and on PostgreSQL, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final, TypedDict

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from claims.scale.measure import Cost, Page, cost_of
from claims.scale.pages import BUDGET, MOST
from claims.scale.postgresql import find_binaries, temporary_server

#: The databases that can be measured.
DATABASES: Final = ("sqlite", "postgresql")
#: Whose window the pages are opened in: a lead sees every page.
READER: Final = "made-up-lead"


class Figures(TypedDict):
    """What one page costs on one database: its queries, and their time over that of the bare indexed queries."""

    page: str
    database: str
    queries: int
    ratio: float


class BenchError(Exception):
    """A database could not be measured, with the reason in words."""


def reader() -> Client:
    """A signed-in lead's browser."""
    user, _created = get_user_model().objects.get_or_create(username=READER, defaults={"is_staff": True})
    user.groups.add(Group.objects.get(name="lead"))
    client = Client(SERVER_NAME=str(settings.ALLOWED_HOSTS[0]).lstrip("."))
    client.force_login(user)
    return client


def measure(
    pages: list[Page], connection: BaseDatabaseWrapper, watch: Callable[[], None] = lambda: None
) -> Iterator[tuple[Figures, Cost]]:
    """The figures of each of ``pages`` on the database behind ``connection``; ``watch`` is called after each.

    Raises ``PageError`` where a page does not open.
    """
    client = reader()
    for page in pages:
        cost = cost_of(page, client, connection)
        watch()
        figures = Figures(page=page.name, database=connection.vendor, queries=cost.queries, ratio=round(cost.ratio, 2))
        yield figures, cost


def too_costly(figures: Figures) -> str:
    """What is wrong with a page's ``figures``, in words; "" where nothing is."""
    wrong = []
    if figures["queries"] > BUDGET.get(figures["page"], 0):
        wrong.append(f"{figures['queries']} queries, and the budget is {BUDGET.get(figures['page'], 0)}")
    if figures["ratio"] > MOST:
        wrong.append(f"{figures['ratio']} times the bare indexed queries, and {MOST:g} is the most")
    return "; ".join(wrong)


def run_beside(database: str, stances: int, actors: int) -> list[Figures]:
    """Make a large store on ``database``, of ``DATABASES``, measure its pages there, and throw it away.

    The work is done by ``manage.py`` in a process of its own, whose progress shows on this one's standard error.
    Raises ``BenchError`` where the machine has no such database or the process fails.
    """
    with ExitStack() as stack:
        if database == "sqlite":
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="stancetracker-bench-"))
            url = f"sqlite:///{Path(folder) / 'large.sqlite3'}"
        else:
            binaries = find_binaries()
            if binaries is None:
                raise BenchError("There is no PostgreSQL on this machine (Debian: apt-get install postgresql).")
            url = stack.enter_context(temporary_server(binaries))
        _manage(url, "migrate", "--verbosity", "0")
        _manage(url, "make_stances", "--stances", str(stances), "--actors", str(actors))
        found: list[Figures] = json.loads(_manage(url, "bench", "pages", "--here", "--json"))
    return found


def _manage(url: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - this program's own command
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        check=False,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DATABASE_URL": url, "DEBUG": "true"},
    )
    # 1 tells that a page costs too much: its figures are there all the same.
    if done.returncode and not done.stdout.startswith("["):
        raise BenchError(f"manage.py {' '.join(arguments)} ended with exit status {done.returncode}.")
    return done.stdout
