"""Copies: articles that repeat one another form a family, which counts as one original."""
