"""An index of the words of stances: an FTS5 table beside the table on SQLite, a GIN index on PostgreSQL.

On SQLite, triggers keep it up to date (see ``claims.triggers``), which stand outside migrations.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FTS5 = """
    CREATE VIRTUAL TABLE claims_stance_words USING fts5(
        actor_as_printed, content_text, content='claims_stance', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3'
    )"""
GIN = """
    CREATE INDEX claims_stance_words ON claims_stance
    USING gin (to_tsvector('simple', actor_as_printed || ' ' || content_text))"""


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GIN)
    else:
        schema_editor.execute(FTS5)
        schema_editor.execute("INSERT INTO claims_stance_words (claims_stance_words) VALUES ('rebuild')")


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    kind = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
    schema_editor.execute(f"DROP {kind} claims_stance_words")


class Migration(migrations.Migration):
    dependencies = [("claims", "0021_article_upload_permission")]

    operations = [migrations.RunPython(create, drop)]
