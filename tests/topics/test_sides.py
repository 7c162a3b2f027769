"""The sides that actors take on a topic over time, with the counts behind them."""

from __future__ import annotations

import datetime as dt

import pytest

from claims.models import Article, ClaimTopic, Stance, Topic
from claims.selectors import visible_stances
from claims.topics.sides import (
    Period,
    Sides,
    on_topic,
    sides_by_actor,
    sides_by_claim,
    sides_by_topic,
    sides_over_time,
)
from tests import factories as make

pytestmark = pytest.mark.django_db


def article(day: str) -> Article:
    number = Article.objects.count()
    text = f"Title {number}\n20220101\nhttps://example.org/{number}\nMoscow denies planning to attack Ukraine.\n"
    row: Article = make.article(text=text, published_on=dt.date.fromisoformat(day))
    return row


def stance(day: str, side: str, **fields: object) -> Stance:
    row: Stance = make.stance(**{"article": article(day), "side": side, **fields})
    return row


@pytest.fixture
def topic() -> Topic:
    row: Topic = make.topic()
    ClaimTopic.objects.create(claim=make.claim(), topic=row)
    return row


def test_sides_are_counted_by_quarter(topic: Topic) -> None:
    for day, side, state in (
        ("2021-12-30", "against", "accepted"),
        ("2022-01-02", "against", "pending"),
        ("2022-03-31", "for", "pending"),
        ("2022-02-01", "", "corrected"),
        ("2022-04-01", "neutral", "pending"),
    ):
        stance(day, side, state=state)
    assert [(each.label, each.sides) for each in sides_over_time(visible_stances())] == [
        ("Q4 2021", Sides(against=1, stances=1, judged=1)),
        ("Q1 2022", Sides(for_=1, against=1, unknown=1, stances=3, judged=1)),
        ("Q2 2022", Sides(neutral=1, stances=1)),
    ]


def test_or_by_month(topic: Topic) -> None:
    for day in ("2022-01-02", "2022-01-31", "2022-03-01"):
        stance(day, "for")
    found = sides_over_time(visible_stances(), Period.MONTH)
    assert [(each.label, each.sides.for_) for each in found] == [("Jan 2022", 2), ("Mar 2022", 1)]


def test_a_story_and_its_copies_count_once_and_so_does_an_article_with_two_stances(topic: Topic) -> None:
    original, copy = article("2022-01-02"), article("2022-01-03")
    Article.objects.filter(pk__in=[original.pk, copy.pk]).update(family=make.article_family(original=original))
    for where in (original, copy):
        make.stance(article=where)
        make.stance(article=where, actor_as_printed="it")
    (period,) = sides_over_time(visible_stances())
    assert period.sides == Sides(against=1, stances=4)


def test_sides_come_by_topic_the_one_with_most_stances_first(topic: Topic) -> None:
    other = make.topic(name="Talks")
    ClaimTopic.objects.create(claim=make.claim(text="Talks go on"), topic=other)
    stance("2022-01-01", "for", claim=make.claim(text="Talks go on"))
    stance("2022-01-02", "against"), stance("2022-05-02", "for")
    stance("2022-01-02", "against", claim=make.claim(text="On no topic"))
    first, second = sides_by_topic(visible_stances())
    assert (first.topic, second.topic) == (topic, other)
    assert (first.total, first.total.is_contested) == (Sides(for_=1, against=1, stances=2), True)
    assert [each.label for each in first.periods] == ["Q1 2022", "Q2 2022"]
    assert not second.total.is_contested


def test_stances_on_a_merged_claim_count_for_the_topics_of_the_one_that_stays(topic: Topic) -> None:
    merged = make.claim(text="An attack is planned", merged_into=make.claim())
    ClaimTopic.objects.create(claim=merged, topic=make.topic(name="Former"))
    stance("2022-01-01", "for", claim=merged)
    assert [each.topic for each in sides_by_topic(visible_stances())] == [topic]
    assert on_topic(visible_stances(), topic).count() == 1
    assert on_topic(visible_stances(), Topic.objects.get(name="Former")).count() == 0
    (found,) = sides_by_claim(visible_stances(), [make.claim().pk])
    assert found.sides == Sides(for_=1, stances=1)


def test_actors_come_with_their_sides_merged_rows_counted_with_the_one_that_stays(topic: Topic) -> None:
    old = make.actor(name="Russian Federation", merged_into=make.actor())
    stance("2022-01-01", "for"), stance("2022-01-02", "against", actor=old)
    stance("2022-01-03", "for", actor=make.actor(name="Japan"))
    stance("2022-01-04", "for", actor=None)
    found = sides_by_actor(visible_stances(), 5)
    assert [(each.actor.name, each.sides.for_, each.sides.against) for each in found] == [
        ("Russia", 1, 1),
        ("Japan", 1, 0),
    ]
    assert [each.actor.name for each in sides_by_actor(visible_stances(), 1)] == ["Russia"]


@pytest.mark.parametrize(("judged", "stances", "percent"), [(0, 0, 0), (1, 3, 33), (2, 3, 67), (3, 3, 100)])
def test_the_share_that_people_judged(judged: int, stances: int, percent: int) -> None:
    assert Sides(stances=stances, judged=judged).judged_percent == percent
