"""Somebody at the browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import person

SignIn = Callable[[str], Client]


@pytest.fixture
def as_person(db: None) -> SignIn:
    """Signs in one of the cast by name, each with a browser of their own."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(person(name))
        return client

    return sign_in
