"""Indexes of the words of claims, of the names of actors and of articles, as stances have one.

PostgreSQL gets a function that cuts text into words as SQLite does: accents, hyphens, full stops and addresses make no
difference. The words stand in a column that Django's models don't know: where most rows have a word, plans
read the table rather than the index, and to make the words anew for each row would take seconds.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# name of the table: its columns
INDEXED = {
    "claims_claim": ("text",),
    "claims_actor": ("name",),
    "claims_alias": ("text",),
    "claims_article": ("title", "text"),
}
STANCE = ("actor_as_printed", "content_text")

# Without prefixes of their own: an article has many words, and its index would grow by half.
FTS5 = """
    CREATE VIRTUAL TABLE {table}_words USING fts5(
        {columns}, content='{table}', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
    )"""
COLUMN = "ALTER TABLE {table} ADD COLUMN words tsvector GENERATED ALWAYS AS (claims_words({text})) STORED"
GIN = "CREATE INDEX {table}_words ON {table} USING gin (words)"
OLD_STANCE_GIN = """
    CREATE INDEX claims_stance_words ON claims_stance
    USING gin (to_tsvector('simple', actor_as_printed || ' ' || content_text))"""

# What PostgreSQL would take for parts of words, addresses and tags, and quotation marks, which some of its locales take
# for letters.
BETWEEN = "./-_@:'<>&+~^%#=?“”‘’„«»‹›–—…·"
MARKS = (
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u031b\u0323\u0324\u0326\u0327\u0328\u0331"
)
# A vector holds a megabyte at most; the beginning of a text that long says enough.
FUNCTION = f"""
    CREATE FUNCTION claims_words(said text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    BEGIN
        RETURN to_tsvector(
            'pg_catalog.simple',
            translate(
                normalize(left(said, 100000), NFD), '{BETWEEN.replace("'", "''")}{MARKS}', '{" " * len(BETWEEN)}'
            )
        );
    END $$"""


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
        schema_editor.execute("DROP INDEX claims_stance_words")
        for table, columns in {"claims_stance": STANCE, **INDEXED}.items():
            schema_editor.execute(COLUMN.format(table=table, text=" || ' ' || ".join(columns)))
            schema_editor.execute(GIN.format(table=table))
        return
    for table, columns in INDEXED.items():
        schema_editor.execute(FTS5.format(table=table, columns=", ".join(columns)))
        schema_editor.execute(f"INSERT INTO {table}_words ({table}_words) VALUES ('rebuild')")  # noqa: S608


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        for table in ("claims_stance", *INDEXED):
            schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN words")
        schema_editor.execute("DROP FUNCTION claims_words(text)")
        schema_editor.execute(OLD_STANCE_GIN)
        return
    for table in INDEXED:
        schema_editor.execute(f"DROP TABLE {table}_words")


class Migration(migrations.Migration):
    dependencies = [("claims", "0026_former_slug_permissions")]

    operations = [migrations.RunPython(create, drop)]
