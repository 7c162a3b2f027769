"""Lists of stances as files to take along: what a page shows, on all of its pages, in its order, with its filters.

A page offers them with a view of two lines, an address with the form in it, and a template part::

    def claim_stances(request, pk, form):
        claim = claim_at(pk)
        return stances_file(filters_of(request, claim), form, about=claim.text, name=f"claim-{claim.pk}-stances")

    path("claims/<int:pk>/stances.<form:form>", claims.claim_stances, name="claim_stances")

    {% url "claim_stances" claim.pk "csv" as csv_url %} ... {% include "pages/parts/downloads.html" %}

CSV and JSON are written while they are read. The filters stand in words and as the page's address in each file: in CSV
in the last two columns of every row, so that it stays a table; in XLSX on a second sheet; in JSON beside the stances.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Generator, Iterator
from typing import Any, Final

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exchange.stances import BETWEEN, COLUMNS, Record, cell, records
from claims.exchange.streams import Echo, xlsx_file
from claims.models import Stance
from claims.pages.filters import StanceFilters
from claims.pages.readable import newest_first

#: XLSX is written whole before it is sent, and nobody waits for more rows than this.
MOST_XLSX: Final = 50_000
#: What a file has of each stance: whether people judged it comes beside its state, and in CSV what the list was.
WITH_JUDGED: Final = (*COLUMNS, "judged")
IN_CSV: Final = (*WITH_JUDGED, "filters", "address")
CSV_TYPE, JSON_TYPE = "text/csv; charset=utf-8", "application/json"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FormConverter:
    """The form of a file in an address."""

    regex = "csv|xlsx|json"

    def to_python(self, value: str) -> str:
        """The form."""
        return value

    def to_url(self, value: str) -> str:
        """The form."""
        return value


def stances_file(filters: StanceFilters, form: str, *, about: str, name: str) -> HttpResponseBase:
    """The stances that ``filters`` show as a file in ``form``: ``csv``, ``xlsx`` or ``json``.

    ``about`` says in words what the page is about, and the file is called ``name``. Instead of XLSX for more stances
    than anybody waits for, there is a page that says so.
    """
    if form == "xlsx" and filters.shown.order_by()[: MOST_XLSX + 1].count() > MOST_XLSX:
        context = {"about": about, "most": MOST_XLSX, "query": filters.query, "page_address": _page_address(filters)}
        return render(filters.request, "pages/too_many.html", context, status=413)
    told = about_list(filters, about)
    name = f"{name}-filtered" if filters.is_asking else name
    response: HttpResponseBase
    if form == "csv":
        response = StreamingHttpResponse(_csv_lines(filters, told), content_type=CSV_TYPE)
    elif form == "json":
        response = StreamingHttpResponse(_json_lines(filters, told), content_type=JSON_TYPE)
    else:
        rows = [[label, _in_words(value)] for label, value in told.items()]
        response = FileResponse(xlsx_file(_cells(filters), title=_("Stances"), about=rows), content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def about_list(filters: StanceFilters, about: str) -> dict[str, Any]:
    """What a file says of itself: what it is about, with which filters, from which address, taken on which day."""
    told: dict[str, Any] = {
        "about": about,
        "filters": [{"filter": label, "values": values} for label, values in filters.described],
        "address": address_of(filters),
        "taken_on": timezone.localdate().isoformat(),
        "order": _("newest article first"),
    }
    if filters.errors:
        told["errors"] = list(filters.errors)
    return told


def address_of(filters: StanceFilters) -> str:
    """The whole address of the page that shows the same stances, without the number of a page."""
    address = filters.request.build_absolute_uri(_page_address(filters))
    return f"{address}?{filters.query}" if filters.query else address


def _page_address(filters: StanceFilters) -> str:
    """The path of the page that offers the file: an address of a file is that of its page and the file's own name."""
    path = filters.request.path
    return path if path.endswith("/") else path.rpartition("/")[0] + "/"


def _in_words(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    return BETWEEN.join(f"{each['filter']}: {each['values']}" if isinstance(each, dict) else each for each in value)


def _rows(filters: StanceFilters) -> Iterator[Record]:
    for record in records(newest_first(filters.shown)):
        yield {**record, "judged": record["state"] != Stance.State.PENDING}


def _cells(filters: StanceFilters) -> Generator[list[Any], None, None]:
    yield list(WITH_JUDGED)
    for row in _rows(filters):
        yield [BETWEEN.join(row[name]) if isinstance(row[name], list) else row[name] for name in WITH_JUDGED]


def _csv_lines(filters: StanceFilters, told: dict[str, Any]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(IN_CSV)
    same = [cell(_in_words(told["filters"])), cell(told["address"])]
    for row in _rows(filters):
        yield writer.writerow([*(cell(row[name]) for name in WITH_JUDGED), *same])


def _json_lines(filters: StanceFilters, told: dict[str, Any]) -> Iterator[str]:
    """One object: what the file is, a line for each stance, and last their number, which only a whole file has."""
    yield f'{{"list": {json.dumps(told, ensure_ascii=False)},\n"stances": ['
    number = 0
    for number, row in enumerate(_rows(filters), start=1):
        yield f"{',' if number > 1 else ''}\n{json.dumps(row, ensure_ascii=False)}"
    yield f'\n],\n"number": {number}}}\n'
