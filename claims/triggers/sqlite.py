"""The triggers in the words of SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

LIST: Final = "SELECT name FROM sqlite_master WHERE type = 'trigger'"

_OWN_TEXT: Final = """
    NOT EXISTS (
        SELECT 1 FROM claims_article AS article
        WHERE article.id = NEW.article_id
        AND substr(article.text, NEW.cue_start + 1, NEW.cue_end - NEW.cue_start) = NEW.cue_text
        AND substr(article.text, NEW.content_start + 1, NEW.content_end - NEW.content_start) = NEW.content_text
        AND (NEW.mention_start IS NULL
            OR substr(article.text, NEW.mention_start + 1, NEW.mention_end - NEW.mention_start) = NEW.mention_text)
        AND (NEW.target_start IS NULL
            OR substr(article.text, NEW.target_start + 1, NEW.target_end - NEW.target_start) = NEW.target_text)
    )"""

_BEYOND: Final = """
    (SELECT length(article.text) FROM claims_article AS article
    JOIN claims_stance AS stance ON stance.article_id = article.id WHERE stance.id = NEW.stance_id)"""

_LINK_BEYOND: Final = f"max(coalesce(NEW.mention_end, 0), coalesce(NEW.cue_end, 0)) > {_BEYOND}"
_ADDRESSEE_BEYOND: Final = f"coalesce(NEW.mention_end, 0) > {_BEYOND}"

_EVIDENCE_COLUMNS: Final = ", ".join(
    ["article_id"]
    + [f"{span}_{part}" for span in ("mention", "cue", "content", "target") for part in ("start", "end", "text")]
)

# name: (event, condition, message)
_TRIGGERS: Final = {
    "claims_stance_evidence_insert": (
        "INSERT ON claims_stance",
        _OWN_TEXT,
        "the evidence is not the text of the article",
    ),
    "claims_stance_evidence_update": (
        f"UPDATE OF {_EVIDENCE_COLUMNS} ON claims_stance",
        _OWN_TEXT,
        "the evidence is not the text of the article",
    ),
    "claims_chainlink_offsets_insert": (
        "INSERT ON claims_chainlink",
        _LINK_BEYOND,
        "the chain link ends beyond the article",
    ),
    "claims_chainlink_offsets_update": (
        "UPDATE ON claims_chainlink",
        _LINK_BEYOND,
        "the chain link ends beyond the article",
    ),
    "claims_addressee_offsets_insert": (
        "INSERT ON claims_addressee",
        _ADDRESSEE_BEYOND,
        "the addressee ends beyond the article",
    ),
    "claims_addressee_offsets_update": (
        "UPDATE ON claims_addressee",
        _ADDRESSEE_BEYOND,
        "the addressee ends beyond the article",
    ),
    "claims_article_without_nul": (
        "INSERT ON claims_article",
        "instr(NEW.text, char(0)) > 0",
        "the text of an article can't hold a NUL",
    ),
    "claims_article_text_stays": (
        "UPDATE OF text, sha256 ON claims_article",
        "NEW.text IS NOT OLD.text OR NEW.sha256 IS NOT OLD.sha256",
        "the text of an article never changes",
    ),
    "claims_judgement_stays": (
        "UPDATE ON claims_judgement",
        "1",
        "judgements are only ever added",
    ),
    "claims_judgement_not_deleted": (
        "DELETE ON claims_judgement",
        "1",
        "judgements are only ever added",
    ),
}

# Table: the columns whose words are in its index (see ``claims.search``).
_INDEXED: Final = {
    "claims_stance": ("actor_as_printed", "content_text"),
    "claims_claim": ("text",),
    "claims_actor": ("name",),
    "claims_alias": ("text",),
    "claims_article": ("title", "text"),
}


def _indexing() -> Iterator[tuple[str, tuple[str, str]]]:
    """Each trigger that keeps an index of words, with its event and its statements."""
    for table, columns in _INDEXED.items():
        words, names = f"{table}_words", ", ".join(columns)
        # The index names a row by its key and, to forget it, wants the words that it had.
        forget = f"""
            INSERT INTO {words} ({words}, rowid, {names})
            VALUES ('delete', OLD.id, {", ".join(f"OLD.{column}" for column in columns)});"""  # noqa: S608
        learn = f"""
            INSERT INTO {words} (rowid, {names})
            VALUES (NEW.id, {", ".join(f"NEW.{column}" for column in columns)});"""  # noqa: S608
        yield f"{words}_insert", (f"INSERT ON {table}", learn)
        yield f"{words}_update", (f"UPDATE OF id, {names} ON {table}", forget + learn)
        yield f"{words}_delete", (f"DELETE ON {table}", forget)


# name: (event, statements)
_INDEXING: Final = dict(_indexing())


#: The nouns whose old slugs are kept, with the event by which a slug comes to a row.
_SLUGS: Final = [(noun, event) for noun in ("actor", "topic") for event in ("INSERT", "UPDATE OF slug")]

# The key of a row that is being inserted is not known yet, hence IS NOT.
_REFUSING: Final = {
    f"claims_{noun}_slug_{event.split()[0].lower()}": (
        f"{event} ON claims_{noun}",
        f"""EXISTS (
        SELECT 1 FROM claims_formerslug
        WHERE {noun}_id IS NOT NULL AND {noun}_id IS NOT NEW.id AND slug = NEW.slug
    )""",  # noqa: S608 - made of the constants of this module only
        f"the slug was that of another {noun}",
    )
    for noun, event in _SLUGS
}
_KEEPING: Final = {
    f"claims_{noun}_slug_kept": (
        f"{event} ON claims_{noun} WHEN NEW.slug <> OLD.slug",
        f"""
    DELETE FROM claims_formerslug WHERE {noun}_id = NEW.id AND slug = NEW.slug;
    INSERT INTO claims_formerslug (slug, {noun}_id, at) VALUES (OLD.slug, NEW.id, datetime('now'));""",  # noqa: S608
    )
    for noun, event in _SLUGS
    if event != "INSERT"
}

NAMES: Final = (*_TRIGGERS, *_REFUSING, *_INDEXING, *_KEEPING)


def creation() -> Iterator[str]:
    """The statements that create the triggers."""
    for name, (event, condition, message) in {**_TRIGGERS, **_REFUSING}.items():
        quoted = message.replace("'", "''")
        yield f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{quoted}'); END"
    for name, (event, statements) in {**_INDEXING, **_KEEPING}.items():
        yield f"CREATE TRIGGER {name} AFTER {event} BEGIN {statements} END"


def removal(tables: set[str]) -> Iterator[str]:
    """The statements that drop the triggers; ``tables`` are those that the database has."""
    for name in NAMES:
        yield f"DROP TRIGGER IF EXISTS {name}"
