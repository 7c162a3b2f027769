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
    assert [(each.label, each.sides) for each in sides_over_time(visible_stances(), Period.QUARTER)] == [
        ("Q4 2021", Sides(against=1, stances=1, judged=1)),
        ("Q1 2022", Sides(for_=1, against=1, unknown=1, stances=3, judged=1)),
        ("Q2 2022", Sides(neutral=1, stances=1)),
    ]


def test_or_by_month(topic: Topic) -> None:
    for day in ("2022-01-02", "2022-01-31", "2022-03-01"):
        stance(day, "for")
    found = sides_over_time(visible_stances(), Period.MONTH)
    assert [(each.label, each.sides.for_) for each in found] == [
        ("Jan 2022", 2),
        ("Feb 2022", 0),
        ("Mar 2022", 1),
    ]


@pytest.mark.parametrize(
    ("last", "period", "number"),
    [
        ("2022-01-01", Period.DAY, 1),
        ("2022-03-01", Period.DAY, 60),
        ("2022-03-02", Period.WEEK, 10),
        ("2023-02-19", Period.WEEK, 60),
        ("2023-02-20", Period.MONTH, 14),
        ("2026-12-31", Period.MONTH, 60),
        ("2027-01-01", Period.QUARTER, 21),
        ("2036-12-31", Period.QUARTER, 60),
        ("2037-01-01", Period.YEAR, 16),
        ("2081-12-31", Period.YEAR, 60),
        ("2082-01-01", Period.DECADE, 7),
        ("9999-12-31", Period.DECADE, 798),
    ],
)
def test_the_longer_the_time_the_coarser_it_is_divided(last: str, period: Period, number: int) -> None:
    first, end = dt.date(2022, 1, 1), dt.date.fromisoformat(last)
    assert Period.fitting(first, end) is period
    assert period.number_of(first, end) == number
    days = list(period.days_between(first, end))
    assert len(days) == number
    assert all(period.beginning_of(day) == day for day in days)
    assert [period.last_day(day) + dt.timedelta(days=1) for day in days[:-1]] == days[1:]
    assert period.last_day(days[-1]) >= end


@pytest.mark.parametrize(
    ("period", "labels"),
    [
        (Period.DAY, ["2 Jan 1985"]),
        (Period.WEEK, ["31 Dec 1984"]),
        (Period.MONTH, ["Jan 1985"]),
        (Period.QUARTER, ["Q1 1985"]),
        (Period.YEAR, ["1985"]),
        (Period.DECADE, ["1980s"]),
    ],
)
def test_a_database_divides_time_as_the_program_does(topic: Topic, period: Period, labels: list[str]) -> None:
    stance("1985-01-02", "for")
    (found,) = sides_over_time(visible_stances(), period)
    assert [found.label] == labels
    assert found.first_day == period.beginning_of(dt.date(1985, 1, 2))
    assert found.first_day <= dt.date(1985, 1, 2) <= found.last_day
    assert found.sides == Sides(for_=1, stances=1)


def test_what_is_cut_short_at_either_end_of_the_calendar_is_no_error(topic: Topic) -> None:
    stance("0001-01-01", "for"), stance("9999-12-31", "against")
    found = sides_over_time(visible_stances(), Period.DECADE)
    assert (found[0].label, found[-1].label, found[-1].last_day) == ("1s", "9990s", dt.date.max)
    assert sum(each.sides.stances for each in found) == 2


def test_a_story_and_its_copies_count_once_and_so_does_an_article_with_two_stances(topic: Topic) -> None:
    original, copy = article("2022-01-02"), article("2022-01-03")
    Article.objects.filter(pk__in=[original.pk, copy.pk]).update(family=make.article_family(original=original))
    for where in (original, copy):
        make.stance(article=where)
        make.stance(article=where, actor_as_printed="it")
    (period,) = sides_over_time(visible_stances(), Period.QUARTER)
    assert period.sides == Sides(against=1, stances=4)


def test_sides_come_by_topic_the_one_with_most_stances_first(topic: Topic) -> None:
    other = make.topic(name="Talks")
    ClaimTopic.objects.create(claim=make.claim(text="Talks go on"), topic=other)
    stance("2022-01-01", "for", claim=make.claim(text="Talks go on"))
    stance("2022-01-02", "against"), stance("2022-05-02", "for")
    stance("2022-01-02", "against", claim=make.claim(text="On no topic"))
    first, second = sides_by_topic(visible_stances(), Period.QUARTER)
    assert (first.topic, second.topic) == (topic, other)
    assert (first.total, first.total.is_contested) == (Sides(for_=1, against=1, stances=2), True)
    assert [each.label for each in first.periods] == ["Q1 2022", "Q2 2022"]
    assert not second.total.is_contested


def test_stances_on_a_merged_claim_count_for_the_topics_of_the_one_that_stays(topic: Topic) -> None:
    merged = make.claim(text="An attack is planned", merged_into=make.claim())
    ClaimTopic.objects.create(claim=merged, topic=make.topic(name="Former"))
    stance("2022-01-01", "for", claim=merged)
    assert [each.topic for each in sides_by_topic(visible_stances(), Period.QUARTER)] == [topic]
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
