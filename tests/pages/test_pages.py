"""What stands on the pages, and in which order."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.views.defaults import permission_denied

from claims.models import Article, Claim, Stance
from tests import factories as make

pytestmark = pytest.mark.django_db


def article(day: int) -> Article:
    return make.article(
        text=f"Title {day}\n202201{day:02}\nhttps://example.org/{day}\nMoscow denies planning to attack Ukraine.\n",
        published_on=dt.date(2022, 1, day),
    )


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def rows(client: Client, address: str) -> list[dict[str, str]]:
    sent = client.get(address).getvalue().decode()
    return list(csv.DictReader(io.StringIO(sent)))


def test_the_front_page_counts_what_there_is(rita: Client) -> None:
    make.stance(state="accepted")
    make.stance(article=article(3), actor=make.actor(name="Japan"), claim=None)
    make.actor(name="Iceland")
    counts = rita.get("/").context["counts"]
    assert counts == {"stances": 2, "actors": 2, "articles": 2, "originals": 2, "claims": 1, "judged": 1}


def test_the_front_page_counts_merged_actors_once(rita: Client) -> None:
    make.stance()
    make.stance(actor=make.actor(name="Russian Federation", merged_into=make.actor()), actor_as_printed="it")
    page = rita.get("/")
    assert page.context["counts"]["actors"] == 1
    assert [(actor.slug, number) for actor, number in page.context["most_covered"]] == [("russia", 1)]


def test_the_most_covered_actors_come_first(rita: Client) -> None:
    for day in (1, 2):
        make.stance(article=article(day))
    make.stance(article=article(3), actor=make.actor(name="Japan"))
    assert [actor.name for actor, _ in rita.get("/").context["most_covered"]] == ["Russia", "Japan"]


def test_an_empty_site_says_how_to_begin(rita: Client) -> None:
    assert "manage.py import_articles" in words(rita, "/")


def test_actors_with_stances_are_listed_by_their_number(rita: Client) -> None:
    for day in (1, 2):
        make.stance(article=article(day))
    make.stance(article=article(3), actor=make.actor(name="Japan"))
    make.actor(name="Iceland")
    listed = rita.get("/actors/").context["actors"]
    assert [(actor.name, number) for actor, number in listed] == [("Russia", 2), ("Japan", 1)]


def test_actors_without_stances_are_listed_on_demand(rita: Client) -> None:
    make.actor(name="Iceland")
    assert [actor.name for actor, _ in rita.get("/actors/?all=on").context["actors"]] == ["Iceland"]


def test_stances_of_merged_actors_count_for_the_one_that_stays(rita: Client) -> None:
    make.stance(actor=make.actor(name="Russian Federation", merged_into=make.actor()))
    listed = rita.get("/actors/").context["actors"]
    assert [(actor.name, number) for actor, number in listed] == [("Russia", 1)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # by a part of the name, in any case
        ("q=USS", ["Russia"]),
        # by another name
        ("q=moscow", ["Russia"]),
        # by kind
        ("kind=person&all=on", ["Vladimir Putin"]),
        # by both
        ("q=ru&kind=person", []),
        # nothing
        ("q=zzz", []),
        # a kind that does not exist filters nothing away unseen: the form says so
        ("kind=robot", ["Russia", "Vladimir Putin"]),
    ],
)
def test_actors_are_found(rita: Client, query: str, expected: list[str]) -> None:
    make.alias()
    make.actor(name="Vladimir Putin", kind="person")
    assert sorted(actor.name for actor, _ in rita.get(f"/actors/?{query}").context["actors"]) == expected


def test_an_actor_page_shows_its_newest_stance_first(rita: Client) -> None:
    for day in (2, 9, 5):
        make.stance(article=article(day))
    shown = rita.get("/actors/russia/").context["cards"]
    assert [each.published_on.day for each in shown] == [9, 5, 2]


def test_an_actor_page_tells_its_stances_in_words(rita: Client) -> None:
    stance = make.stance(act="warns", side="against", target="Ukraine", state="accepted")
    make.chain_link(stance=stance)
    make.addressee(stance=stance)
    page = words(rita, "/actors/russia/")
    assert 'warns</span> <a href="/actors/joe-biden/"><bdi>Joe Biden</bdi></a>' in page
    assert "planning to attack Ukraine</q>" in page
    assert ', as told by <a href="/actors/kremlin/"><bdi>Kremlin</bdi></a> via <a href="/outlets/' in page
    assert '<span class="side">against</span> <bdi>Ukraine</bdi>' in page
    assert '<mark class="mark-cue">denies</mark>' in page
    assert 'rel="noopener noreferrer nofollow external"' in page
    assert "accepted" in page


def test_an_actor_page_names_its_offices_and_other_names(rita: Client) -> None:
    make.role()
    make.alias(actor=make.actor(name="Vladimir Putin", kind="person"), text="Putin", kind="short_name")
    page = words(rita, "/actors/vladimir-putin/")
    assert "also <bdi>Putin</bdi>" in page
    assert '<bdi>president</bdi>, <a href="/actors/russia/">' in page
    assert "since 7 May 2012</span>" in page


def test_the_page_of_a_merged_actor_leads_to_the_one_that_stays(rita: Client) -> None:
    between = make.actor(name="Muscovy", merged_into=make.actor())
    make.actor(name="Rus", merged_into=between)
    for address in ("/actors/rus/", "/actors/rus/stances.csv"):
        response = rita.get(address)
        assert response.status_code == 302
        assert response["Location"] == address.replace("rus", "russia")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"denies", "warns", ""}),
        ("act=warns", {"warns"}),
        ("side=for", {"warns"}),
        ("side=open", {""}),
        ("act=warns&side=against", set()),
        # what does not exist fits nothing
        ("act=dances", set()),
    ],
)
def test_stances_are_filtered_by_the_address_on_page_and_csv_alike(
    rita: Client, query: str, expected: set[str]
) -> None:
    make.stance(article=article(1))
    make.stance(article=article(2), act="warns", side="for")
    make.stance(article=article(3), act="", side="")
    page = rita.get(f"/actors/russia/?{query}")
    assert {each.act for each in page.context["cards"]} == expected
    assert {row["act"] for row in rows(rita, f"/actors/russia/stances.csv?{query}")} == expected


def test_the_csv_has_the_stances_of_the_page_in_its_order(rita: Client) -> None:
    for day in (2, 9, 5):
        make.stance(article=article(day))
    make.stance(article=article(7), state="rejected")
    page = [each.pk for each in rita.get("/actors/russia/").context["cards"]]
    downloaded = rows(rita, "/actors/russia/stances.csv")
    assert [int(row["stance"]) for row in downloaded] == page
    assert downloaded[0]["content_text"] == "planning to attack Ukraine"


def test_the_csv_of_a_public_site_holds_judged_stances_only(public: Client) -> None:
    make.stance(article=article(1))
    judged = make.stance(article=article(2), state="corrected")
    assert [int(row["stance"]) for row in rows(public, "/actors/russia/stances.csv")] == [judged.pk]


def test_the_csv_of_all_pages_of_a_list_is_one_file_named_after_the_actor(rita: Client) -> None:
    for number in range(25):
        make.stance(actor_as_printed=f"Moscow {number}")
    assert len(rita.get("/actors/russia/").context["cards"]) == 20
    response = rita.get("/actors/russia/stances.csv")
    assert response["Content-Disposition"] == 'attachment; filename="russia-stances.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert len(rows(rita, "/actors/russia/stances.csv")) == 25


def test_pages_keep_the_filter(rita: Client) -> None:
    for number in range(25):
        make.stance(actor_as_printed=f"Moscow {number}")
    first = words(rita, "/actors/russia/?act=denies&side=")
    assert 'href="?act=denies&amp;page=2"' in first
    second = rita.get("/actors/russia/?act=denies&page=2")
    assert len(second.context["cards"]) == 5


@pytest.mark.parametrize("page", ["0", "99", "-1", "x", "1e9", ""])
def test_a_page_that_is_not_there_shows_the_nearest(rita: Client, page: str) -> None:
    make.stance()
    assert rita.get(f"/actors/russia/?page={page}").status_code == 200


def test_an_article_shows_its_words_with_every_stance_marked_and_numbered(rita: Client) -> None:
    make.stance()
    says = make.stance(
        mention="Moscow", cue="says", content="it has the right to move troops on its own soil", target="", side=""
    )
    page = words(rita, f"/articles/{says.article_id}/")
    assert '<mark class="mark-cue" data-stances="2">says</mark>' in page
    assert '<a href="#note-2" id="words-2" aria-label="Stance 2">2</a>' in page
    assert 'id="note-2"' in page
    assert "Ushakov said Putin had told Biden" in page


def test_evidence_in_the_title_is_marked_in_the_title(rita: Client) -> None:
    stance = make.stance(mention="Kremlin", cue="rejects", content="talk of an attack", target="", side="")
    page = words(rita, f"/articles/{stance.article_id}/")
    assert '<mark class="mark-cue" data-stances="1">rejects</mark>' in page.split("</h1>")[0]


def test_a_claim_gathers_the_stances_on_all_its_wordings(rita: Client) -> None:
    claim = make.claim()
    make.stance(article=article(1), claim=claim)
    make.stance(article=article(2), claim=make.claim(text="An attack is planned", merged_into=claim))
    make.stance(article=article(3), claim=make.claim(text="Something else"))
    page = rita.get(f"/claims/{claim.pk}/")
    assert [each.published_on.day for each in page.context["cards"]] == [2, 1]
    merged = Claim.objects.get(text="An attack is planned")
    assert rita.get(f"/claims/{merged.pk}/")["Location"] == f"/claims/{claim.pk}/"


@pytest.mark.parametrize(
    "address", ["/actors/nobody/", "/actors/nobody/stances.csv", "/articles/9/", "/claims/9/", "/x"]
)
def test_what_is_not_there_is_told_in_words(rita: Client, address: str) -> None:
    response = rita.get(address)
    assert response.status_code == 404
    assert b"Page not found" in response.content


def test_an_error_of_ours_is_told_without_a_word_of_its_insides(rita: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("the insides")

    monkeypatch.setattr("claims.pages.front.most_covered", fail)
    rita.raise_request_exception = False
    response = rita.get("/")
    assert response.status_code == 500
    assert b"Something went wrong" in response.content
    assert b"the insides" not in response.content


def test_only_reading_is_possible(rita: Client) -> None:
    make.stance()
    before = Stance.objects.values().get()
    for address in ("/", "/actors/", "/actors/russia/", "/actors/russia/stances.csv"):
        assert rita.post(address).status_code == 405
    assert Stance.objects.values().get() == before


def test_the_most_telling_other_names_come_first(rita: Client) -> None:
    for text, kind in (("Russians", "demonym"), ("Moscow", "metonym"), ("RF", "abbreviation"), ("Muscovy", "name")):
        make.alias(text=text, kind=kind)
    assert rita.get("/actors/russia/").context["aliases"] == ["RF", "Moscow", "Muscovy", "Russians"]


def test_an_actor_without_stances_offers_nothing_to_filter(rita: Client) -> None:
    make.actor()
    page = words(rita, "/actors/russia/")
    assert "No stances yet." in page
    assert "<select" not in page


def test_what_is_not_allowed_is_told_in_words(rita: Client) -> None:
    request = rita.get("/").wsgi_request
    response = permission_denied(request, PermissionDenied("the insides"))
    assert response.status_code == 403
    assert b"Not allowed" in response.content
    assert b"the insides" not in response.content


def test_an_actor_page_shows_who_speaks_for_it_and_in_which_office(rita: Client) -> None:
    russia = make.actor()
    make.stance(article=article(1), actor=russia)
    president = make.role(organisation=russia)
    make.stance(article=article(2), actor=president.actor, role=president, office="president")
    make.stance(article=article(3), actor=make.actor(name="Kremlin", kind="institution", part_of=russia))
    page = words(rita, "/actors/russia/")
    assert '<dt>of its own</dt><dd><a href="?voice=own#stances-title">1</a>' in page
    assert '<dt>by those who speak for it</dt><dd><a href="?voice=others#stances-title">2</a>' in page
    assert page.count("speaks for <bdi>Russia</bdi>") == 2
    assert "speaks for <bdi>Russia</bdi> as <bdi>president</bdi></li>" in page
    assert [
        (each.actor.text, each.office, each.number) for each in rita.get("/actors/russia/").context["figures"].speakers
    ] == [
        ("Kremlin", "", 1),
        ("Vladimir Putin", "president", 1),
    ]
    assert "speaks for" not in words(rita, "/actors/vladimir-putin/")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Kremlin", "Russia", "Vladimir Putin"]),
        ("?rollup=0", ["Russia"]),
        ("?rollup=1&by=people", ["Russia", "Vladimir Putin"]),
        ("?rollup=1&by=bodies", ["Kremlin", "Russia"]),
        # what is no depth shows nothing, and the form says why
        ("?rollup=99", []),
    ],
)
def test_depth_and_inclusion_stand_in_the_address(rita: Client, query: str, expected: list[str]) -> None:
    russia = make.actor()
    make.stance(article=article(1), actor=russia)
    president = make.role(organisation=russia)
    make.stance(article=article(2), actor=president.actor, role=president)
    make.stance(article=article(3), actor=make.actor(name="Kremlin", kind="institution", part_of=russia))
    shown = rita.get(f"/actors/russia/{query}").context["cards"]
    assert sorted(each.actor.text for each in shown) == expected
    assert len(rows(rita, f"/actors/russia/stances.csv{query}")) == len(expected)


@pytest.mark.parametrize("query", ["federation", "rf"])
def test_an_actor_is_found_by_the_names_of_what_was_merged_into_it(rita: Client, query: str) -> None:
    make.alias(actor=make.actor(name="Russian Federation", merged_into=make.actor()), text="RF", kind="abbreviation")
    assert [actor.name for actor, _ in rita.get(f"/actors/?q={query}").context["actors"]] == ["Russia"]
