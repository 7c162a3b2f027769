"""``manage.py find_changes``: what it finds and says."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from claims.models import PositionChange
from tests.positions.days import asserts, denies

pytestmark = pytest.mark.django_db


def run() -> dict[str, int]:
    out = io.StringIO()
    call_command("find_changes", stdout=out, stderr=io.StringIO())
    rows = (line.rsplit(maxsplit=1) for line in out.getvalue().splitlines())
    return {name.strip(): int(figure) for name, figure in rows}


def test_it_finds_changes_and_says_how_many() -> None:
    denies(1)
    later = asserts(9)
    assert run() == {"added": 1, "dropped": 0, "standing in all": 1}
    assert run() == {"added": 0, "dropped": 0, "standing in all": 1}
    later.delete()
    assert run() == {"added": 0, "dropped": 1, "standing in all": 0}
    assert not PositionChange.objects.exists()
