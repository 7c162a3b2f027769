"""The pages of topics, and the sides by topic on an actor's page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from claims.models import Article, ClaimTopic, Topic
from tests import factories as make

pytestmark = pytest.mark.django_db


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def article(day: int) -> Article:
    row: Article = make.article(
        text=f"Title {day}\n202201{day:02}\nhttps://example.org/{day}\nMoscow denies planning to attack Ukraine.\n",
        published_on=dt.date(2022, 1, day),
    )
    return row


@pytest.fixture
def topic() -> Topic:
    """A topic on which Russia is against and Japan for something, Japan judged."""
    row: Topic = make.topic(description="Whether Russia would attack.")
    ClaimTopic.objects.create(claim=make.claim(), topic=row)
    make.stance(article=article(1))
    make.stance(article=article(2), actor=make.actor(name="Japan"), side="for", state="accepted")
    return row


def test_the_list_shows_topics_with_most_stances_first(rita: Client, topic: Topic) -> None:
    make.topic(name="An empty topic")
    listed = rita.get("/topics/").context["topics"]
    assert [(each.name, number) for each, number in listed] == [("Attack on Ukraine", 2), ("An empty topic", 0)]


def test_a_topic_shows_actors_by_side_claims_and_time(rita: Client, topic: Topic) -> None:
    page = words(rita, "/topics/attack-on-ukraine/")
    assert "Whether Russia would attack." in page
    assert "2 stances in 2 articles" in page
    assert '<th scope="row"><a href="/actors/japan/"><bdi>Japan</bdi></a></th><td class="figure">1</td>' in page
    assert '<th scope="col">Day</th>' in page
    assert '<time datetime="2022-01-01">1 Jan 2022</time>' in page
    assert f'<a href="/claims/{make.claim().pk}/"><bdi>Russia plans to attack Ukraine</bdi></a>' in page


def test_the_public_sees_what_people_judged(public: Client, topic: Topic) -> None:
    page = words(public, "/topics/attack-on-ukraine/")
    assert "Japan" in page
    assert "Russia</bdi></a></th>" not in page
    assert public.get("/topics/").context["topics"] == [(topic, 1)]


def test_a_topic_without_stances_says_so(rita: Client) -> None:
    make.topic()
    assert "No stances on this topic yet." in words(rita, "/topics/attack-on-ukraine/")
    assert rita.get("/topics/nowhere/").status_code == 404


def test_an_actors_page_has_its_sides_by_topic(rita: Client, topic: Topic) -> None:
    page = words(rita, "/actors/japan/")
    assert '<span class="side">for 1</span>' in page
    assert "1 stance, 100% judged" in page
    assert '<a href="/topics/attack-on-ukraine/">All about' in page
    make.actor(name="Iceland")
    assert "Sides by topic" not in words(rita, "/actors/iceland/")


def test_a_claims_page_leads_to_its_topics(rita: Client, topic: Topic) -> None:
    assert '<a href="/topics/attack-on-ukraine/">' in words(rita, f"/claims/{make.claim().pk}/")


def test_actors_are_grouped_by_where_they_stand_once_enough_is_judged(rita: Client, topic: Topic) -> None:
    page = words(rita, "/topics/attack-on-ukraine/")
    assert "Fewer than 5 of these stances are judged by people" in page
    assert [heading for heading, _ in rita.get("/topics/attack-on-ukraine/").context["actors"]] == [
        "Too little to tell"
    ]
    for day in range(3, 8):
        make.stance(article=article(day), state="accepted")
    found = rita.get("/topics/attack-on-ukraine/").context["actors"]
    assert [(heading, [each.actor.name for each in rows]) for heading, rows in found] == [
        ("Against", ["Russia"]),
        ("Too little to tell", ["Japan"]),
    ]
    assert "Fewer than 5" not in words(rita, "/topics/attack-on-ukraine/")


def test_what_is_contested_shows_both_quotations(rita: Client, public: Client, topic: Topic) -> None:
    (found,) = rita.get("/topics/attack-on-ukraine/").context["contested"]
    claim, taken, refused = found
    assert (claim.claim, taken.actor.text, refused.actor.text) == (make.claim(), "Japan", "Russia")
    assert "On none of the claims both sides are taken." not in words(rita, "/topics/attack-on-ukraine/")
    assert "On none of the claims both sides are taken." in words(public, "/topics/attack-on-ukraine/")
