"""The indexes of words: what is searched, and how each database names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Index:
    """The words of the rows of ``table``.

    SQLite has them in the FTS5 table ``words``, whose rows have the keys of ``table``; PostgreSQL in a GIN index on
    what the function ``claims_words`` makes of ``text``: a query in other words would not use it (see the migrations).
    """

    table: str
    text: str

    @property
    def words(self) -> str:
        """The FTS5 table on SQLite, the index on PostgreSQL."""
        return f"{self.table}_words"

    @property
    def vector(self) -> str:
        """What PostgreSQL's index is on."""
        return f"claims_words({self.text})"


STANCES: Final = Index("claims_stance", "actor_as_printed || ' ' || content_text")
CLAIMS: Final = Index("claims_claim", "text")
ACTORS: Final = Index("claims_actor", "name")
ALIASES: Final = Index("claims_alias", "text")
ARTICLES: Final = Index("claims_article", "title || ' ' || text")
