"""The page of changes of position, the thread on a claim's page, and dismissals."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import ClaimTopic, PositionChange
from claims.positions.changes import all_steps
from tests import factories as make
from tests.positions.days import asserts, denies

pytestmark = pytest.mark.django_db


def look() -> None:
    for step in all_steps():
        step()


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.fixture
def ana() -> Client:
    client = Client()
    client.force_login(make.person("ana"))
    return client


def test_a_change_shows_both_stances_and_the_days_between(rita: Client) -> None:
    denies(1), asserts(9)
    look()
    page = words(rita, "/changes/")
    assert "8 days later" in page
    assert "planning to attack Ukraine</q>" in page
    assert "an attack is planned</q>" in page
    assert f'<a href="/claims/{make.claim().pk}/"><bdi>Russia plans to attack Ukraine</bdi></a>' in page
    assert "Not a change?" not in page


def test_who_spoke_for_the_actor_is_named(rita: Client) -> None:
    denies(1, actor=make.actor(name="Kremlin", part_of=make.actor())), asserts(9)
    look()
    (change,) = rita.get("/changes/").context["changes"]
    assert (change.actor, change.before.actor.text, change.before.speaks_for) == ("Russia", "Kremlin", "Russia")
    assert change.after.speaks_for == ""


def test_the_newest_come_first_and_one_actors_can_be_chosen(rita: Client) -> None:
    denies(1), asserts(9), denies(12)
    japan = make.actor(name="Japan")
    denies(2, actor=japan), asserts(10, actor=japan)
    look()
    changes = rita.get("/changes/").context["changes"]
    assert [(each.actor, each.after.published_on.day) for each in changes] == [
        ("Russia", 12),
        ("Japan", 10),
        ("Russia", 9),
    ]
    assert [each.actor for each in rita.get("/changes/?actor=japan").context["changes"]] == ["Japan"]


def test_an_actor_is_chosen_by_any_name_that_is_its_alone(rita: Client) -> None:
    denies(1), asserts(9)
    make.alias()
    japan = make.actor(name="Japan")
    denies(2, actor=japan), asserts(10, actor=japan)
    look()
    for text in ("russia", "Russia", "MOSCOW", "mosc"):
        response = rita.get(f"/changes/?actor={text}")
        assert [each.actor for each in response.context["changes"]] == ["Russia"], text
        assert response.context["actor"].slug == "russia"


def test_where_a_name_is_nobodys_or_of_several_the_page_says_so(rita: Client) -> None:
    denies(1), asserts(9)
    make.actor(name="Bank of Russia", kind="institution")
    make.actor(name="Bank of Japan", kind="institution")
    look()
    page = words(rita, "/changes/?actor=nobody")
    assert "No actor has this name." in page
    assert "days later" not in page
    page = words(rita, "/changes/?actor=bank&about=claim")
    assert "choose one" in page
    assert '<a href="?about=claim&amp;actor=bank-of-japan">' in page


def test_changes_are_chosen_by_topic_by_what_they_are_on_and_by_days(rita: Client) -> None:
    first = make.position_change()
    other = make.position_change(
        actor=make.actor(name="Japan"),
        claim=None,
        topic=make.topic(name="Trade"),
        target="tariffs",
        earlier=first.earlier,
        later=first.later,
        later_on=dt.date(2022, 2, 1),
    )
    ClaimTopic.objects.create(claim=make.claim(), topic=make.topic())

    def actors(query: str) -> list[str]:
        return [each.actor for each in rita.get(f"/changes/?{query}").context["changes"]]

    assert other.topic is not None
    assert actors("") == ["Japan", "Russia"]
    assert actors("topic=attack-on-ukraine") == ["Russia"]
    assert actors("topic=trade") == ["Japan"]
    assert actors("about=claim") == ["Russia"]
    assert actors("about=target") == ["Japan"]
    assert actors("since=2022-01-10") == ["Japan"]
    assert actors("until=2022-01-10&about=claim&topic=attack-on-ukraine&actor=russia") == ["Russia"]
    assert actors("until=2022-01-01") == []
    assert actors("topic=nonsense") == actors("since=nonsense") == actors("about=nonsense") == []
    assert "No change of position fits." in words(rita, "/changes/?until=2022-01-01")


def test_changes_on_a_merged_claim_are_those_of_the_topic_where_it_ended(rita: Client) -> None:
    make.position_change(claim=make.claim(text="Moscow readies an invasion", merged_into=make.claim()))
    ClaimTopic.objects.create(claim=make.claim(), topic=make.topic())
    assert len(rita.get("/changes/?topic=attack-on-ukraine").context["changes"]) == 1


def test_the_public_is_not_offered_actors_without_judged_stances(public: Client) -> None:
    make.stance(actor=make.actor(name="Japan"))
    page = words(public, "/changes/?actor=jap")
    assert "No actor has this name." in page
    assert "Japan" not in page


def test_the_public_sees_changes_of_which_both_stances_are_judged(public: Client) -> None:
    denies(1, state="accepted"), asserts(9, state="corrected"), denies(12)
    look()
    (change,) = public.get("/changes/").context["changes"]
    assert change.days == 8


def test_an_analyst_dismisses_a_change_with_a_reason(ana: Client) -> None:
    denies(1), asserts(9)
    look()
    change = PositionChange.objects.get()
    address = f"/changes/{change.pk}/dismiss/"
    assert address in words(ana, "/changes/")
    assert "Say why" in " ".join(ana.post(address, {"reason": " "}, follow=True).content.decode().split())
    assert ana.get(address).status_code == 405
    ana.post(address, {"reason": "misread"})
    assert ana.get("/changes/").context["changes"] == []
    assert PositionChange.objects.get().reason == "misread"


def test_a_reader_may_not_and_the_public_is_asked_to_sign_in(rita: Client, public: Client) -> None:
    change = make.position_change()
    address = f"/changes/{change.pk}/dismiss/"
    assert rita.post(address, {"reason": "misread"}).status_code == 403
    assert public.post(address, {"reason": "misread"}).status_code == 302
    assert rita.post("/changes/999/dismiss/", {"reason": "x"}).status_code == 404
    assert PositionChange.objects.get().dismissed_by is None


def test_without_changes_the_page_says_so(rita: Client) -> None:
    assert "No change of position was found." in words(rita, "/changes/")


def test_more_changes_take_no_more_queries(rita: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert rita.get("/changes/").status_code == 200
        return len(asked)

    denies(1), asserts(2)
    look()
    queries()
    few = queries()
    for day in range(3, 12):
        (denies if day % 2 else asserts)(day, actor=make.actor(name=f"Body {day}", part_of=make.actor()))
    look()
    assert PositionChange.objects.count() > 5
    assert queries() <= few <= 14


def test_an_actors_page_leads_to_its_changes(rita: Client) -> None:
    denies(1), asserts(9)
    assert "/changes/?actor=russia" not in words(rita, "/actors/russia/")
    look()
    assert '<a href="/changes/?actor=russia">1 change of position, with its context</a>' in words(
        rita, "/actors/russia/"
    )
