"""Patterns by which a topic recognises its claims: pure Python, no database."""
