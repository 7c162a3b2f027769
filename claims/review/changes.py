"""Changing rows so that the change can be taken back: each entry has what a row was before and what it is after.

An entry is plain data, as ``ClaimEdit.changes`` keeps it: ``model`` (its name in lower case), ``pk``, and ``before``
and ``after``, the columns that changed with their values; ``before`` is None for a row that was created. The entry of
a stance also has its ``passage``, by which it is found again after a run has replaced its row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import F, Model
from django.utils import timezone

from claims.models import Stance

Entry = dict[str, Any]
Row = TypeVar("Row", bound=Model)

#: Columns that only ever go up or on, and are no part of what a row says.
VOLATILE = frozenset({"version", "updated"})
PASSAGE = ("article_id", "content_start", "content_end", "cue_start", "cue_end", "actor_as_printed")


class Recorder:
    """Writes to the database and keeps ``entries`` of all it wrote. Meant for use within one transaction."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def create(self, rows: Sequence[Row]) -> None:
        """Insert ``rows``, all of one model."""
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)
            self.entries += [_entry(row, None, columns(row)) for row in rows]

    def update(self, rows: Sequence[Row], values: Mapping[str, Any]) -> None:
        """Set the columns ``values`` (by attribute: ``claim_id``) on ``rows``, all of one model, where they differ."""
        changing = [row for row in rows if any(getattr(row, name) != value for name, value in values.items())]
        if not changing:
            return
        for row in changing:
            before = {name: as_json(getattr(row, name)) for name in values}
            self.entries.append(_entry(row, before, {name: as_json(value) for name, value in values.items()}))
        write(type(changing[0]), [row.pk for row in changing], values)
        for row in changing:
            for name, value in values.items():
                setattr(row, name, value)


def write(model: type[Model], keys: Sequence[int], values: Mapping[str, Any]) -> None:
    """Set ``values`` on the rows of ``model`` with these keys, one version on where rows have versions."""
    names = {field.name for field in model._meta.concrete_fields}
    further: dict[str, Any] = {}
    if "version" in names:
        further["version"] = F("version") + 1
    if "updated" in names:
        further["updated"] = timezone.now()
    model._default_manager.filter(pk__in=keys).update(**values, **further)


def columns(row: Model) -> dict[str, Any]:
    """All columns of ``row`` but its key and those that only go on, in a form that JSON can hold."""
    return {
        field.attname: as_json(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if not field.primary_key and field.attname not in VOLATILE
    }


def as_json(value: object) -> object:
    """``value`` of a column in a form that JSON can hold; days and times become their ISO form."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _entry(row: Model, before: Entry | None, after: Entry) -> Entry:
    entry: Entry = {"model": row._meta.model_name, "pk": row.pk, "before": before, "after": after}
    if isinstance(row, Stance):
        entry["passage"] = {name: getattr(row, name) for name in PASSAGE}
    return entry
