"""What is in a store, without keys and times, so that two stores can be compared; and stores that processes share."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

Query = Callable[[str], Sequence[tuple[Any, ...]]]

_TABLES = {
    "articles": """
        SELECT article.sha256, article.title, article.published_on, article.url, article.text, article.body_start,
            outlet.domain, outlet.name, earlier.sha256
        FROM claims_article AS article
        LEFT JOIN claims_outlet AS outlet ON outlet.id = article.outlet_id
        LEFT JOIN claims_article AS earlier ON earlier.id = article.supersedes_id""",
    "stances": """
        SELECT article.sha256, stance.content_start, stance.content_end, stance.cue_start, stance.cue_end,
            stance.actor_as_printed, actor.slug, stance.office, claim.wording_key, stance.act, stance.side,
            stance.mention_start, stance.mention_end, stance.mention_text, stance.cue_text, stance.content_text,
            stance.target_start, stance.target_end, stance.target_text, stance.said_on, stance.confidence, stance.state,
            stance.rule, stance.version, stance.extracted, stance.quotation
        FROM claims_stance AS stance
        JOIN claims_article AS article ON article.id = stance.article_id
        LEFT JOIN claims_actor AS actor ON actor.id = stance.actor_id
        LEFT JOIN claims_claim AS claim ON claim.id = stance.claim_id""",
    "chain": """
        SELECT article.sha256, stance.content_start, stance.cue_start, stance.actor_as_printed, link."order",
            link.as_printed, actor.slug, link.act, link.mention_start, link.cue_start
        FROM claims_chainlink AS link
        JOIN claims_stance AS stance ON stance.id = link.stance_id
        JOIN claims_article AS article ON article.id = stance.article_id
        LEFT JOIN claims_actor AS actor ON actor.id = link.actor_id""",
    "addressees": """
        SELECT article.sha256, stance.content_start, stance.cue_start, stance.actor_as_printed, addressee."order",
            addressee.as_printed, actor.slug, addressee.mention_start
        FROM claims_addressee AS addressee
        JOIN claims_stance AS stance ON stance.id = addressee.stance_id
        JOIN claims_article AS article ON article.id = stance.article_id
        LEFT JOIN claims_actor AS actor ON actor.id = addressee.actor_id""",
    "claims": "SELECT wording_key, text, first_seen, curated, version FROM claims_claim",
    "outlets": "SELECT domain, name, curated, version FROM claims_outlet",
    "proposals": """
        SELECT article.sha256, proposal.kind, proposal.state, stance.content_start, stance.cue_start, proposal.payload
        FROM claims_proposal AS proposal
        JOIN claims_article AS article ON article.id = proposal.article_id
        LEFT JOIN claims_stance AS stance ON stance.id = proposal.stance_id""",
}


def dump(query: Query | None = None) -> dict[str, list[str]]:
    """Every row that imports write, as text, sorted; what ``query`` reads from, or the tests' own database."""
    return {name: sorted(map(_plain, (query or _own)(sql))) for name, sql in _TABLES.items()}


def _own(sql: str) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _plain(row: tuple[Any, ...]) -> str:
    return json.dumps([json.dumps(v, sort_keys=True) if isinstance(v, dict) else v for v in row], default=str)


@dataclass(frozen=True)
class SharedStore:
    """A database that processes of their own can write, and what it takes to start them."""

    url: str
    root: Path

    def start(self, *arguments: str, command: str = "import_articles") -> subprocess.Popen[str]:
        """Start ``manage.py COMMAND`` on this store."""
        environment = {
            **os.environ,
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "tests.ingest.fake_settings",
        }
        return subprocess.Popen(
            [sys.executable, "manage.py", command, *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def query(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """What ``sql`` finds now."""
        if connection.vendor == "postgresql":
            return _own(sql)
        store = sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20)
        try:
            return store.execute(sql).fetchall()
        finally:
            store.close()

    def clear(self) -> None:
        """Take away what imports wrote."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE claims_article, claims_claim, claims_outlet, claims_run CASCADE")


def share(folder: Path, name: str) -> SharedStore:
    """The tests' own database on PostgreSQL; on SQLite, where it is in memory, a copy of it in a file."""
    if connection.vendor == "postgresql":
        address = urlsplit(os.environ["DATABASE_URL"])
        return SharedStore(address._replace(path=f"/{connection.settings_dict['NAME']}").geturl(), folder)
    file = folder / f"{name}.sqlite3"
    connection.ensure_connection()
    copy = sqlite3.connect(file)
    connection.connection.backup(copy)
    copy.close()
    return SharedStore(f"sqlite:///{file}", folder)
