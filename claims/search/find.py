"""The one function that searches stances, on either database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import connections, models
from django.db.models.expressions import RawSQL
from django.utils.text import slugify

from claims.models import Stance
from claims.search.query import Term, parse

#: The newest stances that a search finds; more are no answer but a reason to say more words. Sorting a million of them
#: by how well they fit would take seconds.
MOST: Final = 10_001
#: What is searched, as PostgreSQL's index has it (see the migration): a query in other words would not use it.
VECTOR: Final = "to_tsvector('simple', actor_as_printed || ' ' || content_text)"

_SQLITE: Final = "SELECT rowid FROM claims_stance_words WHERE claims_stance_words MATCH %s ORDER BY rowid DESC LIMIT %s"
_NAMED: Final = """
    SELECT id FROM claims_stance WHERE actor_id IN (SELECT id FROM claims_actor WHERE slug = %s) LIMIT %s"""
_POSTGRESQL: Final = f"SELECT id FROM claims_stance WHERE {VECTOR} @@ to_tsquery('simple', %s) LIMIT %s"  # noqa: S608


def find_stances(stances: models.QuerySet[Stance], text: str, *, beginnings: bool = False) -> models.QuerySet[Stance]:
    """Those of ``stances`` whose content or actor as printed has the words of the query ``text`` (see ``parse``).

    Those of an actor whose whole name it is are found too, whatever articles call it. Of more than ``MOST`` in the
    whole store only so many count. Without a word to look for, none are found.
    """
    terms = parse(text, beginnings=beginnings)
    if all(term.is_excluded for term in terms):
        return stances.none()
    is_postgresql = connections[stances.db].vendor == "postgresql"
    worded, query = (_POSTGRESQL, _for_postgresql(terms)) if is_postgresql else (_SQLITE, _for_sqlite(terms))
    # Whatever the case: slugs are small letters, and have an index.
    return stances.filter(pk__in=_raw(worded, _NAMED, [query, MOST, slugify(text), MOST]))


def _raw(worded: str, named: str, values: list[Any]) -> Any:
    sql = f"SELECT * FROM ({worded}) AS worded UNION SELECT * FROM ({named}) AS named"  # noqa: S608
    return RawSQL(sql, values)  # noqa: S611 - what was typed goes as a parameter, its words are letters and digits


def _for_sqlite(terms: Sequence[Term]) -> str:
    def one(term: Term) -> str:
        return f'"{" ".join(term.words)}"{" *" if term.is_beginning else ""}'

    wanted = " AND ".join(one(term) for term in terms if not term.is_excluded)
    return " NOT ".join([f"({wanted})", *(one(term) for term in terms if term.is_excluded)])


def _for_postgresql(terms: Sequence[Term]) -> str:
    def one(term: Term) -> str:
        *rest, last = (f"'{word}'" for word in term.words)
        return f"({' <-> '.join([*rest, last + ':*' if term.is_beginning else last])})"

    return " & ".join(f"!{one(term)}" if term.is_excluded else one(term) for term in terms)
