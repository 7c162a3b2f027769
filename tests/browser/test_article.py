"""An article in a real browser: each stance opens beside its words, by mouse, by keys and without scripts."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.scene import Scene, set_scene
from tests.browser.visitor import Visitor
from tests.factories import person


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return set_scene()


@pytest.fixture
def rita(transactional_db: None) -> User:
    return person("rita")


@pytest.fixture
def reading(visitor: Visitor, scene: Scene, rita: User) -> Visitor:
    """Rita's window, on the article."""
    visitor.sign_in(rita)
    visitor.page.set_viewport_size({"width": 1280, "height": 700})
    visitor.go(f"/articles/{scene.article.pk}/")
    return visitor


def opened(visitor: Visitor) -> list[str]:
    """The numbers of the cards that are open."""
    found: list[str] = visitor.page.eval_on_selector_all(
        "details.stance-note[open]", "cards => cards.map(card => card.dataset.number)"
    )
    return found


def test_a_click_on_marked_words_opens_their_card_beside_them(reading: Visitor) -> None:
    page = reading.page
    words = page.locator("mark.mark-cue", has_text="warned")
    words.click()
    (number,) = opened(reading)
    card = page.locator(f"details[data-number='{number}']")
    expect(card).to_be_in_viewport()
    expect(words).to_be_in_viewport()
    expect(card).to_contain_text("sanctions if Russia attacks its neighbour")
    expect(words).to_have_class("mark-cue mark-current")
    # Another one's words close it.
    page.locator("mark.mark-cue", has_text="denies").click()
    assert len(opened(reading)) == 1
    assert opened(reading) != [number]
    expect(words).to_have_class("mark-cue")


def test_enter_on_a_number_opens_the_card_and_leads_on_and_back(reading: Visitor) -> None:
    page = reading.page
    page.get_by_role("link", name="Stance 1", exact=True).focus()
    page.keyboard.press("Enter")
    assert opened(reading) == ["1"]
    assert page.evaluate("document.activeElement.closest('details').dataset.number") == "1"
    assert page.url.endswith("#note-1")
    page.locator("details[open]").get_by_role("link", name="next").press("Enter")
    assert opened(reading) == ["2"]
    page.locator("details[open]").get_by_role("link", name="previous").press("Enter")
    assert opened(reading) == ["1"]
    page.locator("details[open]").get_by_role("link", name="to the words").press("Enter")
    assert page.url.endswith("#words-1")
    expect(page.get_by_role("link", name="Stance 1", exact=True)).to_be_in_viewport()


def test_an_open_card_shuts_nobody_out(reading: Visitor) -> None:
    reading.page.locator("mark.mark-cue", has_text="denies").click()
    assert reading.barriers() == []


def test_on_a_narrow_screen_the_card_comes_into_view(reading: Visitor) -> None:
    reading.page.set_viewport_size({"width": 360, "height": 640})
    reading.page.locator("mark.mark-cue", has_text="denies").click()
    (number,) = opened(reading)
    expect(reading.page.locator(f"details[data-number='{number}']")).to_be_in_viewport()


def test_without_scripts_a_number_is_a_link_that_opens_the_card(
    chromium: Browser, live_server: LiveServer, scene: Scene, rita: User
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    visitor = Visitor(context.new_page(), live_server.url)
    visitor.sign_in(rita)
    visitor.page.goto(f"{live_server.url}/articles/{scene.article.pk}/")
    visitor.page.get_by_role("link", name="Stance 2", exact=True).click()
    card = visitor.page.locator("#note-2")
    expect(card).to_be_visible()
    expect(visitor.page.locator("#note-1")).to_be_hidden()
    # The address that pages and feeds give works in any browser.
    visitor.page.goto(
        f"{live_server.url}/articles/{scene.article.pk}/?stance={scene.denial.pk}#stance-{scene.denial.pk}"
    )
    expect(visitor.page.locator("details[open]")).to_contain_text("planning to attack Ukraine")
    context.close()


def test_from_any_list_the_words_lead_to_the_open_card(visitor: Visitor, scene: Scene, rita: User) -> None:
    visitor.sign_in(rita)
    visitor.go(f"/claims/{scene.claim.pk}/")
    visitor.page.locator(f"#stance-{scene.denial.pk}").get_by_role("link", name=scene.article.title).first.click()
    expect(visitor.page.locator("details[open]")).to_contain_text("planning to attack Ukraine")
    expect(visitor.page.locator("details[open]")).to_be_in_viewport()
