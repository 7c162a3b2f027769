"""What pages ask the database, and what that costs beside the bare indexed queries."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from claims.scale.plans import reads_by_index

#: How often each question is asked and each page opened; the median counts.
TIMES: Final = 5


@dataclass(frozen=True, slots=True)
class Query:
    """One question to the database: its SQL with the driver's placeholders, and the values for them."""

    sql: str
    values: Any = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page to open: its name, its address, and the bare queries it is held against, if these are not its own."""

    name: str
    address: str
    bare: Sequence[Query] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page costs.

    ``queries`` is the number of its questions to the database, session and user included. ``asked`` is the time that
    they take, ``indexed`` that of the bare indexed queries, and ``whole`` that of the whole answer, in seconds.
    ``scans`` are those of its questions that read a big table from end to end.
    """

    page: str
    queries: int
    asked: float
    indexed: float
    whole: float
    scans: tuple[str, ...]

    @property
    def ratio(self) -> float:
        """How many times the time of the bare indexed queries its questions take."""
        return self.asked / self.indexed if self.indexed else float("inf")


class PageError(Exception):
    """A page did not open."""


def cost_of(page: Page, client: Client, connection: BaseDatabaseWrapper) -> Cost:
    """Open ``page`` as ``client`` again and again and measure. Raises ``PageError`` where it answers anything but 200.

    The bare indexed queries of a page are those given with it. Where none are, they are those of its own questions that
    the database answers by way of an index: what a page asks beyond them, by reading whole tables, tells against it.
    """
    _open(page, client)
    with _noted(connection) as queries:
        _open(page, client)
    seconds = [_time(query, connection) for query in queries]
    by_index = [reads_by_index(query.sql, query.values, connection) for query in queries]
    if page.bare:
        indexed = sum(_time(query, connection) for query in page.bare)
    else:
        indexed = sum(taken for taken, is_indexed in zip(seconds, by_index, strict=True) if is_indexed)
    return Cost(
        page=page.name,
        queries=len(queries),
        asked=sum(seconds),
        indexed=indexed,
        whole=_median(lambda: _open(page, client)),
        scans=tuple(query.sql for query, is_indexed in zip(queries, by_index, strict=True) if not is_indexed),
    )


@contextmanager
def _noted(connection: BaseDatabaseWrapper) -> Iterator[list[Query]]:
    """The SELECTs that are run meanwhile."""
    found: list[Query] = []

    def note(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            found.append(Query(sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(note):
        yield found


def _open(page: Page, client: Client) -> None:
    response = client.get(page.address)
    if response.status_code != 200:
        raise PageError(f"{page.name} ({page.address}) answers {response.status_code}.")
    if getattr(response, "streaming", False):
        for _ in response:
            pass


def _time(query: Query, connection: BaseDatabaseWrapper) -> float:
    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(query.sql, query.values)
            cursor.fetchall()

    ask()
    return _median(ask)


def _median(do: Callable[[], None]) -> float:
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        do()
        taken.append(time.perf_counter() - start)
    return median(taken)
