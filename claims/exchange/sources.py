"""The sources that a stance came through, and whom it was said to, as a column of its table: a list of objects."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from import_export.fields import Field

from claims.exchange.widgets import JsonWidget, OffsetWidget, RelatedWidget
from claims.models import Actor, Addressee, ChainLink

Record = dict[str, Any]


class SourcesField(Field):
    """A column for ``model``, rows that hang on a stance under ``name``, in their order.

    What an import gives stays aside on the instance until the stance itself is stored.
    """

    def __init__(self, name: str, model: type[ChainLink] | type[Addressee]) -> None:
        super().__init__(name, name, JsonWidget())
        self.model = model
        columns = {field.name for field in model._meta.fields}
        self.offsets = tuple(
            f"{span}_{end}" for span in ("mention", "cue") for end in ("start", "end") if f"{span}_{end}" in columns
        )
        self.names = ("actor", "as_printed", *self.offsets, *(("act",) if "act" in columns else ()))
        self._aside = f"_imported_{name}"
        self._actors = RelatedWidget(Actor, "slug")

    def get_value(self, instance: Any) -> list[Record]:
        """What an import gave ``instance``, otherwise what is stored."""
        given: list[Record] | None = instance.__dict__.get(self._aside)
        if given is not None:
            return given
        return self.stored(instance)

    def stored(self, instance: Any) -> list[Record]:
        """What is stored with ``instance``."""
        settled: list[Record] | None = instance.__dict__.get(f"_stored_{self.attribute}")
        if settled is not None:
            return settled
        return [self._record(row) for row in getattr(instance, self.attribute).all()] if instance.pk is not None else []

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Keep what ``row`` gives aside on ``instance``. Raises ``ValueError`` where it is no such list."""
        given = self._rows(self.widget.clean(row[self.column_name]))
        instance.__dict__[self._aside] = [self._record(each) for each in given]

    def settle(self, instance: Any) -> None:
        """Keep what is stored with ``instance``, which was just read with it: copies of the row then have it too."""
        instance.__dict__[f"_stored_{self.attribute}"] = self.stored(instance)

    def create(self, instance: Any) -> None:
        """Store the rows that an import gave the new stance ``instance``."""
        for each in self._rows(self.get_value(instance)):
            each.stance = instance
            each.save(force_insert=True)

    def _record(self, row: Any) -> Record:
        actor = {"actor": row.actor.slug if row.actor else ""}
        return actor | {name: getattr(row, name) for name in self.names if name != "actor"}

    def _rows(self, given: Any) -> list[Any]:
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            raise ValueError("This is not a list of objects.")
        return [self._row(order, each) for order, each in enumerate(given)]

    def _row(self, order: int, given: Record) -> models.Model:
        unknown = given.keys() - set(self.names)
        if unknown:
            raise ValueError(f"Number {order + 1} has {min(unknown)!r}; known are {', '.join(self.names)}.")
        values: Record = {name: OffsetWidget().clean(given.get(name)) for name in self.offsets}
        values |= {name: str(given.get(name) or "") for name in self.names if name not in values and name != "actor"}
        row = self.model(order=order, actor=self._actors.clean(given.get("actor")), **values)
        try:
            row.clean_fields(exclude={"stance", "actor"})
        except ValidationError as error:
            words = "; ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
            raise ValueError(f"Number {order + 1} is wrong: {words}") from error
        for start in self.offsets[::2]:
            end = start.replace("_start", "_end")
            first, last = values[start], values[end]
            if (first is None) != (last is None) or (first is not None and not first < last):
                raise ValueError(f"Number {order + 1} has a {start} and {end} that are no stretch of text.")
        return row
