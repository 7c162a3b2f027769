"""Keys of rows as addresses and forms have them."""

from __future__ import annotations


def plain_key(value: str) -> str:
    """``value`` if it can be the key of a row, otherwise ""; a field that shows its row fails on what is no key."""
    return value if value.isdecimal() and len(value) < 19 else ""
