"""Finding stances by their words: SQLite's FTS5 or PostgreSQL's full text, behind one function."""

from claims.search.find import find_stances
from claims.search.query import Term, parse

__all__ = ["Term", "find_stances", "parse"]
