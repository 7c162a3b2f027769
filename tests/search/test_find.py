"""Searching stances by words, on either database."""

from __future__ import annotations

import pytest
from django.db import connection

from claims.models import Stance
from claims.search import Term, find_stances, parse
from tests import factories as make

pytestmark = pytest.mark.django_db

CASES = [
    ("", []),
    ("   ", []),
    ("Putin", [Term(("Putin",))]),
    ("new sanctions", [Term(("new",)), Term(("sanctions",))]),
    ('"new sanctions" talks', [Term(("new", "sanctions")), Term(("talks",))]),
    ("sanct*", [Term(("sanct",), is_beginning=True)]),
    ('"new sanct"*', [Term(("new", "sanct"), is_beginning=True)]),
    ("talks -war", [Term(("talks",)), Term(("war",), is_excluded=True)]),
    ("US-Russia", [Term(("US", "Russia"))]),
    ('"open', [Term(("open",))]),
    ('* " ( ) : NEAR/3 ^ \0', [Term(("NEAR", "3"))]),
    ("a_b", [Term(("a", "b"))]),
    ("мир", [Term(("мир",))]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_query_is_read_in_terms(text: str, expected: list[Term]) -> None:
    assert parse(text) == expected


def test_beginnings_are_for_words_outside_quotation_marks() -> None:
    assert parse('sanct "new talks"', beginnings=1) == [Term(("sanct",), is_beginning=True), Term(("new", "talks"))]


def found(text: str, *, beginnings: int = 0) -> list[str]:
    return [stance.cue_text for stance in find_stances(Stance.objects.order_by("pk"), text, beginnings=beginnings)]


@pytest.fixture
def two() -> list[Stance]:
    """One that denies planning to attack Ukraine, one that says it has the right to move troops; both Moscow's."""
    return [make.stance(), make.stance(cue="says", content="it has the right to move troops", target="")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ukraine", ["denies"]),
        ("moscow", ["denies", "says"]),
        ("move troops", ["says"]),
        ("troops attack", []),
        ('"move troops"', ["says"]),
        ('"troops move"', []),
        ("ukr*", ["denies"]),
        ("ukr", []),
        ("moscow -troops", ["denies"]),
        ("-troops", []),
        ("", []),
        ("%", []),
        ("'; DROP TABLE claims_stance; --", []),
        ('"', []),
        ("AND OR NOT NEAR(", []),
        ("x" * 10_000, []),
    ],
)
def test_stances_are_found_by_words(two: list[Stance], text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_words_may_be_begun(two: list[Stance]) -> None:
    assert found("ukr att", beginnings=1) == ["denies"]


def test_accents_and_case_make_no_difference_where_the_database_can(two: list[Stance]) -> None:
    assert found("UKRAINE") == ["denies"]


def test_what_changes_and_goes_is_found_no_longer(two: list[Stance]) -> None:
    two[0].actor_as_printed = "the Kremlin"
    two[0].save()
    assert found("kremlin") == ["denies"]
    assert found("moscow") == ["says"]
    two[1].delete()
    assert found("moscow") == []


@pytest.mark.sqlite
def test_the_index_is_sound_after_all_that(two: list[Stance]) -> None:
    two[0].delete()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO claims_stance_words (claims_stance_words) VALUES ('integrity-check')")
