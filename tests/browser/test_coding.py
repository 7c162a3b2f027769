"""Double coding in a browser: a lead makes a round, two people code it by keys alone, neither seeing the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Coding, CodingRound
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


@pytest.mark.parametrize(
    "path", [MAKE, "/admin/claims/codinground/{pk}/code/", "/admin/claims/codinground/{pk}/change/"]
)
def test_it_fits_a_narrow_screen_and_double_size(lead: Visitor, path: str) -> None:
    coding_round = make_round(lead)
    for width in (320, 640):
        lead.page.set_viewport_size({"width": width, "height": 640})
        lead.go(path.format(pk=coding_round.pk))
        assert lead.page.evaluate("document.documentElement.scrollWidth") <= width
    lead.page.emulate_media(color_scheme="dark")
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
