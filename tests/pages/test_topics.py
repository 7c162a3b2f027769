"""The pages of topics, and the sides by topic on an actor's page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
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
    assert '<th scope="row"><a href="/actors/japan/"><bdi>Japan</bdi></a></th>' in page
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
    assert "1 stance, 1 judged" in page
    assert '<a href="/topics/attack-on-ukraine/">Others on this topic' in page
    assert "Positions by topic" in page
    make.actor(name="Iceland")
    assert "Positions by topic" not in words(rita, "/actors/iceland/")


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
    (found,) = rita.get("/topics/attack-on-ukraine/").context["figures"].contested
    assert (found.claim, found.text) == (make.claim().pk, make.claim().text)
    assert (found.quote_for.actor.text, found.quote_against.actor.text) == ("Japan", "Russia")
    assert "On none of the claims both sides are taken." not in words(rita, "/topics/attack-on-ukraine/")
    assert "On none of the claims both sides are taken." in words(public, "/topics/attack-on-ukraine/")


def test_filters_hold_for_all_figures(rita: Client, topic: Topic) -> None:
    page = rita.get("/topics/attack-on-ukraine/?side=for")
    assert [each.actor.name for _, rows in page.context["actors"] for each in rows] == ["Japan"]
    assert page.context["summary"]["stances"] == page.context["filters"].number == 1
    assert [each.label for each in page.context["periods"]] == ["2 Jan 2022"]
    assert not page.context["figures"].contested
    (shown,) = page.context["cards"]
    assert shown.actor.text == "Japan"
    assert "No stance fits." in words(rita, "/topics/attack-on-ukraine/?since=2023-01-01")
    assert "Topic" not in [facet.label for facet in page.context["filters"].facets]


def test_each_figure_leads_to_its_stances(rita: Client, topic: Topic) -> None:
    page = words(rita, "/topics/attack-on-ukraine/?act=denies")
    address = "?act=denies&amp;since=2022-01-01&amp;until=2022-01-01&amp;side=against#said"
    assert f'<a href="{address}">1</a>' in page
    assert '<a href="/actors/japan/?topic=attack-on-ukraine&amp;side=for#stances-title">1</a>' in page
    shown = rita.get("/topics/attack-on-ukraine/" + address.replace("&amp;", "&")).context["cards"]
    assert [each.actor.text for each in shown] == ["Russia"]


def test_figures_of_a_large_store_are_kept_but_not_those_that_are_asked_for(
    rita: Client, topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.pages.kept.LARGE", 0)
    cache.clear()
    assert rita.get("/topics/attack-on-ukraine/").context["summary"]["stances"] == 2
    make.stance(article=article(3))
    assert rita.get("/topics/attack-on-ukraine/").context["summary"]["stances"] == 2
    assert rita.get("/topics/attack-on-ukraine/?act=denies").context["summary"]["stances"] == 3
    cache.clear()


def test_the_claims_have_pages_of_their_own(rita: Client, topic: Topic) -> None:
    for number in range(25):
        claim = make.claim(text=f"Plan {number}")
        ClaimTopic.objects.create(claim=claim, topic=topic)
        make.stance(claim=claim, actor_as_printed=f"Moscow {number}")
    assert len(rita.get("/topics/attack-on-ukraine/").context["claims"]) == 20
    assert len(rita.get("/topics/attack-on-ukraine/?claims=2").context["claims"]) == 6
    assert '<a rel="next" href="?claims=2#claims-title">' in words(rita, "/topics/attack-on-ukraine/")
