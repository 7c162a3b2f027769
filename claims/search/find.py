"""The functions that search by words, on either database."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL
from django.utils.text import slugify

from claims.models import Stance
from claims.search.indexes import STANCES, Index
from claims.search.query import MARKS, Term, parse

#: The newest stances that a search in the desk finds; more are no answer but a reason to say more words. Sorting a
#: million of them by how well they fit would take seconds.
MOST: Final = 10_001
#: How many of the newest rows with the words ``matching`` looks at.
LOOKED_AT: Final = 10_000

_SQLITE: Final = "SELECT rowid FROM {words} WHERE {words} MATCH %s ORDER BY rowid DESC LIMIT %s"
_POSTGRESQL: Final = "SELECT id FROM {table} WHERE words @@ to_tsquery('simple', %s) LIMIT %s"
# A common word stands in too many rows to sort them all: those from a key on are enough.
_NEWEST_ON_POSTGRESQL: Final = """
    SELECT id FROM {table} WHERE words @@ to_tsquery('simple', %s) AND id > %s ORDER BY id DESC LIMIT %s"""
_COUNT_ON_POSTGRESQL: Final = """
    SELECT count(*) FROM (
        SELECT 1 FROM {table} WHERE words @@ to_tsquery('simple', %s) AND id > %s LIMIT %s
    ) AS counted"""
_NAMED: Final = """
    SELECT id FROM claims_stance WHERE actor_id IN (SELECT id FROM claims_actor WHERE slug = %s) LIMIT %s"""

Row = TypeVar("Row", bound=models.Model)


def matching(rows: models.QuerySet[Row], index: Index, terms: Sequence[Term]) -> models.QuerySet[Row]:
    """Those of ``rows``, of the table of ``index``, that have the words of ``terms`` (see ``parse``).

    Of more than ``LOOKED_AT`` in the whole table those with the highest keys count, which were stored last. Without a
    word to look for, none are found.
    """
    if not is_asking(terms):
        return rows.none()
    connection = connections[rows.db]
    if connection.vendor == "postgresql":
        query = _for_postgresql(terms)
        sql = _named(_NEWEST_ON_POSTGRESQL, index)
        return rows.filter(pk__in=_raw(sql, [query, _floor(index, query, connection), LOOKED_AT]))
    return rows.filter(pk__in=_raw(_named(_SQLITE, index), [_for_sqlite(terms), LOOKED_AT]))


def find_stances(stances: models.QuerySet[Stance], text: str, *, beginnings: int = 0) -> models.QuerySet[Stance]:
    """Those of ``stances`` whose content or actor as printed has the words of the query ``text`` (see ``parse``).

    Those of an actor whose whole name it is are found too, whatever articles call it. Of more than ``MOST`` in the
    whole store only so many count. Without a word to look for, none are found.
    """
    terms = parse(text, beginnings=beginnings)
    if not is_asking(terms):
        return stances.none()
    is_postgresql = connections[stances.db].vendor == "postgresql"
    worded, query = (_POSTGRESQL, _for_postgresql(terms)) if is_postgresql else (_SQLITE, _for_sqlite(terms))
    sql = f"SELECT * FROM ({_named(worded, STANCES)}) AS worded UNION SELECT * FROM ({_NAMED}) AS named"  # noqa: S608
    # Whatever the case: slugs are small letters, and have an index.
    return stances.filter(pk__in=_raw(sql, [query, MOST, slugify(text), MOST]))


def is_asking(terms: Sequence[Term]) -> bool:
    """Whether ``terms`` have a word to look for, not only words that must not occur."""
    return not all(term.is_excluded for term in terms)


def _named(sql: str, index: Index) -> str:
    return sql.format(table=index.table, words=index.words)


def _raw(sql: str, values: list[Any]) -> Any:
    return RawSQL(sql, values)  # noqa: S611 - what was typed goes as a parameter, its words are letters and digits


def _floor(index: Index, query: str, connection: BaseDatabaseWrapper) -> int:
    """A key above which enough rows have the words: 0 where there are not so many of them in all."""

    def has_enough(floor: int, enough: int) -> bool:
        cursor.execute(_named(_COUNT_ON_POSTGRESQL, index), [query, floor, enough])
        (number,) = cursor.fetchone()
        return bool(number >= enough)

    with connection.cursor() as cursor:
        if not has_enough(0, LOOKED_AT + 1):
            return 0
        cursor.execute(f"SELECT max(id) FROM {index.table}")  # noqa: S608 - a name of this program
        last: int = cursor.fetchone()[0]
        width = 2 * LOOKED_AT
        while width < last and not has_enough(last - width, LOOKED_AT):
            width *= 8
    return max(last - width, 0)


def _for_sqlite(terms: Sequence[Term]) -> str:
    def one(term: Term) -> str:
        return f'"{" ".join(term.words)}"{" *" if term.is_beginning else ""}'

    wanted = " AND ".join(one(term) for term in terms if not term.is_excluded)
    return " NOT ".join([f"({wanted})", *(one(term) for term in terms if term.is_excluded)])


def _for_postgresql(terms: Sequence[Term]) -> str:
    def one(term: Term) -> str:
        *rest, last = (f"'{_without_marks(word)}'" for word in term.words)
        return f"({' <-> '.join([*rest, last + ':*' if term.is_beginning else last])})"

    return " & ".join(f"!{one(term)}" if term.is_excluded else one(term) for term in terms)


def _without_marks(word: str) -> str:
    """``word`` without accents, as PostgreSQL's indexes have it; SQLite's FTS5 leaves them out by itself."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if letter not in MARKS)
