"""Which keys the rows of a file had so far, kept on disk: a file of any size needs no more memory than a small one."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence


class Seen:
    """The keys of the rows of one file, each with the row that had it first.

    They lie in a temporary file of SQLite's, which is gone with this object.
    """

    def __init__(self) -> None:
        # Autocommit: what is in a temporary file needs no transaction, and no journal either.
        self._store = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._store.execute("PRAGMA journal_mode=OFF")
        self._store.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, number INTEGER) WITHOUT ROWID")

    def first(self, columns: Sequence[str], values: Sequence[str]) -> int | None:
        """The row that had ``values`` in ``columns``, None where there was none."""
        found = self._store.execute("SELECT number FROM seen WHERE key = ?", (_digest(columns, values),)).fetchone()
        return found[0] if found else None

    def add(self, columns: Sequence[str], values: Sequence[str], number: int) -> int:
        """Note that row ``number`` has ``values`` in ``columns``; gives the first row that had them."""
        key = _digest(columns, values)
        self._store.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, number))
        first: int = self._store.execute("SELECT number FROM seen WHERE key = ?", (key,)).fetchone()[0]
        return first

    def close(self) -> None:
        """Throw the file away."""
        self._store.close()


def _digest(columns: Sequence[str], values: Sequence[str]) -> bytes:
    return hashlib.blake2b(json.dumps([list(columns), list(values)]).encode(), digest_size=16).digest()
