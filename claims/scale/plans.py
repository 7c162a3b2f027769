"""How the database answers a question: by way of an index, or by reading a big table from end to end."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper

#: The tables that have a row or more for each stance. To read those of articles and claims whole, a twentieth of that,
#: can be the quickest way to find some thousands of their rows.
BIG: Final = frozenset(f"claims_{name}" for name in ("addressee", "chainlink", "judgement", "stance"))
# SQLite calls a table by its alias in the plan; which table that is stands in the query.
_ALIAS: Final = re.compile(r'"(claims_\w+)"(?: (?:AS )?"?([A-Z]+\d+)"?)?')
#: Nodes of a PostgreSQL plan that read all that is below them before they give the first row.
_ALL_FIRST: Final = frozenset({"Aggregate", "Hash", "Sort", "Incremental Sort", "Materialize", "WindowAgg"})


def reads_by_index(sql: str, values: Any, connection: BaseDatabaseWrapper) -> bool:
    """Whether no big table is read from end to end for ``sql`` (placeholders filled from ``values``).

    Going through a table in the order of an index until a LIMIT is reached counts as reading by index.
    """
    if connection.vendor == "postgresql":
        return not _scans_on_postgresql(_explained(f"EXPLAIN (FORMAT JSON) {sql}", values, connection))
    return not _scans_on_sqlite(sql, _explained(f"EXPLAIN QUERY PLAN {sql}", values, connection))


def _explained(sql: str, values: Any, connection: BaseDatabaseWrapper) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Any] = cursor.fetchall()
        return rows


def _scans_on_sqlite(sql: str, rows: list[Any]) -> bool:
    aliases = {alias or table: table for table, alias in _ALIAS.findall(sql)}
    details = [str(row[3]) for row in rows]
    scanned = any(
        aliases.get(words[1], words[1]) in BIG
        for detail in details
        if (words := detail.split()) and words[0] == "SCAN" and len(words) > 1
    )
    sorted_first = any(detail.startswith("USE TEMP B-TREE FOR ORDER BY") for detail in details)
    return scanned and (sorted_first or " LIMIT " not in sql)


def _scans_on_postgresql(rows: list[Any]) -> bool:
    plan = rows[0][0]
    return _scans(json.loads(plan)[0]["Plan"] if isinstance(plan, str) else plan[0]["Plan"], is_limited=False)


def _scans(node: dict[str, Any], *, is_limited: bool) -> bool:
    kind = node["Node Type"]
    if kind == "Limit":
        is_limited = True
    elif kind in _ALL_FIRST:
        is_limited = False
    whole = kind == "Seq Scan" or (kind.startswith("Index") and "Index Cond" not in node)
    if whole and not is_limited and node.get("Relation Name") in BIG:
        return True
    return any(_scans(below, is_limited=is_limited) for below in node.get("Plans", ()))
