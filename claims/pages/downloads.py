"""Lists of stances as CSV, sent row by row."""

from __future__ import annotations

from django.http import StreamingHttpResponse

from claims.exchange.stances import csv_lines
from claims.models import StanceQuerySet


def stances_csv(stances: StanceQuerySet, *, name: str) -> StreamingHttpResponse:
    """``stances`` in their order as a CSV file called ``name``, in UTF-8, every cell guarded against formulas."""
    response = StreamingHttpResponse(csv_lines(stances), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
