"""Who visits: Rita, who reads with an account, and the public, which has none."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories import person


@pytest.fixture
def rita(db: None) -> Client:
    """A reader who is signed in."""
    client = Client()
    client.force_login(person("rita"))
    return client


@pytest.fixture
def public(db: None, settings: Settings) -> Client:
    """Somebody without an account, on a site whose pages are public."""
    settings.PUBLIC_PAGES = True
    return Client()
