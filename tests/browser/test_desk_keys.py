"""The review desk by keys alone, and what it tells to those who do not see it."""

from __future__ import annotations

from playwright.sync_api import expect

from claims.models import Stance
from tests import factories as make
from tests.browser.desk import DESK, select, told
from tests.browser.visitor import Visitor


def type_keys(desk: Visitor, *keys: str) -> None:
    for key in keys:
        desk.page.keyboard.press(key)


def test_a_wrong_actor_takes_three_keys(desk: Visitor) -> None:
    wanted = desk.page.locator(".desk-candidates button").first.locator("bdi").inner_text()
    first = desk.page.locator(".desk-sum").inner_text()
    make.actor(name="Belarus")
    Stance.objects.filter(state="pending").update(actor=make.actor(name="Belarus"))
    desk.go(DESK)
    expect(desk.page.locator(".desk-candidates button").first).to_contain_text(wanted)
    type_keys(desk, "w", "1")
    expect(desk.page.locator(".desk-sum")).to_be_focused()
    type_keys(desk, "a")
    told(desk, "Corrected")
    assert Stance.objects.get(state="corrected").actor_id == make.actor(name=wanted).pk
    expect(desk.page.locator(".desk-sum")).not_to_have_text(first)


def test_an_actor_is_found_by_typing_after_one_key(desk: Visitor) -> None:
    type_keys(desk, "n")
    desk.page.wait_for_url("**stance=*")
    type_keys(desk, "w")
    desk.page.keyboard.type("Yuri")
    expect(desk.page.locator(".select2-results__option").first).to_contain_text("Yuri Ushakov")
    type_keys(desk, "Enter")
    expect(desk.page.locator(".desk-sum")).to_be_focused()
    type_keys(desk, "a")
    told(desk, "Corrected")
    assert Stance.objects.get(state="corrected").actor.name == "Yuri Ushakov"  # type: ignore[union-attr]


def test_act_and_side_have_a_key_each(desk: Visitor) -> None:
    type_keys(desk, "h", "w", "Escape", "f", "n", "Escape", "a")
    told(desk, "Corrected")
    stance = Stance.objects.get(state="corrected")
    assert (stance.act, stance.side) == ("warns", "neutral")


def test_a_field_is_saved_from_within(desk: Visitor) -> None:
    desk.page.locator("#id_office").focus()
    desk.page.keyboard.type("capital")
    type_keys(desk, "Control+Enter")
    told(desk, "Corrected")
    assert Stance.objects.get(state="corrected").office == "capital"
    type_keys(desk, "u")
    told(desk, "Taken back")


def test_words_are_selected_by_keys_and_become_a_span(desk: Visitor) -> None:
    stance = Stance.objects.filter(state="pending").order_by("article_id", "content_start")[0]
    start = stance.cue_end + 1
    following = stance.article.text[start:].split()[0]
    type_keys(desk, "t", "ArrowRight")
    expect(desk.page.locator("#desk-said")).to_have_text(following)
    type_keys(desk, "Shift+ArrowRight", "ArrowLeft", "ArrowRight", "4")
    told(desk, f"“{following}”")
    type_keys(desk, "a")
    told(desk, "Corrected")
    stance.refresh_from_db()
    assert (stance.target_text, stance.target_start) == (following, start)


def test_a_missed_stance_is_added_by_single_keys(desk: Visitor) -> None:
    type_keys(desk, "t", "s")
    select(desk, ".mark-content")
    words = desk.page.evaluate("getSelection().toString()").strip()
    type_keys(desk, "3")
    select(desk, ".mark-cue")
    type_keys(desk, "2")
    select(desk, ".mark-mention")
    type_keys(desk, "1")
    told(desk, "New stance, Mention:")
    mention = desk.page.locator("[name=add-mention_words]").input_value()
    # The scene's own stance has these very words; another actor is another stance.
    desk.page.locator("[name=add-mention_words]").fill("Ukraine")
    desk.page.locator("[name=add-mention_words]").press("Escape")
    type_keys(desk, "s")
    told(desk, "Added")
    assert mention
    assert Stance.objects.get(actor_as_printed="Ukraine").content_text.startswith(words)


def test_spans_need_a_selection_and_the_desk_says_so(desk: Visitor) -> None:
    type_keys(desk, "3")
    told(desk, "First select words in the article")


def test_at_the_ends_of_the_queue_it_says_so(desk: Visitor) -> None:
    type_keys(desk, "p")
    told(desk, "No other one waits before this one.")
    last = Stance.objects.filter(state="pending").order_by("article_id", "content_start").last()
    assert last is not None
    desk.go(f"{DESK}?stance={last.pk}")
    type_keys(desk, "n")
    told(desk, "No other one waits behind this one.")


def test_with_nothing_waiting_keys_say_so(desk: Visitor) -> None:
    desk.go(f"{DESK}?state__exact=rejected")
    type_keys(desk, "a")
    told(desk, "Nothing waits here.")
    assert desk.barriers() == []


def test_the_key_for_searching_puts_the_cursor_into_the_search(desk: Visitor) -> None:
    type_keys(desk, "/")
    desk.page.wait_for_url("**/stance/?*#searchbar")
    expect(desk.page.get_by_role("textbox", name="Search")).to_be_focused()


def test_the_help_is_a_dialog_that_gives_the_focus_back(desk: Visitor) -> None:
    waiting = Stance.objects.filter(state="pending").count()
    button = desk.page.get_by_role("button", name="Keys")
    button.focus()
    type_keys(desk, "Enter")
    dialog = desk.page.get_by_role("dialog", name="Keys of the desk")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    assert desk.barriers() == []
    # Keys of the desk are at rest meanwhile.
    type_keys(desk, "a", "Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    assert Stance.objects.filter(state="pending").count() == waiting
    type_keys(desk, "?")
    expect(dialog).to_be_visible()
    type_keys(desk, "?")
    expect(dialog).to_be_hidden()


def test_every_key_of_the_desk_stands_in_its_help(desk: Visitor) -> None:
    shown = desk.page.locator("#keys kbd").all_text_contents()
    assert set("arnpuewhf14ts/?") <= set(shown)


def test_after_a_decision_the_focus_is_on_the_next_stance(desk: Visitor) -> None:
    waiting = Stance.objects.filter(state="pending").count()
    desk.page.get_by_role("button", name="Accept").first.click()
    expect(desk.page.locator("#desk-said")).to_contain_text(f"{waiting - 1} waiting")
    expect(desk.page.locator(".desk-sum")).to_be_focused()


def test_a_desk_that_was_swapped_in_shuts_nobody_out_either(desk: Visitor) -> None:
    type_keys(desk, "n")
    desk.page.wait_for_url("**stance=*")
    expect(desk.page.locator("#stance_form .select2-selection").first).to_be_visible()
    desk.page.locator(".desk-add summary").click()
    type_keys(desk, "Escape", "r")
    expect(desk.page.get_by_role("group", name="Why is it rejected?")).to_be_visible()
    assert desk.barriers() == []
