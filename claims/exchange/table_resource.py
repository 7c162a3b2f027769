"""What all tables of import and export have in common: how the rows of a file are found again, checked and written.

The library asks and checks row by row. Here, rows and what they name are read many at once, and of the rules only those
are checked that can be broken: an import of 10,000 rows has to be previewed while somebody waits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Any, ClassVar

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import models, transaction
from import_export.exceptions import ImportError as RowError
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import RowResult

from claims.exchange.diff import differences
from claims.exchange.seen import Seen
from claims.exchange.widgets import RelatedWidget

#: Rows that are read from the store at once.
ROWS_AT_ONCE = 500
#: What one of the databases or both can't store: NUL, and halves of characters.
_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")
_LOGGED = {RowResult.IMPORT_TYPE_NEW: ADDITION, RowResult.IMPORT_TYPE_UPDATE: CHANGE}


class TableResource(ModelResource):
    """A table to import and export.

    ``seen`` holds the keys of the rows of the file so far, and ``rows_before`` tells how many came in earlier parts of
    it, where a file is imported in parts.
    """

    #: How stored rows are narrowed down to those of a file: the column, and the lookup for its cells.
    finding: ClassVar[Mapping[str, str]] = {}
    #: Other columns than the key in which no two rows of a file may have the same; empty ones don't count.
    once: ClassVar[Sequence[str]] = ()

    class Meta:
        abstract = True
        report_skipped = True
        # The library's own comparison copies each row with all that hangs on it.
        skip_diff = True

    def __init__(self, *, seen: Seen | None = None, rows_before: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seen = seen or Seen()
        self.rows_before = rows_before
        self._rows: Any = None
        self._stored: dict[tuple[str, ...], Any] = {}
        self._before: Any = None
        self._fields: list[Field] | None = None

    @classmethod
    def import_permission(cls) -> str:
        """What a person must be allowed to do to import the table."""
        options = cls._meta.model._meta
        return f"{options.app_label}.import_{options.model_name}"

    def get_import_fields(self) -> list[Field]:
        """The columns, in their order."""
        if self._fields is None:
            self._fields = super().get_import_fields()
        return self._fields

    def import_data(self, dataset: Any, dry_run: bool = False, **kwargs: Any) -> Any:
        """Import ``dataset``, all or nothing; a dry run writes nothing, so that it keeps nobody from saving.

        Gives the result, with what is wrong in it; takes ``user`` and ``file_name``.
        """
        options = {name: kwargs.get(name) for name in ("user", "file_name")}
        result = self.get_result_class()()
        try:
            self.require_columns(dataset.headers or [])
            if dry_run:
                return self._all_rows(dataset, dry_run=True, raise_errors=False, **options)
            with transaction.atomic():
                result = self._all_rows(dataset, dry_run=False, raise_errors=True, **options)
                self.log(result, **options)
        except ValueError as error:
            result.append_base_error(self.get_error_result_class()(error))
        except RowError as error:
            # In a list of its own: the rows before it were taken back with it.
            result = self.get_result_class()()
            result.append_base_error(self.get_error_result_class()(error.error, number=error.number))
        return result

    def _all_rows(self, dataset: Any, **options: Any) -> Any:
        self._rows = dataset
        return self.import_data_inner(
            dataset, using_transactions=False, collect_failed_rows=False, retain_instance_in_row_result=True, **options
        )

    def require_columns(self, header: Sequence[str]) -> None:
        """Raises ``ValueError`` where the file lacks a column of the key, or has one that the table doesn't know."""
        known = [field.column_name for field in self.get_import_fields()]
        lacking = [self.fields[name].column_name for name in self.get_import_id_fields()]
        lacking = [name for name in lacking if name not in header]
        if lacking:
            raise ValueError(f"The file lacks the column {', '.join(lacking)}, by which rows are found again.")
        unknown = [name for name in header if name not in known]
        if unknown:
            raise ValueError(f"The table has no column {', '.join(map(repr, unknown))}. It has: {', '.join(known)}.")

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Read ahead what the next rows need. Raises ``ValidationError`` where the row can't be one of this file."""
        number: int = kwargs["row_number"]
        if (number - 1) % ROWS_AT_ONCE == 0:
            self._read_ahead(number - 1)
        _require_storable(row)
        self.prepare(row)
        for columns in (tuple(self.key_columns), *((column,) for column in self.once)):
            values = [_plain(row.get(column, "")) for column in columns]
            if not any(values):
                continue
            first = self.seen.add(columns, values, number + self.rows_before)
            if first != number + self.rows_before:
                raise ValidationError({columns[0]: f"Row {first:,} has the same {', '.join(columns)}."})

    @property
    def key_columns(self) -> list[str]:
        """The columns by which a row is found again."""
        return [self.fields[name].column_name for name in self.get_import_id_fields()]

    def prepare(self, row: Any) -> None:
        """Fill in what a row of the file may leave out."""

    def _read_ahead(self, start: int) -> None:
        header = self._rows.headers
        rows = [dict(zip(header, cells, strict=True)) for cells in self._rows[start : start + ROWS_AT_ONCE]]
        for row in rows:
            self.prepare(row)
        for field in self.get_import_fields():
            if isinstance(field.widget, RelatedWidget) and not field.readonly:
                cells = (_plain(row.get(field.column_name, "")) for row in rows)
                field.widget.read_ahead({cell for cell in cells if not _NOT_STORABLE.search(cell)})
        asked = {
            lookup: {_plain(row.get(column, "")) for row in rows if _fits(lookup, row.get(column, ""))}
            for column, lookup in self.finding.items()
        }
        self._stored = {}
        for instance in self.with_related(self.get_queryset().filter(**asked)):
            self.settle(instance)
            self._stored[self.key_of(instance)] = instance

    def settle(self, instance: Any) -> None:
        """Put aside what hangs on ``instance``, just read, before an import gives it something else."""

    def with_related(self, rows: Any) -> Any:
        """``rows`` with what their columns name."""
        return rows

    def for_export(self, rows: Any) -> Any:
        """``rows`` as they are exported, with what their columns name."""
        return self.with_related(rows.select_related(None).prefetch_related(None))

    def key_of(self, instance: Any) -> tuple[str, ...]:
        """The key of a stored row, as a file has it."""
        return tuple(_plain(self.fields[name].export(instance)) for name in self.get_import_id_fields())

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """The stored row with the key of ``row``, None where there is none."""
        return self._stored.get(tuple(_plain(row.get(column, "")) for column in self.key_columns))

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """Keep ``instance`` as it was before the row."""
        self._before = copy(instance)

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Whether the row says what is stored."""
        if import_validation_errors or instance.pk is None:
            return False
        return all(field.get_value(instance) == field.get_value(self._before) for field in self.get_import_fields())

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        """Note in which cells a dry run found differences."""
        if kwargs["dry_run"] and (row_result.is_new() or row_result.is_update()):
            is_new = row_result.is_new()
            fields = self.get_import_fields()
            row_result.diff = differences(fields, self._before, row_result.instance, is_new=is_new)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raises ``ValidationError`` where the row breaks a rule.

        Rows that are named need no look, they were just read; the key is new, or the row would have been found. The
        database's rules about one column are those of its field too, so only those about several are asked here.
        """
        errors = dict(import_validation_errors or {})
        options = instance._meta
        related = {field.name for field in options.fields if field.is_relation}
        try:
            instance.clean_fields(exclude={*errors, *related, *instance.get_deferred_fields()})
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for name in related - errors.keys():
            field = options.get_field(name)
            if not field.null and getattr(instance, field.attname) is None:
                errors[name] = [ValidationError("This field cannot be empty.")]
        if errors:
            raise ValidationError(errors)
        instance.clean()
        instance.validate_unique(exclude={*self.get_import_id_fields(), options.pk.name})
        self.require_rules(instance)

    def require_rules(self, instance: Any) -> None:
        """Raises ``ValidationError`` where columns of ``instance`` do not go together."""
        options = instance._meta
        constraint: Any
        for constraint in options.constraints:
            columns = _columns(constraint)
            is_check = isinstance(constraint, models.CheckConstraint)
            if is_check and len(columns) > 1:
                constraint.validate(type(instance), instance, exclude={f.name for f in options.fields} - columns)
            elif not is_check and columns and columns.isdisjoint(self.get_import_id_fields()):
                constraint.validate(type(instance), instance)

    def log(self, result: Any, *, user: Any, file_name: str | None) -> None:
        """Write down in the history of each row that was added or changed who imported it."""
        for kind, flag in _LOGGED.items():
            rows = [row.instance for row in result.rows if row.import_type == kind]
            if rows:
                message = f"Imported from {file_name or 'a file'}."
                LogEntry.objects.log_actions(user.pk, rows, flag, change_message=message)


def _plain(cell: Any) -> str:
    """``cell`` of a file or a stored row as a text by which the two are compared."""
    return "" if cell is None else str(cell)


def _fits(lookup: str, cell: Any) -> bool:
    """Whether ``cell`` can be asked for: a text that can be stored; for an offset, a number that columns can hold."""
    text = _plain(cell)
    if lookup.startswith("content_start"):
        return bool(re.fullmatch(r"[0-9]{1,9}", text))
    return not _NOT_STORABLE.search(text)


def _require_storable(row: Mapping[str, Any]) -> None:
    wrong: dict[str, list[str]] = {
        column: ["This has a character that can't be stored (NUL, or half a character)."]
        for column, cell in row.items()
        if _NOT_STORABLE.search(_plain(cell))
    }
    if wrong:
        raise ValidationError(wrong)


def _columns(constraint: Any) -> set[str]:
    """The columns of one row that a rule is about."""
    if isinstance(constraint, models.UniqueConstraint):
        return set(constraint.fields)
    if not isinstance(constraint, models.CheckConstraint):
        return set()
    return set(_named(constraint.condition))


def _named(condition: Any) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from _named(child)
        elif isinstance(child, tuple):
            name, value = child
            yield name.partition("__")[0].replace("pk", "id")
            for each in value.flatten() if hasattr(value, "flatten") else (value,):
                if isinstance(each, models.F):
                    yield each.name.replace("pk", "id")
