"""What is typed at the desk survives what can go wrong: no answer, an error, the end of the session, somebody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Dialog, Page, Route, expect

from claims.models import Stance
from tests.browser.desk import DESK, on, told
from tests.browser.visitor import Visitor
from tests.factories import person


def type_a_note(desk: Visitor) -> None:
    desk.page.get_by_label("Note").first.fill("a thought")
    desk.page.locator("#id_act").select_option("warns")


def kept(page: Page) -> tuple[str, str]:
    return page.get_by_label("Note").first.input_value(), page.locator("#id_act").input_value()


def sign_out(desk: Visitor) -> None:
    """End the session, as its age or another window does."""
    desk.page.wait_for_load_state("networkidle")
    Session.objects.all().delete()


def accept(desk: Visitor) -> None:
    desk.page.get_by_role("button", name="Accept", exact=False).first.click()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda route: route.abort("connectionreset"), "The site does not answer"),
        (lambda route: route.fulfill(status=500, body="<h1>broken</h1>"), "The site failed"),
        (lambda route: route.fulfill(status=403, body="no"), "The site refuses this"),
        (lambda route: route.fulfill(status=404, body="gone"), "is not there any more"),
    ],
)
def test_what_was_typed_stays_and_saves_later(desk: Visitor, answer: Callable[[Route], None], words: str) -> None:
    type_a_note(desk)
    desk.page.route("**/desk/*/?*", answer)
    accept(desk)
    expect(desk.page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    assert kept(desk.page) == ("a thought", "warns")
    desk.page.unroute("**/desk/*/?*")
    accept(desk)
    told(desk, "Corrected")
    assert Stance.objects.get(state="corrected").judgements.get().note == "a thought"
    expect(desk.page.get_by_role("alert")).not_to_contain_text(words, use_inner_text=True)
    desk.problems.clear()


def test_who_is_signed_out_keeps_what_they_typed_signs_in_beside_it_and_saves(desk: Visitor, ana: User) -> None:
    type_a_note(desk)
    sign_out(desk)
    accept(desk)
    expect(desk.page.get_by_role("alert").filter(has_text="You are signed out")).to_be_visible()
    assert kept(desk.page) == ("a thought", "warns")
    assert desk.barriers() == []
    with desk.page.expect_popup() as opened:
        desk.page.get_by_role("link", name="sign in in another tab").click()
    opened.value.get_by_label("Username").fill("ana")
    opened.value.get_by_label("Password").fill("ana")
    opened.value.get_by_role("button", name="Sign in").click()
    opened.value.locator("#stance_form").wait_for()
    accept(desk)
    told(desk, "Corrected")
    assert Stance.objects.get(state="corrected").judgements.get().user == ana
    desk.problems.clear()


def test_the_end_of_the_session_does_not_put_the_sign_in_into_the_page(desk: Visitor) -> None:
    sign_out(desk)
    # As the desk asks by itself every twenty seconds.
    desk.page.evaluate(
        "htmx.ajax('GET', document.querySelector('.desk-presence').getAttribute('hx-get'), '.desk-presence')"
    )
    expect(desk.page.get_by_role("alert").filter(has_text="You are signed out")).to_be_visible()
    assert desk.page.get_by_label("Password").count() == 0
    desk.problems.clear()


def test_going_on_with_something_unsaved_asks_first(desk: Visitor) -> None:
    heading = desk.page.locator(".desk-sum")
    first = heading.inner_text()
    desk.page.locator("#id_act").select_option("warns")
    desk.page.locator("#id_act").press("Escape")
    desk.page.keyboard.press("n")
    told(desk, "Not saved yet: Act. Do the same again to go on without.")
    assert (heading.inner_text(), kept(desk.page)[1]) == (first, "warns")
    desk.page.keyboard.press("n")
    expect(heading).not_to_have_text(first)


def test_what_was_changed_back_is_not_unsaved(desk: Visitor) -> None:
    heading = desk.page.locator(".desk-sum")
    first = heading.inner_text()
    field = desk.page.locator("#id_office")
    field.fill("capital")
    field.fill("")
    field.press("Escape")
    desk.page.keyboard.press("n")
    expect(heading).not_to_have_text(first)


def test_a_started_addition_is_not_lost_by_accepting(desk: Visitor) -> None:
    waiting = Stance.objects.filter(state="pending").count()
    desk.page.locator(".desk-add summary").click()
    desk.page.locator("[name=add-cue_words]").fill("says")
    accept(desk)
    told(desk, "Not saved yet: Cue.")
    assert desk.page.locator("[name=add-cue_words]").input_value() == "says"
    assert Stance.objects.filter(state="pending").count() == waiting


def test_leaving_the_page_with_something_unsaved_asks_first(desk: Visitor) -> None:
    desk.page.locator("#id_act").select_option("warns")
    desk.page.locator("#id_act").press("Escape")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.page.on("dialog", stay)
    desk.page.get_by_role("link", name="List").click()
    desk.page.wait_for_timeout(500)
    assert (asked, kept(desk.page)[1]) == (["beforeunload"], "warns")


def test_what_was_refused_is_not_lost_by_going_on_and_a_reload_starts_from_theirs(
    desk: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    other = new_visitor()
    other.sign_in(person("leo"))
    other.go(on(desk))
    desk.page.locator("#id_act").select_option("warns")
    accept(desk)
    told(desk, "Corrected")
    other.page.locator("#id_act").select_option("demands")
    accept(other)
    expect(other.page.get_by_role("alert").filter(has_text="changed this stance")).to_be_focused()
    other.page.locator("#id_act").press("Escape")
    other.page.keyboard.press("n")
    told(other, "Not saved yet: what was refused.")
    assert other.barriers() == []
    other.page.get_by_role("link", name="Start from theirs").click()
    expect(other.page.locator("#id_act")).to_have_value("warns")
    expect(other.page.get_by_role("alert").filter(has_text="changed this stance")).to_have_count(0)
    other.problems.clear()


def test_a_refused_form_survives_a_reload_of_the_page(desk: Visitor) -> None:
    desk.page.locator("#id_cue_words").fill("no such words")
    accept(desk)
    expect(desk.page.locator(".desk-stance .errornote")).to_be_focused()
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.reload()
    expect(desk.page.locator("#stance_form")).to_be_visible()
    assert "desk/?" in desk.page.url
    desk.problems.clear()


def test_where_a_posted_address_is_opened_the_desk_comes(client: Client, ana: User, desk: Visitor) -> None:
    stance = Stance.objects.filter(state="pending").earliest("pk")
    client.force_login(ana)
    for page in (f"{stance.pk}/", f"{stance.pk}/add/", "undo/"):
        answer = client.get(f"{DESK}{page}?order=newest")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(f"{DESK}?order=newest")
