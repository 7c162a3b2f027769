"""How to cite a page: who, where, when it was read, and an address that lasts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Citation:
    """A page as somebody cites it: ``title`` in quotation marks, the host of the site, the day, and the address."""

    title: str
    host: str
    day: dt.date
    address: str


def citation_of(request: HttpRequest, title: str, query: str = "") -> Citation:
    """How to cite the page that is asked for today, called ``title``; ``query`` are the filters that belong to it."""
    address = request.build_absolute_uri(request.path)
    return Citation(title, request.get_host(), timezone.localdate(), f"{address}?{query}" if query else address)
