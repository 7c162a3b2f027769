"""The review desk in a browser: with keys alone, without a page load, and without breaking the security policy."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Stance
from tests.browser.scene import Scene, set_scene
from tests.browser.visitor import Visitor
from tests.factories import person

DESK = "/admin/claims/stance/desk/"
SELECT_CUE = """() => {
    const node = document.querySelector("#text .mark-cue").firstChild;
    const range = document.createRange();
    range.selectNodeContents(node);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return set_scene()


@pytest.fixture
def ana(transactional_db: None) -> User:
    return person("ana")


@pytest.fixture
def desk(visitor: Visitor, scene: Scene, ana: User) -> Visitor:
    """Somebody at the desk, with a mark on the page that a page load would lose."""
    visitor.sign_in(ana)
    visitor.go(DESK)
    visitor.page.evaluate("window.sameWindow = true")
    return visitor


def told(desk: Visitor, words: str) -> None:
    expect(desk.page.locator("#desk-messages")).to_contain_text(words)


def test_a_right_stance_takes_one_key_and_another_takes_it_back(desk: Visitor) -> None:
    first = Stance.objects.filter(state="pending").order_by("article_id", "content_start").first()
    assert first is not None
    desk.page.keyboard.press("a")
    told(desk, "Accepted")
    first.refresh_from_db()
    assert first.state == "accepted"
    desk.page.keyboard.press("u")
    told(desk, "Taken back")
    first.refresh_from_db()
    assert first.state == "pending"
    assert desk.page.evaluate("window.sameWindow")


def test_a_wrong_stance_takes_three_keys(desk: Visitor) -> None:
    for key in ("r", "1", "Enter"):
        desk.page.keyboard.press(key)
    told(desk, "Rejected")
    assert Stance.objects.get(state="rejected").judgements.get().note == "not a position"
    # The keys are keys again, not words in a field.
    desk.page.keyboard.press("?")
    expect(desk.page.get_by_role("dialog")).to_be_visible()


def test_selected_words_become_a_span(desk: Visitor) -> None:
    desk.page.evaluate(SELECT_CUE)
    cue = desk.page.locator("#text .mark-cue").first.inner_text()
    desk.page.keyboard.press("4")
    assert desk.page.get_by_label("Target:", exact=True).first.input_value() == cue
    desk.page.keyboard.press("a")
    told(desk, "Corrected")
    assert Stance.objects.get(state="corrected", target_text=cue)


def test_next_and_previous_lead_there_and_back(desk: Visitor) -> None:
    heading = desk.page.locator(".desk-sum")
    first = heading.inner_text()
    desk.page.keyboard.press("n")
    expect(heading).not_to_have_text(first)
    desk.page.keyboard.press("p")
    expect(heading).to_have_text(first)
    assert desk.page.evaluate("window.sameWindow")


def test_the_actor_is_found_by_typing_on_a_page_that_was_swapped_in(desk: Visitor, scene: Scene) -> None:
    desk.page.keyboard.press("n")
    desk.page.wait_for_url("**stance=*")
    desk.page.locator("#stance_form .field-actor .select2-selection").click()
    desk.page.keyboard.type("Russ")
    expect(desk.page.locator(".select2-results__option").first).to_contain_text("Russia")


def test_what_was_typed_stays_when_the_site_does_not_answer(desk: Visitor) -> None:
    desk.page.get_by_label("Note").first.fill("a thought")
    desk.page.context.set_offline(True)
    desk.page.get_by_role("button", name="Accept").click()
    expect(desk.page.get_by_text("The site does not answer")).to_be_visible()
    desk.page.context.set_offline(False)
    assert desk.page.get_by_label("Note").first.input_value() == "a thought"
    assert not Stance.objects.filter(state="accepted", judgements__note="a thought").exists()
    desk.problems.clear()


def test_nothing_on_the_desk_shuts_anybody_out(desk: Visitor) -> None:
    assert desk.barriers() == []


def test_it_works_without_scripts(chromium: Browser, live_server: LiveServer, scene: Scene, ana: User) -> None:
    context = chromium.new_context(java_script_enabled=False)
    window = Visitor(context.new_page(), live_server.url)
    window.sign_in(ana)
    window.page.goto(window.site + DESK)
    window.page.get_by_role("button", name="Accept").click()
    assert window.page.locator("#desk-messages").inner_text().startswith("Accepted")
    context.close()
