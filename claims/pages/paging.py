"""Long lists in pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int, parameter: str = "page") -> Page[Any]:
    """The page of ``rows`` that the address asks for; the nearest there is where it asks for none or a wrong one.

    ``parameter`` names the page in the address, where a page of the site has two lists.
    """
    return Paginator(rows, size).get_page(request.GET.get(parameter))


def query_without_page(request: HttpRequest) -> str:
    """What stands behind the question mark of the address, without the page and without empty fields."""
    asked = ((key, value) for key, values in request.GET.lists() for value in values)
    return urlencode([(key, value) for key, value in asked if value and key != "page"])
