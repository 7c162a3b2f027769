"""Finding rows by their words: SQLite's FTS5 or PostgreSQL's full text, behind one function."""

from claims.search.find import find_stances, is_asking, matching
from claims.search.highlight import Bit, excerpt, highlighted
from claims.search.indexes import ACTORS, ALIASES, ARTICLES, CLAIMS, STANCES, Index
from claims.search.query import Term, parse

__all__ = [
    "ACTORS",
    "ALIASES",
    "ARTICLES",
    "CLAIMS",
    "STANCES",
    "Bit",
    "Index",
    "Term",
    "excerpt",
    "find_stances",
    "highlighted",
    "is_asking",
    "matching",
    "parse",
]
