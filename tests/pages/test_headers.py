"""What every answer of the reading side says to the browser, downloads, redirects and refusals included."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.pages.test_hostile import ADDRESSES, content_of, hostile_site

pytestmark = pytest.mark.django_db

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    # Words of strangers are what their Content-Type says, not what they look like.
    "X-Content-Type-Options": "nosniff",
    # Nobody learns from a link to a source what is read here.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def test_every_answer_has_the_headers_that_protect_its_readers(rita: Client) -> None:
    stance = hostile_site("words")
    addresses = [address(stance, "words") for address in ADDRESSES.values() if address is not None]
    for address in (*addresses, "/login/", "/nowhere/", "/actors/nobody/", "/changes/1/dismiss/"):
        answer = rita.get(address)
        content_of(answer)
        found = {name: answer.headers.get(name) for name in HEADERS}
        assert found == HEADERS, address


def test_so_has_an_answer_to_somebody_who_must_sign_in_first() -> None:
    answer = Client().get("/")
    assert answer.status_code == 302
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_downloads_and_feeds_are_no_pages_to_a_browser(rita: Client) -> None:
    stance = hostile_site("<script>alert(1)</script>")
    for name, address in ADDRESSES.items():
        if address is None or not ("_stances " in name or name.endswith("_feed")):
            continue
        answer = rita.get(address(stance, ""))
        content_of(answer)
        assert not answer.headers["Content-Type"].startswith(("text/html", "text/xml", "application/xhtml")), name
        if "_stances " in name:
            assert answer.headers["Content-Disposition"].startswith("attachment"), name
