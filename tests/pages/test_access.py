"""Who sees what: nothing without an account unless the site is public, and the public only what people judged."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import Actor, Article, Claim, Stance
from tests import factories as make

pytestmark = pytest.mark.django_db

STATES = ("pending", "accepted", "corrected", "rejected")


@pytest.fixture
def one_of_each_state() -> None:
    for number, state in enumerate(STATES):
        make.stance(state=state, actor_as_printed=f"Moscow {number}")


def every_address() -> list[str]:
    return [
        "/",
        "/actors/",
        "/actors/russia/",
        *(f"/actors/russia/stances.{form}" for form in ("csv", "xlsx", "json")),
        f"/claims/{Claim.objects.get().pk}/stances.csv",
        f"/topics/{make.topic().slug}/stances.csv",
        f"/articles/{Article.objects.get().pk}/",
        f"/claims/{Claim.objects.get().pk}/",
        "/outlets/",
        "/compare/",
        "/compare/?actor=russia",
        "/search/",
        "/search/?q=ukraine",
        f"/outlets/{Article.objects.get().outlet_id}/",
        "/topics/",
        "/changes/",
        f"/topics/{make.topic().slug}/",
        "/actors/russia/feed.atom",
        f"/claims/{Claim.objects.get().pk}/feed.atom",
        f"/topics/{make.topic().slug}/feed.atom",
    ]


@pytest.mark.usefixtures("one_of_each_state")
def test_without_an_account_every_page_asks_for_a_sign_in() -> None:
    for address in every_address():
        response = Client().get(address)
        assert response.status_code == 302, address
        assert response["Location"].startswith("/login/?next="), address


@pytest.mark.usefixtures("one_of_each_state")
def test_a_public_site_opens_every_page(public: Client) -> None:
    for address in every_address():
        response = public.get(address)
        assert response.status_code == 200, address
        # Read to its end, a file is closed.
        b"".join(response)


@pytest.mark.usefixtures("one_of_each_state")
def test_the_public_sees_judged_stances_only(public: Client) -> None:
    page = public.get("/actors/russia/")
    assert {each.state for each in page.context["cards"]} == {"accepted", "corrected"}
    assert page.context["summary"]["stances"] == 2


@pytest.mark.usefixtures("one_of_each_state")
def test_the_public_cannot_ask_for_more(public: Client) -> None:
    page = public.get("/actors/russia/?show=all")
    assert {each.state for each in page.context["cards"]} == {"accepted", "corrected"}
    assert b"unjudged" not in page.content


@pytest.mark.usefixtures("one_of_each_state")
def test_somebody_with_an_account_sees_all_but_the_rejected_ones(rita: Client) -> None:
    page = rita.get("/actors/russia/")
    assert {each.state for each in page.context["cards"]} == {"unjudged", "accepted", "corrected"}


@pytest.mark.usefixtures("one_of_each_state")
def test_somebody_with_an_account_can_ask_for_the_judged_ones(rita: Client) -> None:
    page = rita.get("/actors/russia/?show=judged")
    assert {each.state for each in page.context["cards"]} == {"accepted", "corrected"}


@pytest.mark.usefixtures("one_of_each_state")
def test_the_choice_of_judged_stances_lasts_for_all_pages(rita: Client) -> None:
    response = rita.post("/showing/", {"show": "judged", "next": "/actors/russia/?act=denies&show=all&page=2"})
    assert response["Location"] == "/actors/russia/?act=denies"
    assert rita.get("/").context["counts"]["stances"] == 2
    assert rita.get("/actors/").context["actors"][0][1] == 2
    for address in (
        "/",
        "/actors/russia/",
        f"/articles/{Article.objects.get().pk}/",
        f"/claims/{Claim.objects.get().pk}/",
    ):
        page = rita.get(address)
        cards = [each[1] if isinstance(each, tuple) else each for each in page.context["cards"]]
        assert {each.state for each in cards} == {"accepted", "corrected"}, address
    assert rita.get("/actors/russia/").context["summary"]["stances"] == 2
    # An address that asks for all says so for itself alone.
    assert rita.get("/actors/russia/?show=all").context["summary"]["stances"] == 3
    assert rita.get("/actors/russia/").context["summary"]["stances"] == 2
    rita.post("/showing/", {"show": "all", "next": "/"})
    assert rita.get("/actors/russia/").context["summary"]["stances"] == 3


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\\\\evil.example", "evil"]
)
def test_the_choice_never_leads_to_another_site(rita: Client, elsewhere: str) -> None:
    assert rita.post("/showing/", {"show": "judged", "next": elsewhere})["Location"] == "/"


def test_the_choice_is_for_people_with_an_account(public: Client) -> None:
    assert public.post("/showing/", {"show": "all"})["Location"].startswith("/login/")
    assert public.get("/showing/").status_code == 405


def test_rejected_stances_show_nowhere(rita: Client) -> None:
    stance = make.stance(state="rejected")
    for address in ("/", "/actors/russia/", f"/articles/{stance.article_id}/", f"/claims/{stance.claim_id}/"):
        page = rita.get(address)
        assert page.context["cards"] == [], address
        assert b'<mark class="mark-cue">denies' not in page.content, address
    assert list(rita.get("/actors/").context["page"]) == []
    assert rita.get("/").context["counts"]["stances"] == 0


def test_articles_and_claims_without_a_judged_stance_are_no_pages_of_a_public_site(public: Client) -> None:
    make.stance()
    assert public.get(f"/articles/{Article.objects.get().pk}/").status_code == 404
    assert public.get(f"/claims/{Claim.objects.get().pk}/").status_code == 404


def test_an_actor_without_a_judged_stance_has_a_page_without_stances(public: Client) -> None:
    make.stance()
    page = public.get("/actors/russia/")
    assert page.status_code == 200
    assert page.context["cards"] == []
    assert Stance.objects.filter(actor=Actor.objects.get()).count() == 1


def test_signing_in_leads_back_to_the_page_that_was_asked_for(rita: Client) -> None:
    client = Client()
    make.stance()
    form = client.get("/login/?next=/actors/russia/")
    assert b'name="next" value="/actors/russia/"' in form.content
    response = client.post("/login/", {"username": "rita", "password": "rita", "next": "/actors/russia/"})
    assert response["Location"] == "/actors/russia/"


def test_a_wrong_password_is_told_without_saying_which_was_wrong(rita: Client) -> None:
    response = Client().post("/login/", {"username": "rita", "password": "wrong"})
    assert response.status_code == 200
    assert b'role="alert"' in response.content


def test_signing_out_takes_a_post(rita: Client) -> None:
    assert rita.get("/logout/").status_code == 405
    assert rita.post("/logout/").status_code == 302
    assert rita.get("/").status_code == 302
