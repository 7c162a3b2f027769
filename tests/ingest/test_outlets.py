"""Outlets by the hosts of addresses."""

from __future__ import annotations

import pytest

from claims.ingest.outlets import NAMES, domain_of, find_outlet
from claims.models import Outlet


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.straitstimes.com/world/a", "straitstimes.com"),
        ("http://REUTERS.com:443/a", "reuters.com"),
        # a section of a known outlet
        ("https://edition.cnn.com/a", "cnn.com"),
        ("https://news.bbc.co.uk/a", "bbc.co.uk"),
        # a host that only looks like a known one
        ("https://notcnn.com/a", "notcnn.com"),
        # other presentations of an unknown outlet, and a name that begins like one
        ("https://www.example.org/a", "example.org"),
        ("https://m.example.org/a", "example.org"),
        ("https://www.com/a", "www.com"),
        ("https://news.example.org/a", "news.example.org"),
        ("https://example.org./a", "example.org"),
        ("https://user:secret@example.org/a", "example.org"),
        ("https://münchen.example/a", "xn--mnchen-3ya.example"),
        # no outlet to be told from these
        ("http://localhost/a", ""),
        ("http://10.0.0.1/a", ""),
        ("http://[::1]/a", ""),
        (f"https://{'a' * 64}.example/a", ""),
        ("", ""),
    ],
)
def test_the_domain_comes_from_the_host(url: str, domain: str) -> None:
    assert domain_of(url) == domain


def test_every_known_outlet_can_be_found_by_its_domain() -> None:
    assert [domain for domain in NAMES if domain_of(f"https://www.{domain}/x") != domain] == []


@pytest.mark.django_db
def test_an_outlet_is_created_once_and_then_left_as_people_name_it() -> None:
    first = find_outlet("https://www.reuters.com/a")
    assert first is not None
    assert (first.name, first.domain) == ("Reuters", "reuters.com")
    Outlet.objects.update(name="Reuters News", curated=True)
    again = find_outlet("https://reuters.com/b")
    assert again == first
    assert Outlet.objects.get().name == "Reuters News"
