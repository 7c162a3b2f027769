"""Whether the store and its surroundings are as they should be: one function a question, each with its findings.

The database holds most of these rules itself; a doctor looks anyway, since files are copied, triggers lost and programs
killed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, OuterRef

from claims import triggers
from claims.models import Actor, Claim, Judgement, Run, Stance

SPANS = ("mention", "cue", "content", "target")
#: What SQLite must be told on each connection; see stancetracker/settings.py.
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be; ``serious`` where it breaks a promise rather than risks one."""

    message: str
    serious: bool = True


def migrations_applied() -> Iterator[Finding]:
    """All migrations are applied."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _backwards in missing)
        yield Finding(f"Migrations are missing ({names}): run manage.py migrate.")


def triggers_installed() -> Iterator[Finding]:
    """The triggers that guard evidence, texts and judgements are in the database."""
    missing = triggers.missing(connection)
    if missing:
        yield Finding(f"Triggers are missing ({', '.join(missing)}): run manage.py migrate.")


def sqlite_is_sound() -> Iterator[Finding]:
    """SQLite waits for other writers, keeps what it acknowledged, and has no known fault."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name, wanted in PRAGMAS.items():
            found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            # A database in memory has no log to write ahead.
            if found != wanted and (name, found) != ("journal_mode", "memory"):
                yield Finding(f"SQLite has {name} = {found}, not {wanted}.")
        for (problem,) in cursor.execute("PRAGMA quick_check").fetchall():
            if problem != "ok":
                yield Finding(f"The database file is damaged: {problem}")
    if has_wal_reset_fault(sqlite3.sqlite_version_info):
        yield Finding(
            f"SQLite {sqlite3.sqlite_version} can, very rarely, damage a file that several programs write to. Keep "
            "backups; 3.51.3, 3.50.7 and 3.44.6 are mended.",
            serious=False,
        )


def has_wal_reset_fault(version: tuple[int, ...]) -> bool:
    """Whether SQLite of ``version`` can lose writes when a write-ahead log is reset (mended in 3.51.3)."""
    if version >= (3, 51, 3) or version < (3, 7, 0):
        return False
    return not ((3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45))


def exchange_needs_permission() -> Iterator[Finding]:
    """Import and export ask for a permission."""
    for name in ("IMPORT_EXPORT_IMPORT_PERMISSION_CODE", "IMPORT_EXPORT_EXPORT_PERMISSION_CODE"):
        if not getattr(settings, name, None):
            yield Finding(f"{name} is not set, so any staff user may import or export.")


def evidence_is_the_articles() -> Iterator[Finding]:
    """The words of every stance's evidence are those of its article."""
    columns = [f"{span}_{part}" for span in SPANS for part in ("start", "end", "text")]
    stances = Stance.objects.select_related("article").only("article__text", *columns)
    for stance in stances.order_by("article", "pk").iterator(chunk_size=500):
        for span in SPANS:
            start, end, words = (getattr(stance, f"{span}_{part}") for part in ("start", "end", "text"))
            if start is not None and stance.article.text[start:end] != words:
                yield Finding(f"The {span} of stance {stance.pk} is not the text of article {stance.article_id}.")


def merges_end() -> Iterator[Finding]:
    """No chain of merges leads back to where it began."""
    for model in (Actor, Claim):
        targets = dict(model._default_manager.exclude(merged_into=None).values_list("pk", "merged_into"))
        for row in _on_circles(targets):
            yield Finding(f"{model._meta.verbose_name} {row} was merged, through others, into itself.".capitalize())


def _on_circles(targets: dict[int, int | None]) -> list[int]:
    found = []
    for start in targets:
        seen, row = {start}, targets[start]
        while row is not None and row in targets and row not in seen:
            seen.add(row)
            row = targets[row]
        if row == start:
            found.append(start)
    return sorted(found)


def judged_stances_have_judgements() -> Iterator[Finding]:
    """Every stance that is not pending was judged by somebody."""
    judged = Exists(Judgement.objects.filter(stance=OuterRef("pk")))
    for stance in Stance.objects.judged().filter(~judged).order_by("pk").values_list("pk", flat=True):
        yield Finding(f"Stance {stance} counts as judged, and no judgement says by whom.", serious=False)


def runs_have_ended() -> Iterator[Finding]:
    """No run was left unfinished."""
    for run in Run.objects.filter(state=Run.State.RUNNING).order_by("pk"):
        yield Finding(f"The {run} has not ended: it goes on, or was killed.", serious=False)


QUESTIONS: tuple[Callable[[], Iterator[Finding]], ...] = (
    migrations_applied,
    triggers_installed,
    sqlite_is_sound,
    exchange_needs_permission,
    evidence_is_the_articles,
    merges_end,
    judged_stances_have_judgements,
    runs_have_ended,
)
