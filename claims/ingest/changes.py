"""Changes of position that an import may have made."""

from __future__ import annotations

from functools import partial

from claims.ingest.store import persistently, writing
from claims.models import Run
from claims.positions.changes import Step, steps_after_import


def seek_changes(run: Run) -> None:
    """Look for changes of position where stances of ``run`` may have made some.

    Where it does not come to that, ``manage.py find_changes`` does the same later.
    """
    for step in steps_after_import(run.pk):
        persistently(partial(_write, step))


def _write(step: Step) -> None:
    with writing():
        step()
