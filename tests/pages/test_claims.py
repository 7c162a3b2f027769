"""The page of a claim: who takes which position, in which words, who answered; and the claim as data."""

from __future__ import annotations

import datetime as dt
import html.parser
import json
from typing import Any

import pytest
from django.test import Client

from claims.models import ClaimTopic, Stance
from tests import factories as make

pytestmark = pytest.mark.django_db


def said(day: int, who: str, act: str, content: str, **fields: Any) -> Stance:
    """A stance on the claim, in an article of its own of that day of January 2022."""
    text = f"Article {day}\n202201{day:02}\nhttps://example.org/{day}\n{who} {act} {content}.\n"
    article = make.article(text=text, published_on=dt.date(2022, 1, day), url=f"https://example.org/{day}")
    return make.stance(
        article=article, actor=make.actor(name=who), act=act, mention=who, cue=act, content=content, target="", **fields
    )


@pytest.fixture
def dispute(db: None) -> None:
    """The United States asserts the claim twice, Russia denies it later."""
    said(3, "United States", "states", "Russia plans to attack Ukraine")
    said(5, "United States", "states", "Russia plans an attack on Ukraine", state="accepted")
    said(7, "Russia", "denies", "planning to attack Ukraine")


def page_of(client: Client) -> str:
    answer = client.get(f"/claims/{make.claim().pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def words(page: str) -> str:
    """What ``page`` says, without its markup."""

    class Words(html.parser.HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: list[str] = []

        def handle_data(self, data: str) -> None:
            self.found.append(data)

    reader = Words()
    reader.feed(page)
    return " ".join(" ".join(reader.found).split())


@pytest.mark.usefixtures("dispute")
def test_each_position_has_a_column_with_its_actors_days_and_independent_articles(rita: Client) -> None:
    told = words(page_of(rita))
    assert "asserts it 1 actor, 2 independent articles United States 3 Jan 2022 to 5 Jan 2022 · 2 articles" in told
    assert "denies it 1 actor, 1 independent article Russia 7 Jan 2022 · unjudged" in told


@pytest.mark.usefixtures("dispute")
def test_in_the_order_of_time_each_voice_has_its_words_and_who_answered(rita: Client) -> None:
    told = words(page_of(rita))
    first = told.index("United States asserts it : states Russia plans to attack Ukraine")
    second = told.index("Russia denies it : planning to attack Ukraine")
    assert first < second
    assert "Answered by Russia (denies it, 7 Jan 2022)" in told[first:second]
    assert "Nobody is reported to have answered." in told[second:]


def test_where_nobody_answered_the_page_says_so_once(rita: Client) -> None:
    said(3, "United States", "states", "Russia plans to attack Ukraine")
    told = words(page_of(rita))
    assert told.count("Nobody is reported to have answered this.") == 1
    assert "Nobody is reported to have answered." not in told


@pytest.mark.usefixtures("dispute")
def test_all_wordings_are_listed_with_what_they_count(rita: Client) -> None:
    said(9, "Belarus", "denies", "planning to attack Ukraine")
    listed = rita.get(f"/claims/{make.claim().pk}/").context["wordings"]
    assert [(each.text, each.stances, each.articles) for each in listed.listed] == [
        ("planning to attack Ukraine", 2, 2),
        ("Russia plans to attack Ukraine", 1, 1),
        ("Russia plans an attack on Ukraine", 1, 1),
    ]
    assert listed.number == 3


def test_a_huge_wording_is_cut(rita: Client) -> None:
    said(3, "Russia", "denies", "x" * 5_000)
    said(4, "Russia", "denies", "planning")
    listed = rita.get(f"/claims/{make.claim().pk}/").context["wordings"].listed
    assert [(len(each.text), each.is_cut) for each in listed] == [(300, True), (8, False)]


@pytest.mark.usefixtures("dispute")
def test_the_public_sees_what_people_judged_in_every_part(public: Client) -> None:
    page = page_of(public)
    assert "Russia plans an attack on Ukraine" in page
    assert "planning to attack Ukraine" not in page
    assert "unjudged" not in page


def test_too_little_is_said_to_be_too_little(rita: Client) -> None:
    for day in range(3, 7):
        said(day, "Russia", "denies", "planning to attack Ukraine", state="accepted")
    assert "Too little to tell how it stands: people have judged 4 stances on it." in words(page_of(rita))
    said(9, "Russia", "denies", "planning to attack Ukraine", state="accepted")
    assert "Too little to tell" not in words(page_of(rita))


@pytest.mark.usefixtures("dispute")
def test_the_claim_can_be_cited_by_its_words_and_its_address(rita: Client) -> None:
    told = words(page_of(rita))
    assert f"“ {make.claim().text} ”, stancetracker" in told
    assert f"http://testserver/claims/{make.claim().pk}/" in told


class _Data(html.parser.HTMLParser):
    """Reads the blocks of data as a browser does: up to the first end of a script, nothing in them unescaped."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.reading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.reading = tag == "script" and ("type", "application/ld+json") in attrs

    def handle_endtag(self, tag: str) -> None:
        self.reading = False

    def handle_data(self, data: str) -> None:
        if self.reading:
            self.blocks.append(data)


def data_of(page: str) -> dict[str, Any]:
    reader = _Data()
    reader.feed(page)
    (block,) = reader.blocks
    found: dict[str, Any] = json.loads(block)
    return found


@pytest.mark.usefixtures("dispute")
def test_the_claim_is_told_to_programs_as_schema_org_has_it(rita: Client) -> None:
    claim = make.claim()
    ClaimTopic.objects.create(claim=claim, topic=make.topic())
    address = f"http://testserver/claims/{claim.pk}/"
    data = data_of(page_of(rita))
    appearance = data.pop("appearance")
    assert data.pop("firstAppearance") == appearance[0]
    assert appearance[0] == {
        "@type": "NewsArticle",
        "headline": "Article 3",
        "datePublished": "2022-01-03",
        "url": "https://example.org/3",
        "publisher": {"@type": "Organization", "name": "The Daily Example"},
    }
    assert [work["datePublished"] for work in appearance] == ["2022-01-03", "2022-01-05", "2022-01-07"]
    assert data == {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": address,
        "url": address,
        "name": claim.text,
        "text": claim.text,
        "about": [
            {
                "@type": "Thing",
                "name": "Attack on Ukraine",
                "url": "http://testserver/topics/attack-on-ukraine/",
            }
        ],
        # Russia denies it, and is not said to be an author.
        "author": [
            {
                "@type": "Organization",
                "name": "United States",
                "url": "http://testserver/actors/united-states/",
            }
        ],
    }


@pytest.mark.parametrize(
    "words",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "&lt;/script&gt;",
        "\u2028\u2029",
        '"}],"@type":"ClaimReview"',
        "\\",
    ],
)
def test_no_words_end_the_block_or_change_what_it_says(rita: Client, words: str) -> None:
    claim = make.claim(text=f"{words} x")
    make.stance(claim=claim)
    page = rita.get(f"/claims/{claim.pk}/").content.decode()
    data = data_of(page)
    assert data["text"] == " ".join(f"{words} x".split())
    assert data["@type"] == "Claim"
