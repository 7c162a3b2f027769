"""Rules of the data model that need a trigger, on SQLite and PostgreSQL alike.

They hold for everybody who writes to the database, not only for this program:

- the words of a stance's evidence are the article's own, and the offsets of chain links and addressees lie in it;
- the text of an article never changes, and has no NUL (PostgreSQL can't store one, SQLite would stop reading there);
- judgements are only ever added;
- the slug that an actor or a topic had stays its own: it is kept as a former slug, and no other row may take it.

On SQLite they also keep the indexes of words (stances, claims, names, articles); PostgreSQL does that by itself.

A violation raises ``django.db.IntegrityError``.

Triggers stand outside the migrations on purpose. SQLite changes a table by building a new one, which loses the table's
triggers and fails while triggers of other tables name it; PostgreSQL refuses to change a column that a trigger names.
So each ``migrate`` takes them away before it changes anything and puts them back, as defined here, at its end.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.triggers import postgresql, sqlite

__all__ = ["install", "missing", "on_migrated", "on_migrating", "remove"]

TABLES = (
    "claims_article",
    "claims_stance",
    "claims_chainlink",
    "claims_addressee",
    "claims_judgement",
    "claims_claim",
    "claims_actor",
    "claims_alias",
    "claims_topic",
    "claims_formerslug",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers, in place of earlier definitions; nothing happens before the tables are there."""
    if not set(TABLES) <= set(connection.introspection.table_names()):
        return
    remove(connection)
    with connection.cursor() as cursor:
        for statement in _vendor(connection).creation():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop those of the triggers that exist."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for statement in _vendor(connection).removal(tables):
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that the database lacks, sorted."""
    vendor = _vendor(connection)
    with connection.cursor() as cursor:
        cursor.execute(vendor.LIST)
        found = {row[0] for row in cursor.fetchall()}
    return sorted(set(vendor.NAMES) - found)


def on_migrating(*, using: str, plan: list[Any], **kwargs: object) -> None:
    """Take the triggers away before migrations change tables (receives ``pre_migrate``)."""
    if plan:
        remove(connections[using])


def on_migrated(*, using: str, **kwargs: object) -> None:
    """Put the triggers back (receives ``post_migrate``)."""
    install(connections[using])


def _vendor(connection: BaseDatabaseWrapper) -> Any:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
