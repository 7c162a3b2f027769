"""Keeps spreadsheets from running what strangers wrote: articles and file names end up in cells.

A text that a spreadsheet program could take for a formula gets an apostrophe before it, which such programs read as
"this is text". Reading the file back takes exactly that apostrophe away again, so nothing is lost on the way.
"""

from __future__ import annotations

# A cell that begins so is a formula to some spreadsheet program; full-width forms count to some as well.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
# What a program may pass over before it looks for the beginning.
PASSED_OVER = " \u00a0\u200b\ufeff\0"
GUARD = "'"


def guarded(value: object) -> str:
    """``value`` as the text of a spreadsheet cell: "" for None, numbers as they are, formulas behind an apostrophe."""
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, int | float):
        return text
    return f"{GUARD}{text}" if _looks_like_formula(text) else text


def restored(cell: str) -> str:
    """The text that ``guarded`` made ``cell`` of: ``restored(guarded(text)) == text`` for every text."""
    rest = cell.removeprefix(GUARD)
    return rest if rest != cell and _looks_like_formula(rest) else cell


def _looks_like_formula(text: str) -> bool:
    """Whether a program could take ``text`` for a formula, or ``restored`` could take it for a guarded one."""
    bare = text.lstrip(GUARD)
    return bare.startswith(FORMULA_STARTS) or bare.lstrip(PASSED_OVER).startswith(FORMULA_STARTS)
