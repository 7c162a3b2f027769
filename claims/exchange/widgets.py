"""How a cell of a file becomes the value of a field and back; what can't be found is an error in words."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from import_export import widgets

BETWEEN = "; "


class RelatedWidget(widgets.ForeignKeyWidget):
    """Another row by its slug or other unique field."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The row; None for an empty cell. Raises ``ValueError`` where there is none."""
        try:
            return super().clean(value, row, **kwargs)
        except ObjectDoesNotExist as error:
            raise ValueError(f"No {self.model._meta.verbose_name} has the {self.field} {value!r}.") from error


class RelatedListWidget(widgets.ManyToManyWidget):
    """Several other rows by their slugs, with semicolons between."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(model, separator=BETWEEN, field="slug")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The rows. Raises ``ValueError`` where one of them is missing."""
        slugs = {slug.strip() for slug in (value or "").split(BETWEEN.strip())} - {""}
        found = self.model.objects.filter(slug__in=slugs)
        missing = slugs - {each.slug for each in found}
        if missing:
            raise ValueError(f"No {self.model._meta.verbose_name} has the slug {', '.join(sorted(missing))}.")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The slugs in their order."""
        return BETWEEN.join(sorted(each.slug for each in value.all())) if value is not None else ""


class JsonWidget(widgets.JSONWidget):
    """A value as JSON, an empty list included."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The value; an empty list for an empty cell. Raises ``ValueError`` where the cell is no JSON."""
        if value in (None, ""):
            return []
        try:
            return json.loads(value)
        except (TypeError, json.JSONDecodeError) as error:
            raise ValueError(f"This is not JSON: {error}") from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """JSON in one line."""
        return json.dumps(value, ensure_ascii=False)


class CodeOrNoneWidget(widgets.CharWidget):
    """One of the codes of a list, where none is null."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The code; None for an empty cell."""
        return super().clean(value, row, **kwargs) or None


class DayWidget(widgets.DateWidget):
    """A day as 2021-12-30; other ways of writing it mean different days in different countries."""

    def __init__(self) -> None:
        super().__init__("%Y-%m-%d")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The day; None for an empty cell. Raises ``ValueError`` where the cell is no day."""
        try:
            return super().clean(value, row, **kwargs)
        except ValueError as error:
            raise ValueError(f"{value!r} is not a day like 2021-12-30.") from error
