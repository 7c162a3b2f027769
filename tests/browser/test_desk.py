"""The review desk in a browser: with keys alone, without a page load, and without breaking the security policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Proposal, Stance
from claims.review import correct
from tests import factories as make
from tests.browser.desk import DESK, on, select, told
from tests.browser.scene import Scene
from tests.browser.visitor import Visitor
from tests.factories import person


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


def test_a_wrong_stance_takes_two_keys(desk: Visitor) -> None:
    for key in ("r", "1"):
        desk.page.keyboard.press(key)
    told(desk, "Rejected")
    assert Stance.objects.get(state="rejected").judgements.get().note == "not a position"
    # The keys are keys again, not words in a field.
    desk.page.keyboard.press("?")
    expect(desk.page.get_by_role("dialog")).to_be_visible()


def test_selected_words_become_a_span(desk: Visitor) -> None:
    select(desk, ".mark-cue")
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


def test_two_at_one_article_see_each_other(desk: Visitor, new_visitor: Callable[[], Visitor]) -> None:
    other = new_visitor()
    other.sign_in(person("leo"))
    other.go(on(desk))
    expect(other.page.locator(".desk-presence")).to_have_text("ana is on this article too")


def test_the_second_to_save_sees_what_changed_and_keeps_their_input(
    desk: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    other = new_visitor()
    other.sign_in(person("leo"))
    other.go(on(desk))
    desk.page.locator("#id_act").select_option("warns")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("a")
    told(desk, "Corrected")
    other.page.locator("#id_act").select_option("demands")
    other.page.get_by_role("button", name="Accept", exact=False).first.click()
    note = other.page.get_by_role("alert").filter(has_text="changed this stance")
    expect(note).to_contain_text("ana")
    expect(note).to_contain_text("now “warns”; you have “demands”")
    assert other.page.locator("#id_act").input_value() == "demands"
    # Saving once more is a decision.
    other.page.get_by_role("button", name="Accept", exact=False).first.click()
    expect(other.page.locator("#desk-messages")).to_contain_text("Corrected")
    other.problems.clear()


def test_the_words_of_the_stance_are_in_sight(visitor: Visitor, scene: Scene, ana: User) -> None:
    far = make.stance(
        article=make.article(
            text="Far\n20220101\nhttps://example.org/\n" + "Nothing.\n" * 3_000 + "Oslo denies it all."
        ),
        mention="Oslo",
        cue="denies",
        content="it all",
        target="",
    )
    visitor.sign_in(ana)
    visitor.go(f"{DESK}?stance={far.pk}")
    expect(visitor.page.locator("#text .mark-content")).to_be_in_viewport()
    expect(visitor.page.get_by_role("heading", name="Review desk")).to_be_in_viewport()


def test_a_candidate_becomes_the_actor_by_mouse(desk: Visitor) -> None:
    button = desk.page.locator(".desk-candidates button").first
    name = button.locator("bdi").inner_text()
    button.click()
    expect(desk.page.locator("#stance_form .field-actor .select2-selection__rendered")).to_contain_text(name)


def test_an_earlier_decision_is_restored_by_mouse(desk: Visitor, scene: Scene) -> None:
    stance = Stance.objects.filter(state="pending").order_by("article_id", "content_start")[0]
    ana = person("ana")
    correct(stance, {"act": "warns"}, user=ana)
    correct(stance, {"act": "demands"}, user=ana)
    desk.go(f"{DESK}?stance={stance.pk}")
    desk.page.locator(".desk-history summary").click()
    assert desk.barriers() == []
    desk.page.get_by_role("button", name="Restore").click()
    told(desk, "Restored.")
    stance.refresh_from_db()
    assert stance.act == "warns"


def test_a_missed_stance_is_added_by_keys(desk: Visitor) -> None:
    before = Stance.objects.count()
    select(desk, ".mark-cue")
    words = desk.page.locator("#text .mark-cue").first.inner_text()
    desk.page.keyboard.press("s")
    form = desk.page.locator("#add_form")
    assert form.locator("[name=add-content_words]").input_value() == words
    form.locator("[name=add-cue_words]").fill(words)
    form.locator("[name=add-mention_words]").fill("Moscow")
    form.get_by_role("button", name="Add it").press("Enter")
    told(desk, "Added")
    assert Stance.objects.count() == before + 1


def test_a_wrong_stance_is_rejected_and_taken_back_by_mouse(desk: Visitor) -> None:
    desk.page.get_by_role("button", name="Reject").first.click()
    desk.page.get_by_role("button", name="wrong actor").click()
    told(desk, "Rejected")
    desk.page.get_by_role("button", name="Undo").click()
    told(desk, "Taken back")
    assert not Stance.objects.filter(state="rejected").exists()


def test_the_surest_are_accepted_in_bulk_from_the_desk(desk: Visitor) -> None:
    waiting = Stance.objects.filter(state="pending").count()
    desk.page.get_by_role("link", name="Accept the surest").click()
    desk.page.get_by_label("Confidence from").fill("0")
    desk.page.get_by_role("button", name="Show what it would do").click()
    expect(desk.page.get_by_role("heading", name="stances would be accepted")).to_be_visible()
    assert desk.barriers() == []
    desk.page.get_by_role("button", name=f"Accept {waiting} stances").click()
    told(desk, f"{waiting} accepted.")
    assert not Stance.objects.filter(state="pending").exists()


@pytest.mark.parametrize("path", [DESK, "/admin/claims/stance/accept-above/?above=0"])
def test_it_fits_a_narrow_screen_and_double_size(desk: Visitor, path: str) -> None:
    for width in (320, 640):
        desk.page.set_viewport_size({"width": width, "height": 640})
        desk.go(path)
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_on_the_desk_shuts_anybody_out(desk: Visitor, scheme: Literal["light", "dark"]) -> None:
    desk.page.emulate_media(color_scheme=scheme)
    expect(desk.page.locator(".desk-candidates button").first).to_be_visible()
    desk.page.locator(".desk-add summary").click()
    assert desk.barriers() == []


def test_it_works_without_scripts(chromium: Browser, live_server: LiveServer, scene: Scene, ana: User) -> None:
    context = chromium.new_context(java_script_enabled=False)
    window = Visitor(context.new_page(), live_server.url)
    window.sign_in(ana)
    window.page.goto(window.site + DESK)
    window.page.get_by_role("button", name="Accept").click()
    assert window.page.locator("#desk-messages").inner_text().startswith("Accepted")
    context.close()


def test_a_proposal_of_a_later_run_is_dismissed_by_keys(desk: Visitor, scene: Scene) -> None:
    desk.go(f"/admin/claims/article/{Proposal.objects.earliest('pk').article_id}/proposals/")
    assert desk.barriers() == []
    desk.page.get_by_role("button", name="Dismiss", exact=True).first.press("Enter")
    expect(desk.page.get_by_text("Dismissed.")).to_be_visible()
    desk.page.set_viewport_size({"width": 320, "height": 640})
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 320
