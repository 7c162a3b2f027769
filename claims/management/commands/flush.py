"""``manage.py flush``: Django's own, with the triggers out of its way."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.flush import Command as DjangoFlush
from django.db import connections

from claims import triggers


class Command(DjangoFlush):
    """Empty the database, judgements included.

    SQLite empties a table row by row, and the triggers would refuse that for judgements; PostgreSQL truncates. To empty
    the whole store is an administrator's decision at the shell and means the same on both.
    """

    def handle(self, **options: Any) -> None:
        """Do what Django's command does; the triggers are back afterwards, whatever came of it."""
        connection = connections[options["database"]]
        triggers.remove(connection)
        try:
            super().handle(**options)
        finally:
            triggers.install(connection)
