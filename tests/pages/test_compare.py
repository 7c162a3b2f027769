"""Comparing actors: what they share, how they stand to one another, and whom an address means."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client

from claims.models import Actor, Article, Claim, ClaimTopic, Stance
from claims.pages.comparison import ClaimRow, Comparison, Verdict
from tests import factories as make

pytestmark = pytest.mark.django_db


def article(number: int) -> Article:
    return make.article(
        text=f"Title {number}\n2022\nhttps://example.org/{number}\nMoscow denies planning to attack Ukraine.\n",
        published_on=dt.date(2022, 1, 1) + dt.timedelta(number),
    )


def said(number: int, actor: Actor, act: str, **fields: Any) -> Stance:
    return make.stance(article=article(number), actor=actor, act=act, **fields)


def japan() -> Actor:
    return make.actor(name="Japan")


def text_of(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def comparison(client: Client, address: str = "/compare/?actor=russia&actor=japan") -> Comparison:
    found = client.get(address).context["comparison"]
    assert isinstance(found, Comparison)
    return found


def told(row: ClaimRow) -> dict[str, list[tuple[str, int]]]:
    return {cell.name: [(position.value, number) for position, number in cell.positions] for cell in row.cells}


def test_who_denies_what_another_asserts_is_opposite_with_the_words_of_both(rita: Client) -> None:
    said(1, make.actor(), "denies")
    said(2, japan(), "states")
    found = comparison(rita)
    (row,) = found.claims
    assert (row.claim, row.verdict, row.is_enough, found.shared) == (make.claim(), Verdict.OPPOSED, False, 1)
    assert told(row) == {"Russia": [("denies", 1)], "Japan": [("asserts", 1)]}
    assert [each.published_on.day for cell in row.cells for each in cell.quotes] == [2, 3]
    text = text_of(rita, "/compare/?actor=russia&actor=japan")
    assert "opposite · too little evidence to rely on: 0 stances are judged" in text
    assert "Russia denies it 1 · 1 stance, 0 judged" in text


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (["states"], ["confirms"], Verdict.AGREED),
        (["denies"], ["doubts"], Verdict.AGREED),
        (["supports"], ["opposes"], Verdict.OPPOSED),
        (["states", "denies"], ["states"], Verdict.BOTH),
        # Whether it is so, and whether it should be, are two questions.
        (["states"], ["opposes"], Verdict.OPEN),
    ],
)
def test_positions_are_alike_or_opposite(rita: Client, one: list[str], other: list[str], expected: Verdict) -> None:
    for number, (actor, act) in enumerate([(make.actor(), act) for act in one] + [(japan(), act) for act in other]):
        said(number, actor, act)
    assert comparison(rita).claims[0].verdict is expected


def test_from_five_judged_stances_on_there_is_enough_evidence(rita: Client) -> None:
    for number in range(3):
        said(number, make.actor(), "denies", state="accepted")
    for number in range(3, 5):
        said(number, japan(), "states", state="corrected")
    assert comparison(rita).claims[0].is_enough
    assert "too little evidence to rely on" not in text_of(rita, "/compare/?actor=russia&actor=japan")


def test_opposite_claims_come_first(rita: Client) -> None:
    alike = make.claim(text="Talks go on")
    for number in range(3):
        said(number, make.actor(), "states", claim=alike)
        said(number + 10, japan(), "states", claim=alike)
    said(20, make.actor(), "denies")
    said(21, japan(), "states")
    assert [row.verdict for row in comparison(rita).claims] == [Verdict.OPPOSED, Verdict.AGREED]


def test_topics_are_compared_by_side_from_five_judged_stances_of_each_on(rita: Client) -> None:
    ClaimTopic.objects.create(claim=make.claim(), topic=make.topic())
    for number in range(5):
        said(number, make.actor(), "denies", side="against", state="accepted")
        said(number + 10, japan(), "states", side="for", state="accepted" if number else "pending")
    (row,) = comparison(rita).topics
    assert (row.topic, row.verdict) == (make.topic(), None)
    assert "too little evidence" in text_of(rita, "/compare/?actor=russia&actor=japan")
    Stance.objects.filter(actor=japan()).update(state="accepted")
    (row,) = comparison(rita).topics
    assert row.verdict is Verdict.OPPOSED
    assert [cell and (cell.sides.for_, cell.sides.against) for cell in row.cells] == [(0, 5), (5, 0)]


def test_each_number_leads_to_the_stances_behind_it(rita: Client) -> None:
    ClaimTopic.objects.create(claim=make.claim(), topic=make.topic())
    said(1, make.actor(), "denies", side="against")
    said(2, japan(), "states", side="for")
    page = rita.get("/compare/?actor=russia&actor=japan").content.decode()
    link = re.search(r'href="(/actors/russia/\?topic=attack-on-ukraine&amp;side=against)#stances-title"', page)
    assert link is not None
    assert len(rita.get(html.unescape(link[1])).context["cards"]) == 1


def test_those_who_speak_for_an_actor_count_unless_only_own_words_are_asked_for(rita: Client) -> None:
    said(1, make.actor(name="Kremlin", part_of=make.actor()), "denies")
    said(2, japan(), "states")
    (row,) = comparison(rita).claims
    assert row.cells[0].quotes[0].actor.text == "Kremlin"
    assert comparison(rita, "/compare/?actor=russia&actor=japan&rollup=0").claims == []


def test_an_actor_is_compared_with_who_speaks_for_it(rita: Client) -> None:
    said(1, make.actor(name="Kremlin", part_of=make.actor()), "denies")
    said(2, make.actor(), "states")
    (row,) = comparison(rita, "/compare/?actor=russia&actor=kremlin").claims
    assert told(row) == {"Russia": [("asserts", 1), ("denies", 1)], "Kremlin": [("denies", 1)]}
    assert row.verdict is Verdict.BOTH


def test_an_actor_that_said_both_is_quoted_with_both(rita: Client) -> None:
    for number, act in enumerate(("denies", "states", "states")):
        said(number, make.actor(), act)
    said(9, japan(), "states")
    (row,) = comparison(rita).claims
    assert told(row)["Russia"] == [("asserts", 2), ("denies", 1)]
    assert [(each.act, each.published_on.day) for each in row.cells[0].quotes] == [("states", 3), ("denies", 1)]


def test_merged_claims_are_one(rita: Client) -> None:
    said(1, make.actor(), "denies", claim=make.claim(text="Moscow readies an invasion", merged_into=make.claim()))
    said(2, japan(), "states")
    (row,) = comparison(rita).claims
    assert row.claim == make.claim()


def test_up_to_five_actors_stand_beside_one_another(rita: Client) -> None:
    names = [f"State {number}" for number in range(7)]
    for number, name in enumerate(names):
        said(number, make.actor(name=name), "states" if number else "denies")
    query = "&".join(f"actor=state-{number}" for number in range(7))
    page = rita.get(f"/compare/?{query}")
    assert [column.actor.name for column in page.context["columns"]] == names[:5]
    assert len(page.context["comparison"].claims[0].cells) == 5
    assert "At most 5 actors are compared" in text_of(rita, f"/compare/?{query}")
    assert len(page.context["fields"]) == 5


def test_a_typed_name_and_a_merged_actor_lead_to_the_address_of_whom_they_mean(rita: Client) -> None:
    make.alias()
    japan()
    make.actor(name="Russian Federation", merged_into=make.actor())
    for actors in (
        "actor=moscow&actor=Japan",
        "actor=russian-federation&actor=japan",
        "actor=&actor=RUSSIA&actor=japan",
    ):
        response = rita.get(f"/compare/?{actors}&rollup=0")
        assert (response.status_code, response["Location"]) == (302, "/compare/?actor=russia&actor=japan&rollup=0")


def test_an_actor_named_twice_is_compared_once(rita: Client) -> None:
    said(1, make.actor(), "denies")
    page = rita.get("/compare/?actor=russia&actor=russia")
    assert page.context["comparison"] is None
    assert len(page.context["columns"]) == 1
    assert "Russia is named twice and compared once." in text_of(rita, "/compare/?actor=russia&actor=russia")


def test_whoever_is_not_known_is_told_and_several_are_offered(rita: Client) -> None:
    said(1, make.actor(), "denies")
    assert "No actor is called “nobody”." in text_of(rita, "/compare/?actor=russia&actor=nobody")
    make.actor(name="Bank of Japan", kind="institution")
    make.actor(name="Bank of Russia", kind="institution")
    page = rita.get("/compare/?actor=russia&actor=bank").content.decode()
    assert "Who is “<bdi>bank</bdi>”?" in page
    assert '<a href="?actor=russia&amp;actor=bank-of-japan"><bdi>Bank of Japan</bdi></a>' in page


def test_one_actor_alone_is_offered_others_who_speak_on_its_claims(rita: Client) -> None:
    said(1, make.actor(), "denies")
    said(2, make.actor(name="Kremlin", part_of=make.actor()), "denies")
    said(3, japan(), "states")
    said(4, make.actor(name="Iceland"), "states", claim=make.claim(text="Fish is scarce"))
    page = rita.get("/compare/?actor=russia")
    assert page.context["others"] == [(japan(), "actor=russia&actor=japan")]
    assert "Nobody else speaks on the same claims." in text_of(rita, "/compare/?actor=iceland")


def test_where_nothing_is_shared_the_page_says_so(rita: Client) -> None:
    said(1, make.actor(), "denies")
    said(2, japan(), "states", claim=make.claim(text="Fish is scarce"))
    text = text_of(rita, "/compare/?actor=russia&actor=japan")
    assert "They do not speak on the same claims." in text
    assert "They do not speak on the same topics." in text
    assert "Name two actors or more" in text_of(rita, "/compare/")


def test_the_public_compares_what_people_judged(public: Client) -> None:
    said(1, make.actor(), "denies", state="accepted")
    said(2, japan(), "states")
    found = comparison(public)
    assert found.claims == []
    assert [column.stances for column in found.columns] == [1, 0]
    assert "as far as people have judged" in text_of(public, "/compare/?actor=russia&actor=japan")
    assert "Japan" not in text_of(public, "/compare/?actor=russia&actor=japa")
    Stance.objects.update(state="corrected")
    assert len(comparison(public).claims) == 1


def test_hostile_addresses_are_answered(rita: Client) -> None:
    for query in (
        "actor=%00&actor=%FF",
        "actor=" + "x" * 5_000,
        "actor=<script>&actor=%22%3E",
        "&".join(["actor=a"] * 500),
    ):
        response = rita.get(f"/compare/?{query}", follow=True)
        assert response.status_code == 200
        assert "<script>" not in response.content.decode()


def test_more_claims_take_no_more_queries(rita: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(9):
        claim: Claim = make.claim(text=f"Claim {number}")
        ClaimTopic.objects.create(claim=claim, topic=make.topic(name=f"Topic {number}"))
        said(number, make.actor(), "denies", claim=claim)
        said(number + 10, japan(), "states", claim=claim)
    rita.get("/compare/?actor=russia&actor=japan")
    with django_assert_max_num_queries(34):
        assert len(comparison(rita).claims) == 9
