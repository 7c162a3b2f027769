"""Figures over a large store are counted now and then; over a small one, each time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def number_of_stances(client: Client) -> int:
    number: int = client.get("/").context["counts"]["stances"]
    return number


def test_a_small_store_is_counted_each_time(rita: Client) -> None:
    make.stance()
    assert number_of_stances(rita) == 1
    make.stance(actor_as_printed="the Kremlin")
    assert number_of_stances(rita) == 2


def test_a_large_one_is_counted_now_and_then(rita: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.pages.kept.LARGE", 0)
    make.stance()
    assert number_of_stances(rita) == 1
    make.stance(actor_as_printed="the Kremlin")
    assert number_of_stances(rita) == 1
    cache.clear()
    assert number_of_stances(rita) == 2


def test_the_public_never_gets_what_was_counted_for_others(
    rita: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.pages.kept.LARGE", 0)
    settings.PUBLIC_PAGES = True
    make.stance()
    assert number_of_stances(rita) == 1
    assert number_of_stances(Client()) == 0
