"""Rows of any model, written a hundred thousand at a time without making an object of each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from django.core.management.color import no_style
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

AT_ONCE: Final = 20_000

Row = Mapping[str, Any]


def insert(model: type[models.Model], rows: Iterable[Row], connection: BaseDatabaseWrapper) -> int:
    """Write ``rows`` into the table of ``model`` and give their number; each chunk is a transaction of its own.

    A row maps names of columns to plain values: keys, texts, numbers, booleans, days, None. What it leaves out gets the
    field's default. The database checks constraints and triggers as ever; nothing else does.

    Raises ``django.db.IntegrityError`` where a row breaks a rule.
    """
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    defaults = {field.column: _default(field) for field in fields}
    columns = list(defaults)
    number = 0
    iterator = iter(rows)
    while chunk := list(islice(iterator, AT_ONCE)):
        values = [[row[column] if column in row else defaults[column] for column in columns] for row in chunk]
        with transaction.atomic(using=connection.alias):
            _write(model._meta.db_table, columns, values, connection)
        number += len(chunk)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
    return number


def _write(table: str, columns: list[str], values: list[list[Any]], connection: BaseDatabaseWrapper) -> None:
    named = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            driver: Any = cursor
            with (
                connection.wrap_database_errors,
                driver.copy(f"COPY {connection.ops.quote_name(table)} ({named}) FROM STDIN") as copy,
            ):
                for row in values:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        written = [[_for_sqlite(value) for value in row] for row in values]
        # The names are the model's own.
        cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({named}) VALUES ({marks})", written)  # noqa: S608


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return timezone.make_naive(value, dt.UTC).isoformat(sep=" ")
    return value.isoformat() if isinstance(value, dt.date) else value


def _default(field: models.Field[Any, Any]) -> Any:
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        return timezone.now()
    value = field.get_default()
    return json.dumps(value) if isinstance(field, models.JSONField) else value
