"""What is contested on a topic: claims with both sides, a quotation of either."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.models import Article, Stance
from claims.selectors import visible_stances
from claims.topics.contested import contested_claims
from claims.topics.sides import Sides, Stand
from tests import factories as make

pytestmark = pytest.mark.django_db


def article(day: int) -> Article:
    text = f"Title {day}\n202201{day:02}\nhttps://example.org/{day}\nMoscow denies planning to attack Ukraine.\n"
    row: Article = make.article(text=text, published_on=dt.date(2022, 1, day))
    return row


def stance(day: int, side: str, claim: str, **fields: object) -> Stance:
    row: Stance = make.stance(**{"article": article(day), "side": side, "claim": make.claim(text=claim), **fields})
    return row


def test_a_claim_is_contested_where_both_sides_are_taken() -> None:
    stance(1, "for", "All agree"), stance(2, "neutral", "All agree")
    stance(3, "against", "All refuse"), stance(4, "", "All refuse")
    taken, refused = stance(5, "for", "Some agree"), stance(6, "against", "Some agree")
    (found,) = contested_claims(visible_stances(), 5)
    assert (found.claim, found.for_, found.against) == (taken.claim, 1, 1)
    assert (found.example_for, found.example_against) == (taken, refused)


def test_the_most_evenly_opposed_comes_first() -> None:
    for day, side in enumerate(("for", "against", "against", "against"), 1):
        stance(day, side, "Three to one")
    for day, side in enumerate(("for", "for", "against", "against"), 11):
        stance(day, side, "Two to two")
    found = contested_claims(visible_stances(), 5)
    assert [(each.claim.text, each.for_, each.against) for each in found] == [
        ("Two to two", 2, 2),
        ("Three to one", 1, 3),
    ]
    assert [each.claim.text for each in contested_claims(visible_stances(), 1)] == ["Two to two"]


def test_what_people_judged_is_quoted_before_what_is_newer() -> None:
    stance(1, "for", "A plan"), stance(2, "for", "A plan")
    judged, newest = stance(1, "against", "A plan", state="accepted", actor_as_printed="it"), stance(3, "for", "A plan")
    stance(4, "against", "A plan")
    (found,) = contested_claims(visible_stances(), 5)
    assert (found.example_for, found.example_against) == (newest, judged)


def test_stances_on_a_merged_claim_count_for_the_one_that_stays() -> None:
    make.claim(text="Formerly", merged_into=make.claim(text="A plan"))
    stance(1, "for", "Formerly"), stance(2, "against", "A plan")
    (found,) = contested_claims(visible_stances(), 5)
    assert found.claim.text == "A plan"


def test_it_asks_the_same_however_many_there_are(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(8):
        stance(2 * number + 1, "for", f"Plan {number}"), stance(2 * number + 2, "against", f"Plan {number}")
    with django_assert_num_queries(3):
        for each in contested_claims(visible_stances(), 6):
            assert str(each.example_for.actor) + str(each.example_for.article.outlet)
    with django_assert_num_queries(1):
        assert contested_claims(visible_stances().filter(side="for"), 6) == []


@pytest.mark.parametrize(
    ("sides", "stand"),
    [
        (Sides(for_=9, judged=5), Stand.FOR),
        (Sides(against=9, neutral=3, judged=5), Stand.AGAINST),
        (Sides(for_=1, against=99, judged=100), Stand.BOTH),
        (Sides(neutral=9, unknown=2, judged=5), Stand.NEITHER),
        (Sides(for_=9, judged=4), Stand.UNCERTAIN),
        (Sides(for_=1, against=99, judged=4), Stand.UNCERTAIN),
    ],
)
def test_where_somebody_stands_is_said_only_where_enough_is_judged(sides: Sides, stand: Stand) -> None:
    assert sides.stand is stand
