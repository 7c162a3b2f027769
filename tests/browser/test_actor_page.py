"""The page of an actor of whom much is judged, in a real browser: from a figure to its stances, and for everybody."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from playwright.sync_api import expect

from claims.models import ClaimTopic
from tests import factories as make
from tests.browser.visitor import Visitor


@pytest.fixture
def russia(transactional_db: None) -> str:
    """The address of Russia's page: six judged stances against an attack and one for it, in seven months."""
    ClaimTopic.objects.create(claim=make.claim(), topic=make.topic())
    for month in range(1, 8):
        make.addressee(
            stance=make.stance(
                article=make.article(
                    text=f"Month {month}\n20210101\nhttps://example.org/\nMoscow denies planning to attack Ukraine.\n",
                    published_on=dt.date(2021, month, 15),
                ),
                state="accepted",
                side="for" if month == 3 else "against",
                target_actor=make.actor(name="Ukraine"),
            )
        )
    return "/actors/russia/"


def test_a_figure_leads_to_the_words_behind_it_and_these_to_a_file(visitor: Visitor, russia: str) -> None:
    visitor.sign_in(make.person("rita"))
    visitor.go(russia)
    page = visitor.page
    contested = page.get_by_role("region", name="On both sides")
    expect(contested.get_by_role("figure")).to_have_count(3)
    page.get_by_text("The figures as a table").click()
    page.get_by_role("row", name="Mar 2021").get_by_role("link", name="1").click()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("list", name="Chosen filters").get_by_role("listitem")).to_have_count(4)
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    with download.value.path().open(encoding="utf-8") as file:
        taken = json.load(file)
    assert taken["number"] == 1
    assert {"filter": "Side", "values": "for"} in taken["list"]["filters"]
    page.get_by_role("link", name="Leave out Side: for").click()
    # Who chooses sees the list, not the head of a long page.
    expect(page.get_by_role("heading", name="What was said, newest first")).to_be_in_viewport()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("heading", name="What was said, newest first")).to_be_in_viewport()
    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_role("article")).to_have_count(7)


@pytest.mark.sqlite
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_a_judged_actor_shuts_nobody_out(visitor: Visitor, russia: str, scheme: str) -> None:
    visitor.sign_in(make.person("rita"))
    visitor.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visitor.go(russia)
    assert visitor.barriers() == []
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    visitor.go(russia)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
