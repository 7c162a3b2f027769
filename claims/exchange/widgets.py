"""How a cell of a file becomes the value of a field and back; what can't be found is an error in words."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from typing import Any

from django.db import models
from import_export import widgets

#: What a cell may say for yes and no, in small letters; spreadsheets write TRUE and FALSE in their own language.
FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}


class RelatedWidget(widgets.ForeignKeyWidget):
    """Another row by its slug or other unique field."""

    def __init__(self, model: type[models.Model], field: str, *, defer: tuple[str, ...] = ()) -> None:
        super().__init__(model, field)
        self.defer = defer
        #: Rows by the cell that names them, as far as they were read.
        self.known: dict[str, Any] = {}

    def read_ahead(self, cells: Iterable[str]) -> None:
        """Read the rows that ``cells`` name, for the cells that come next; those read before are forgotten."""
        found = self.model.objects.defer(*self.defer).filter(**{f"{self.field}__in": set(cells) - {""}})
        self.known = {getattr(row, self.field): row for row in found}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The row; None for an empty cell. Raises ``ValueError`` where there is none."""
        if not value:
            return None
        text = str(value)
        if text not in self.known:
            found = self.model.objects.defer(*self.defer).filter(**{self.field: text}).first()
            if found is None:
                raise ValueError(f"No {self.model._meta.verbose_name} has the {self.field} {text!r}.")
            self.known[text] = found
        return self.known[text]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The slug or other field of the row; empty where there is none."""
        return "" if value is None else str(getattr(value, self.field))


class OffsetWidget(widgets.Widget):
    """A place in a text: a whole number."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        """The number; None for an empty cell. Raises ``ValueError`` where the cell is no whole number."""
        if value in (None, ""):
            return None
        if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]{1,18}", str(value)):
            raise ValueError(f"{value!r} is not a whole number.")
        return int(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The number as it is."""
        return "" if value is None else value


class FlagWidget(widgets.Widget):
    """Yes or no."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        """Whether it is so; an empty cell means no. Raises ``ValueError`` where the cell says neither."""
        words = str(value).strip().lower()
        if words not in FLAGS:
            raise ValueError(f"{value!r} is neither true nor false.")
        return FLAGS[words]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> bool:
        """The value as it is."""
        return bool(value)


class JsonWidget(widgets.Widget):
    """A list as JSON: in a file of JSON a list of its own, elsewhere JSON in one line."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The list; an empty one for an empty cell. Raises ``ValueError`` where the cell is no JSON."""
        if value in (None, ""):
            return []
        if isinstance(value, list):
            return value
        try:
            return json.loads(value)
        except (TypeError, ValueError, RecursionError) as error:
            raise ValueError(f"This is not JSON: {error}") from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The list as it is where values are wanted as such, otherwise JSON in one line."""
        return value if kwargs.get("force_native_type") else json.dumps(value, ensure_ascii=False)


class CodeOrNoneWidget(widgets.CharWidget):
    """One of the codes of a list, where none is null."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The code; None for an empty cell."""
        return super().clean(value, row, **kwargs) or None


class DayWidget(widgets.Widget):
    """A day as 2021-12-30; other ways of writing it mean different days in different countries."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> dt.date | None:
        """The day; None for an empty cell. Raises ``ValueError`` where the cell is no day."""
        if value in (None, ""):
            return None
        try:
            if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
                return dt.date.fromisoformat(value)
        except ValueError:
            pass
        raise ValueError(f"{value!r} is not a day like 2021-12-30.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The day as such where values are wanted as such, otherwise in the form that is read."""
        return value if kwargs.get("force_native_type") else value.isoformat() if value else ""
