"""The one app: articles, actors, claims and stances."""

from __future__ import annotations

import csv

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class ClaimsConfig(AppConfig):
    """Sets what holds for the whole process, and keeps the database's triggers through migrations."""

    name = "claims"
    verbose_name = "The store"

    def ready(self) -> None:
        from claims.triggers import on_migrated, on_migrating
        from claims.wal import write_ahead

        csv.field_size_limit(settings.CSV_FIELD_LIMIT)
        connection_created.connect(write_ahead)
        pre_migrate.connect(on_migrating, sender=self)
        post_migrate.connect(on_migrated, sender=self)
