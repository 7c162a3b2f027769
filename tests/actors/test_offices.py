"""Which office an actor held: by day, and by what is printed beside the name."""

from __future__ import annotations

import datetime as dt

import pytest

from claims.actors.offices import Offices, refresh, words_around, words_around_mention
from claims.models import Actor, Role, Stance
from tests import factories as make

pytestmark = pytest.mark.django_db

DAY = dt.date(2021, 12, 30)


def office(title: str, organisation: str = "Russia", **values: object) -> Role:
    return make.role(title=title, organisation=make.actor(name=organisation), **values)


@pytest.fixture
def putin() -> Actor:
    return make.actor(name="Vladimir Putin", kind="person")


def held(actor: Actor, words: str = "", day: dt.date = DAY) -> str:
    role = Offices([actor.pk]).held(actor.pk, day, words)
    return role.title if role else ""


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "expected"),
    [
        # it lasts
        (dt.date(2012, 5, 7), None, "president"),
        # first and last day count
        (DAY, DAY, "president"),
        # over the day before
        (dt.date(2012, 5, 7), dt.date(2021, 12, 29), ""),
        # begun the day after
        (dt.date(2021, 12, 31), None, ""),
        # nobody knows since when
        (None, None, "president"),
    ],
)
def test_an_office_counts_on_its_days(
    putin: Actor, valid_from: dt.date | None, valid_until: dt.date | None, expected: str
) -> None:
    office("president", valid_from=valid_from, valid_until=valid_until)
    assert held(putin) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # nothing printed: the latest begun
        ("said", "chair"),
        # the title is printed
        ("President Vladimir Putin told", "president"),
        # by another word for it
        ("chairman Vladimir Putin", "chair"),
        # where it is held is printed
        ("Vladimir Putin of United Russia", "leader"),
        # half a title is none: he is "deputy head" here, which no office of his is
        ("the general's deputy, Vladimir Putin", "chair"),
    ],
)
def test_of_several_offices_the_printed_one_counts(putin: Actor, words: str, expected: str) -> None:
    office("president", valid_from=dt.date(2012, 5, 7))
    office("leader", "United Russia", valid_from=dt.date(2008, 1, 1))
    office("chair", "Security Council", valid_from=dt.date(2013, 1, 1))
    office("deputy general", "Army", valid_from=dt.date(2000, 1, 1))
    assert held(putin, words) == expected


def test_offices_of_a_merged_row_count_for_the_one_that_stays(putin: Actor) -> None:
    merged = make.actor(name="V. Putin", kind="person", merged_into=putin)
    office("president", actor=merged)
    assert held(putin) == "president"


def test_offices_of_many_actors_take_one_query(django_assert_num_queries: object) -> None:
    keys = [office("aide", actor=make.actor(name=f"Aide {number}")).actor_id for number in range(5)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        offices = Offices(keys)
        assert all(offices.held(key, DAY) for key in keys)


def test_nobody_holds_no_office(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert Offices([]).held(None, DAY) is None


@pytest.mark.parametrize("mention", ["Moscow", "Ushakov", "the US", ""])
def test_the_database_gives_the_words_round_a_mention_too(mention: str) -> None:
    stance = make.stance(mention=mention and mention.replace("the US", "The US"))
    words = Stance.objects.annotate(words=words_around_mention()).values_list("words", flat=True).get()
    start, end = stance.mention_start, stance.mention_end
    expected = words_around(stance.article.text, start, end) if start is not None and end is not None else ""
    assert (words or "") == expected


def test_the_machines_pending_stances_follow_a_new_role(putin: Actor) -> None:
    run = make.run()
    mine = make.stance(actor=putin, run=run)
    merged = make.stance(
        actor=make.actor(name="V. Putin", merged_into=putin), run=run, actor_as_printed="V. Putin", said_on=DAY
    )
    theirs = make.stance(actor=putin, run=run, actor_as_printed="he", state="accepted", office="leader")
    reopened = make.stance(actor=putin, run=run, actor_as_printed="He")
    make.judgement(stance=reopened, decision="reopened")
    by_hand = make.stance(actor=putin, actor_as_printed="him")
    role = office("president")
    assert refresh([putin.pk]) == 2
    for stance, expected in ((mine, role), (merged, role), (theirs, None), (reopened, None), (by_hand, None)):
        stance.refresh_from_db()
        assert stance.role == expected, stance.actor_as_printed
    assert (mine.office, mine.version, theirs.office) == ("president", 2, "leader")
    assert refresh([putin.pk]) == 0


def test_a_role_that_ended_leaves_the_stances_it_no_longer_covers(putin: Actor) -> None:
    stance, role = make.stance(actor=putin, run=make.run()), office("president")
    refresh([putin.pk])
    Role.objects.filter(pk=role.pk).update(valid_until=dt.date(2020, 1, 1))
    assert refresh([putin.pk]) == 1
    stance.refresh_from_db()
    assert (stance.role, stance.office) == (None, "")
