"""The indexes of words: what is searched, and how each database names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Index:
    """The words of the rows of ``table``.

    SQLite has them in the FTS5 table ``{table}_words``, whose rows have the keys of ``table``; PostgreSQL in the column
    ``words``, which it keeps itself, with a GIN index (see the migrations).
    """

    table: str

    @property
    def words(self) -> str:
        """The FTS5 table on SQLite."""
        return f"{self.table}_words"


STANCES: Final = Index("claims_stance")
CLAIMS: Final = Index("claims_claim")
ACTORS: Final = Index("claims_actor")
ALIASES: Final = Index("claims_alias")
ARTICLES: Final = Index("claims_article")
