"""Outlets: with which words they report, and who may see them."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import Article, Outlet
from claims.pages.verbs import Tone, verb_of
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cue", "verb", "tone"),
    [
        ("said", "say", Tone.NEUTRAL),
        ("According to", "according to", Tone.NEUTRAL),
        ("has repeatedly CLAIMED", "claim", Tone.DISTANCING),
        ("allegedly", "allege", Tone.DISTANCING),
        ("Warned", "warned", Tone.OTHER),
    ],
)
def test_a_cue_is_sorted_by_its_word(cue: str, verb: str, tone: Tone) -> None:
    assert verb_of(cue) == (verb, tone)


def reported(cue: str, number: int, *, state: str = "accepted", outlet: Outlet | None = None) -> Article:
    article = make.article(
        text=f"{cue} {number}\n20220101\nhttps://example.org/{cue}/{number}\nMoscow {cue} it will leave.\n",
        outlet=outlet or make.outlet(),
    )
    make.stance(article=article, cue=cue, content="it will leave", target="", state=state)
    return article


def test_the_table_counts_words_by_actor_and_leaves_other_outlets_out(rita: Client) -> None:
    outlet = reported("said", 1).outlet
    assert outlet is not None
    for number in range(2, 5):
        reported("says", number)
    reported("claimed", 5)
    reported("warned", 6)
    reported("alleged", 7, outlet=make.outlet(name="Another", domain="another.org"))
    table = rita.get(f"/outlets/{outlet.pk}/").context["table"]
    assert table.verbs == [("say", Tone.NEUTRAL), ("claim", Tone.DISTANCING), ("warned", Tone.OTHER)]
    ((row, counts, rest),) = table.rows
    assert (row.actor.name, counts, rest) == ("Russia", [4, 1, 1], 0)
    assert (row.neutral, row.distancing, row.distancing_percent) == (4, 1, 20)


def test_under_five_judged_stances_there_is_too_little_to_tell(rita: Client) -> None:
    for number in range(4):
        reported("said", number)
    article = reported("claimed", 5, state="pending")
    assert b"too little to tell" in rita.get(f"/outlets/{article.outlet_id}/").content


def test_the_public_sees_what_people_judged_only(public: Client) -> None:
    unjudged = reported("said", 1, state="pending", outlet=make.outlet(name="Unjudged", domain="unjudged.org"))
    judged = reported("said", 2)
    reported("claimed", 3, state="pending")
    assert public.get(f"/outlets/{unjudged.outlet_id}/").status_code == 404
    assert [(outlet.name, number) for outlet, number in public.get("/outlets/").context["outlets"]] == [
        ("The Daily Example", 1)
    ]
    page = public.get(f"/outlets/{judged.outlet_id}/")
    assert [article.pk for article in page.context["page"]] == [judged.pk]
    assert page.context["table"].total.distancing == 0


def test_an_outlet_without_articles_says_so(rita: Client) -> None:
    page = rita.get(f"/outlets/{make.outlet().pk}/")
    assert b"No articles yet." in page.content
    assert b"No outlets with articles yet." in rita.get("/outlets/").content


def test_cards_lead_to_the_outlet(rita: Client) -> None:
    article = reported("said", 1)
    assert f'href="/outlets/{article.outlet_id}/"' in rita.get("/actors/russia/").content.decode()


def test_names_of_outlets_are_never_markup(rita: Client) -> None:
    outlet = make.outlet(name="<script>alert(1)</script>", domain="evil.org")
    reported("said", 1, outlet=outlet)
    for address in ("/outlets/", f"/outlets/{outlet.pk}/"):
        assert b"<script" not in rita.get(address).content


def test_counts_lead_to_the_stances_behind_them(rita: Client) -> None:
    article = reported("said", 1)
    reported("claimed", 2, state="pending")
    reported("said", 3, outlet=make.outlet(name="Another", domain="another.org"))
    page = rita.get(f"/outlets/{article.outlet_id}/").content.decode()
    links = {show: f"/actors/russia/?outlet=example.org{show}" for show in ("", "&amp;show=judged")}
    for show, number in {"": 2, "&amp;show=judged": 1}.items():
        assert f'href="{links[show]}#stances-title"' in page
        assert len(rita.get(links[show].replace("&amp;", "&")).context["cards"]) == number


def test_each_article_says_how_many_stances_it_has(rita: Client) -> None:
    article = reported("said", 1)
    reported("claimed", 2, state="rejected")
    page = rita.get(f"/outlets/{article.outlet_id}/")
    assert sorted(number for _article, number in page.context["articles"]) == [0, 1]
