"""The triggers in the words of PostgreSQL: one function each, named as its trigger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

LIST: Final = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"

# A length below 0 would be an error of another sort, and the rules of the table refuse such offsets anyway.
_DIFFERS: Final = "substr(own, NEW.{0}_start + 1, greatest(NEW.{0}_end - NEW.{0}_start, 0)) <> NEW.{0}_text"

_OWN_TEXT: Final = f"""
    DECLARE
        own text;
    BEGIN
        SELECT article.text INTO own FROM claims_article AS article WHERE article.id = NEW.article_id;
        IF own IS NULL
            OR {_DIFFERS.format("cue")}
            OR {_DIFFERS.format("content")}
            OR (NEW.mention_start IS NOT NULL AND {_DIFFERS.format("mention")})
            OR (NEW.target_start IS NOT NULL AND {_DIFFERS.format("target")})
        THEN
            RAISE EXCEPTION 'the evidence is not the text of the article' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END"""  # noqa: S608 - made of the constants of this module only


def _within_article(last: str, what: str) -> str:
    """The body of a function that refuses a row whose offset ``last`` lies beyond its stance's article."""
    return f"""
    BEGIN
        IF {last} > (
            SELECT length(article.text) FROM claims_article AS article
            JOIN claims_stance AS stance ON stance.article_id = article.id WHERE stance.id = NEW.stance_id
        ) THEN
            RAISE EXCEPTION '{what} ends beyond the article' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END"""  # noqa: S608 - made of the constants of this module only


def _refuse(message: str) -> str:
    """The body of a function that refuses whatever it is called for."""
    return f"""
    BEGIN
        RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation';
    END"""


def _slug_kept(noun: str) -> str:
    """The body of a function that keeps the slug that a row had, and refuses one that another row had."""
    return f"""
    BEGIN
        IF EXISTS (SELECT 1 FROM claims_formerslug WHERE slug = NEW.slug AND {noun}_id <> NEW.id) THEN
            RAISE EXCEPTION 'the slug was that of another {noun}' USING ERRCODE = 'check_violation';
        END IF;
        IF TG_OP = 'UPDATE' AND NEW.slug <> OLD.slug THEN
            DELETE FROM claims_formerslug WHERE {noun}_id = NEW.id AND slug = NEW.slug;
            INSERT INTO claims_formerslug (slug, {noun}_id, at) VALUES (OLD.slug, NEW.id, now());
        END IF;
        RETURN NULL;
    END"""  # noqa: S608 - made of the constants of this module only


_EVIDENCE_COLUMNS: Final = ", ".join(
    ["article_id"]
    + [f"{span}_{part}" for span in ("mention", "cue", "content", "target") for part in ("start", "end", "text")]
)

# name: (table, event, condition or "", body of the function)
_TRIGGERS: Final = {
    "claims_stance_evidence": (
        "claims_stance",
        f"INSERT OR UPDATE OF {_EVIDENCE_COLUMNS}",
        "",
        _OWN_TEXT,
    ),
    "claims_chainlink_offsets": (
        "claims_chainlink",
        "INSERT OR UPDATE",
        "",
        _within_article("greatest(coalesce(NEW.mention_end, 0), coalesce(NEW.cue_end, 0))", "the chain link"),
    ),
    "claims_addressee_offsets": (
        "claims_addressee",
        "INSERT OR UPDATE",
        "",
        _within_article("coalesce(NEW.mention_end, 0)", "the addressee"),
    ),
    "claims_article_text_stays": (
        "claims_article",
        "UPDATE OF text, sha256",
        "NEW.text IS DISTINCT FROM OLD.text OR NEW.sha256 IS DISTINCT FROM OLD.sha256",
        _refuse("the text of an article never changes"),
    ),
    "claims_judgement_stays": (
        "claims_judgement",
        "UPDATE OR DELETE",
        "",
        _refuse("judgements are only ever added"),
    ),
}

# After the row is there: whoever waited for another's rename to end sees what it left.
_TRIGGERS_AFTER: Final = {
    f"claims_{noun}_slug_kept": (f"claims_{noun}", "INSERT OR UPDATE OF slug", "", _slug_kept(noun))
    for noun in ("actor", "topic")
}

NAMES: Final = (*_TRIGGERS, *_TRIGGERS_AFTER)


def creation() -> Iterator[str]:
    """The statements that create the triggers and their functions."""
    for moment, triggers in (("BEFORE", _TRIGGERS), ("AFTER", _TRIGGERS_AFTER)):
        for name, (table, event, condition, body) in triggers.items():
            when = f"WHEN ({condition}) " if condition else ""
            yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
            yield f"CREATE TRIGGER {name} {moment} {event} ON {table} FOR EACH ROW {when}EXECUTE FUNCTION {name}()"


def removal(tables: set[str]) -> Iterator[str]:
    """The statements that drop the triggers and their functions; ``tables`` are those that the database has."""
    for name, (table, _event, _condition, _body) in {**_TRIGGERS, **_TRIGGERS_AFTER}.items():
        if table in tables:
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield f"DROP FUNCTION IF EXISTS {name}()"
