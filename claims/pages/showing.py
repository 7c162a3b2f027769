"""The choice between all stances and those that people judged, kept for all pages while somebody is signed in."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from claims.pages.readable import CHOICE, Showing


@require_POST
@login_required
def choose_showing(request: HttpRequest) -> HttpResponse:
    """Keep what is posted as ``show``, and go back to the page that ``next`` names, without a choice of its own."""
    is_judged = request.POST.get("show") == Showing.JUDGED
    request.session[CHOICE] = (Showing.JUDGED if is_judged else Showing.ALL).value
    asked = request.POST.get("next", "")
    if not asked.startswith("/") or not url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return redirect(reverse("front"))
    parts = urlsplit(asked)
    query = QueryDict(parts.query, mutable=True)
    for name in ("show", "page"):
        query.pop(name, None)
    return redirect(urlunsplit(("", "", parts.path, query.urlencode(), "")))
