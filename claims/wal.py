"""SQLite's write-ahead log, switched on for each database file that is opened."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

PAUSE_SECONDS = 0.02


def write_ahead(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Have ``connection``, just opened, write ahead: readers and the one writer then don't wait for each other.

    A file keeps the mode once it has it. A new file, and one restored from a backup, does not: the first to open it
    switches it over, and where two are first at once, SQLite refuses one of them at once, however long it is set to
    wait. That one tries again. Raises ``OperationalError`` if it is still refused after ``LOCK_WAIT_SECONDS``.
    """
    if connection.vendor != "sqlite":
        return
    end = time.monotonic() + settings.LOCK_WAIT_SECONDS
    while True:
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode=WAL")
            return
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
        time.sleep(PAUSE_SECONDS)
