"""Double coding in a browser: a round is made, coded by keys alone, decided, and told how far people agree."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Coding, CodingRound, Judgement
from tests import factories as make
from tests.browser.scene import Scene, set_scene
from tests.browser.visitor import Visitor
from tests.factories import person

MAKE = "/admin/claims/stance/coding-round/"


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    scene = set_scene()
    CodingRound.objects.all().delete()
    for name in ("ana", "leo"):
        person(name)
    return scene


@pytest.fixture
def lead(visitor: Visitor, scene: Scene) -> Visitor:
    """Leo, who leads, in his window."""
    visitor.sign_in(person("leo"))
    return visitor


def make_round(lead: Visitor, *, size: int = 3) -> CodingRound:
    lead.go(MAKE)
    lead.page.get_by_label("Name").fill("January")
    for name in ("ana", "leo"):
        lead.page.get_by_label(name, exact=True).check()
    lead.page.get_by_label("How many").fill(str(size))
    lead.page.get_by_label("Seed").fill("7")
    lead.page.get_by_role("button", name="Draw and assign").press("Enter")
    expect(lead.page.get_by_text("The round is made")).to_be_visible()
    return CodingRound.objects.get()


def code_all(window: Visitor, coding_round: CodingRound, keys: str, acts: str) -> None:
    """Code the round by keys alone: for each stance a key of ``keys``, and for those with ``a`` an act of ``acts``."""
    window.go(f"/admin/claims/codinground/{coding_round.pk}/code/")
    assert window.barriers() == []
    window.page.evaluate("window.sameWindow = true")
    page = window.page
    for number, key in enumerate(keys):
        if key == "a":
            for field, typed in (("h", acts[number]), ("f", "a")):
                page.keyboard.press(field)
                page.keyboard.type(typed)
                page.keyboard.press("Escape")
            page.locator("#id_quotation").focus()
            page.keyboard.type("in")
            page.keyboard.press("Escape")
            # What is selected first is the cue.
            page.keyboard.press("t")
            page.keyboard.press("4")
        page.keyboard.press(key)
        expect(page.locator(".waiting")).to_contain_text(f"{number + 1} of {len(keys)} coded")
    expect(page.get_by_text("You have coded everything")).to_be_visible()
    assert page.evaluate("window.sameWindow")
    assert window.barriers() == []


def test_a_round_is_coded_by_keys(lead: Visitor, new_visitor: Callable[[], Visitor]) -> None:
    coding_round = make_round(lead)
    assert lead.barriers() == []
    ana = new_visitor()
    ana.sign_in(person("ana"))
    code_all(ana, coding_round, "aar", "dw")
    code_all(lead, coding_round, "ara", "ddd")
    mine = list(Coding.objects.filter(coder__username="ana").order_by("unit__order"))
    assert [coding.verdict for coding in mine] == ["stance", "stance", "none"]
    assert (mine[0].side, mine[0].quotation) == ("against", "indirect")
    assert (mine[0].target_start, mine[0].target_end) == (mine[0].unit.cue_start, mine[0].unit.cue_end)
    ana.page.get_by_role("link", name="Look through it again").click()
    expect(ana.page.get_by_role("heading", name="you said: a stance")).to_be_visible()
    # Now the lead decides, by keys too: the second stance is one to Ana alone, so there is nothing to choose.
    page = lead.page
    lead.go(f"/admin/claims/codinground/{coding_round.pk}/decide/2/")
    assert lead.barriers() == []
    page.keyboard.press("a")
    expect(page.locator("#desk-messages")).to_contain_text("Decided")
    page.keyboard.press("r")
    expect(page.locator("#desk-messages")).to_contain_text("Decided: rejected")
    assert Judgement.objects.filter(user=person("leo"), note="coding round January").count() == 2
    assert not ana.may_open(f"/admin/claims/codinground/{coding_round.pk}/agreement/")


def coded_round(number: int) -> CodingRound:
    """A round of so many stances that Ana, Leo and the machine coded; Ana sees denials, Leo now and then a warning."""
    for each in range(number):
        unit = make.coding_unit(stance=make.stance(actor_as_printed=f"It {each}", run=make.run()))
        common = {"unit": unit, "verdict": "stance", "side": "against", "actor": unit.stance.actor}
        seen = {person("ana"): "denies", person("leo"): "denies" if each % 3 else "warns", None: "denies"}
        for coder, act in seen.items():
            make.coding(coder=coder, act=act, **common)
    return make.coding_round()


def test_differences_are_decided_by_choosing_and_typing(lead: Visitor) -> None:
    coding_round = coded_round(2)
    lead.go(f"/admin/claims/codinground/{coding_round.pk}/decide/")
    page = lead.page
    page.keyboard.press("a")
    expect(page.get_by_role("alert").first).to_contain_text("Something is not right yet")
    assert page.get_by_text("Choose what holds.").count() == 1
    # Who types something else, or selects words for it, means it.
    page.locator("#id_act").select_option("demands")
    expect(page.get_by_role("radio", name="Act: something else")).to_be_checked()
    page.locator(".desk-sum").focus()
    page.keyboard.press("t")
    page.keyboard.press("4")
    expect(page.get_by_role("radio", name="Target: something else")).to_be_checked()
    page.keyboard.press("a")
    expect(page.locator("#desk-messages")).to_contain_text("Decided: corrected")
    judged = Judgement.objects.filter(note="coding round January").latest("pk").stance
    assert (judged.act, judged.target_text) == ("demands", judged.cue_text)
    # The form that was refused answered 422.
    lead.problems.clear()


@pytest.mark.parametrize("page", ["agreement", "stances", "decide/1"])
def test_pages_for_the_lead_shut_nobody_out_and_fit(lead: Visitor, page: str) -> None:
    coding_round = coded_round(12)
    path = f"/admin/claims/codinground/{coding_round.pk}/{page}/"
    lead.go(path)
    assert lead.barriers() == []
    if page == "agreement":
        expect(lead.page.get_by_role("row", name="Act 12 8 of 12 0.67").first).to_be_visible()
    lead.page.emulate_media(color_scheme="dark")
    for width in (320, 640):
        lead.page.set_viewport_size({"width": width, "height": 640})
        lead.go(path)
        assert lead.page.evaluate("document.documentElement.scrollWidth") <= width
    assert lead.barriers() == []


@pytest.mark.parametrize(
    "path", [MAKE, "/admin/claims/codinground/{pk}/code/", "/admin/claims/codinground/{pk}/change/"]
)
def test_it_fits_a_narrow_screen_and_double_size(lead: Visitor, path: str) -> None:
    coding_round = make_round(lead)
    lead.page.emulate_media(color_scheme="dark")
    for width in (320, 640):
        lead.page.set_viewport_size({"width": width, "height": 640})
        lead.go(path.format(pk=coding_round.pk))
        assert lead.page.evaluate("document.documentElement.scrollWidth") <= width
    assert lead.barriers() == []


def test_coding_works_without_scripts(chromium: Browser, live_server: LiveServer, lead: Visitor) -> None:
    coding_round = make_round(lead)
    context = chromium.new_context(java_script_enabled=False)
    window = Visitor(context.new_page(), live_server.url)
    ana: User = person("ana")
    window.sign_in(ana)
    window.page.goto(f"{window.site}/admin/claims/codinground/{coding_round.pk}/code/")
    window.page.get_by_role("button", name="No stance").click()
    assert "1 of 3 coded" in window.page.locator(".waiting").inner_text()
    context.close()
