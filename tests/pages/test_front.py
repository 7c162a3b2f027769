"""The front page: what is contested, what has changed, and how the data came about."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from claims.models import Article, Claim, Run, Stance
from claims.pages.contested import Contested, most_contested
from tests import factories as make

pytestmark = pytest.mark.django_db


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def article(day: int) -> Article:
    return make.article(
        text=f"Title {day}\n202201{day:02}\nhttps://example.org/{day}\nMoscow denies planning to attack Ukraine.\n",
        published_on=dt.date(2022, 1, day),
    )


def stance(number: int, name: str, act: str, claim: Claim, **fields: Any) -> Stance:
    return make.stance(article=article(number), actor=make.actor(name=name), act=act, claim=claim, **fields)


def test_the_claims_with_most_actors_on_opposite_sides_come_first() -> None:
    one, two, three, four = (make.claim(text=f"Claim {number} holds") for number in range(1, 5))
    # One: two against two. Two: one against three. Three: nobody disagrees. Four: one actor with itself.
    for number, (name, act, claim) in enumerate(
        [
            ("A", "states", one),
            ("B", "states", one),
            ("C", "denies", one),
            ("D", "doubts", one),
            ("A", "denies", two),
            ("B", "states", two),
            ("C", "confirms", two),
            ("D", "warns", two),
            ("A", "states", three),
            ("B", "states", three),
            ("A", "states", four),
            ("A", "denies", four),
        ],
        start=1,
    ):
        stance(number, name, act, claim, state="accepted" if number == 1 else "pending")
    assert most_contested(Stance.objects.all(), 5) == [
        Contested(one.pk, 2, 2, 4, 1),
        Contested(two.pk, 3, 1, 4, 0),
    ]
    assert most_contested(Stance.objects.all(), 1) == [Contested(one.pk, 2, 2, 4, 1)]
    assert most_contested(Stance.objects.judged(), 5) == []


def test_wanting_something_does_not_oppose_saying_that_it_is_not_so() -> None:
    claim = make.claim()
    stance(1, "A", "demands", claim)
    stance(2, "B", "denies", claim)
    assert most_contested(Stance.objects.all(), 5) == []


def test_merged_actors_and_claims_count_for_those_that_stay() -> None:
    old = make.claim(text="Moscow readies an invasion", merged_into=make.claim())
    stance(1, "Russia", "denies", old)
    make.stance(article=article(2), actor=make.actor(name="Muscovy", merged_into=make.actor()), act="states")
    assert most_contested(Stance.objects.all(), 5) == []
    stance(3, "Japan", "states", make.claim())
    assert most_contested(Stance.objects.all(), 5) == [Contested(make.claim().pk, 2, 1, 3, 0)]


def test_the_front_page_shows_what_is_contested_with_the_share_judged(rita: Client) -> None:
    stance(1, "Russia", "denies", make.claim(), state="accepted")
    stance(2, "Japan", "states", make.claim())
    page = words(rita, "/")
    assert "1 actor for it, 1 against · 1 of 2 stances judged" in page
    assert f'href="/claims/{make.claim().pk}/"><bdi>Russia plans to attack Ukraine</bdi></a>' in page


def test_the_front_page_shows_who_has_changed_most(rita: Client) -> None:
    change = make.position_change()
    make.position_change(actor=make.actor(name="Japan"), earlier=make.stance(actor_as_printed="x"), later=change.later)
    make.position_change(
        earlier=change.earlier, later=change.later, claim=make.claim(text="Talks go on"), later_on=dt.date(2022, 1, 20)
    )
    changed = rita.get("/").context["changed"]
    assert [(each.name, each.number, each.subject) for each in changed] == [
        ("Russia", 2, "Talks go on"),
        ("Japan", 1, "Russia plans to attack Ukraine"),
    ]
    page = words(rita, "/")
    assert 'href="/changes/?actor=russia">2 changes' in page
    assert '</span> asserts, 21 days later, <time datetime="2022-01-20">' in page


def test_the_public_sees_only_what_is_judged_there(public: Client) -> None:
    stance(1, "Russia", "denies", make.claim(), state="accepted")
    stance(2, "Japan", "states", make.claim())
    make.position_change(earlier=make.stance(actor_as_printed="x"))
    page = public.get("/")
    assert page.context["contested"] == []
    assert page.context["changed"] == []
    assert "People have judged all that is shown here." in page.content.decode()
    assert "Japan" not in page.content.decode()


def test_the_newest_stances_are_not_all_of_one_article(rita: Client) -> None:
    for number in range(8):
        make.stance(article=article(9), actor_as_printed=f"Moscow {number}")
    make.stance(article=article(5))
    assert [each.published_on.day for each in rita.get("/").context["cards"]] == [9, 9, 5]


def test_the_front_page_tells_how_the_data_came_about(rita: Client) -> None:
    make.stance(state="accepted")
    make.stance(article=article(1))
    started = dt.datetime(2022, 3, 1, 12, tzinfo=dt.UTC)
    run = make.run(pipeline_name="en_x", pipeline_version="1.2.0")
    Run.objects.filter(pk=run.pk).update(started=started, ended=started, state=Run.State.FINISHED)
    page = words(rita, "/")
    assert "read out of 2 news articles by a machine" in page
    assert "of these are originals" not in page
    assert "It found 2 stances" in page
    assert "People have judged 1 of them (50%)" in page
    assert "Articles were last read on 1 Mar 2022, by en_x 1.2.0." in page


def test_an_empty_site_offers_what_somebody_can_do(rita: Client, public: Client) -> None:
    ana = Client()
    ana.force_login(make.person("ana"))
    assert 'href="/admin/claims/article/upload/"' in words(ana, "/")
    assert 'href="/admin/claims/article/upload/"' not in words(rita, "/")
    assert "manage.py import_articles" in words(rita, "/")
    assert "No stances have been judged yet." in words(public, "/")
    assert "import_articles" not in words(public, "/")
