"""Pages of big tables without counting the whole table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

if TYPE_CHECKING:
    Pages = Paginator[Any]
else:
    Pages = Paginator


class CappedPaginator(Pages):
    """Counts to ``LIMIT`` and no further: a count of ten million rows takes longer than showing fifty of them.

    What lies beyond is found by filters and search.
    """

    LIMIT = 10_000

    @cached_property
    def _counted(self) -> int:
        rows = self.object_list
        if isinstance(rows, QuerySet):
            # A row more than the limit tells "exactly so many" from "more".
            return rows.order_by().values("pk")[: self.LIMIT + 1].count()
        return len(rows)

    @cached_property
    def count(self) -> int:
        """The number of rows, ``LIMIT`` at most."""
        return min(self._counted, self.LIMIT)

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than ``count``."""
        return self._counted > self.LIMIT
