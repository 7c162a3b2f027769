"""A store of made-up stances, large enough that every page has something to leave out."""

from __future__ import annotations

import pytest
from django.db import connection

from claims.scale.generate import Size, generate
from tests.factories import person

STANCES, ACTORS = 2_000, 600


@pytest.fixture
def made_up(db: None) -> None:
    generate(connection, Size(STANCES, ACTORS), person("ana").pk)
