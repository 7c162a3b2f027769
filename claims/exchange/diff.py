"""What an import would change, cell by cell, for its preview."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from import_export.resources import Diff


class PlainDiff(Diff):
    """Old and new value of each cell; the library's own writes styles into the page, which the site's policy blocks."""

    def as_html(self) -> list[SafeString | str]:
        """One piece of HTML a field: the value where it stays, otherwise the old one struck out before the new."""
        return [_cell("" if self.new else old, new) for old, new in zip(self.left, self.right, strict=False)]


def _cell(old: Any, new: Any) -> SafeString | str:
    before, after = ("" if value is None else str(value) for value in (old, new))
    if before == after:
        return after
    if not before:
        return format_html("<ins>{}</ins>", after)
    return format_html("<del>{}</del> <ins>{}</ins>", before, after)
