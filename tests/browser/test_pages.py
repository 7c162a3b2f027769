"""The reading pages in a real browser: the way from the sign-in to a CSV, and every page for everybody."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from claims.models import Stance
from tests import factories as make
from tests.browser.scene import Scene, set_scene
from tests.browser.visitor import Visitor
from tests.factories import person

PAGES: dict[str, Callable[[Scene], str]] = {
    "front": lambda scene: "/",
    "actor list": lambda scene: "/actors/",
    "actor list, nothing found": lambda scene: "/actors/?q=nobody",
    "actor": lambda scene: f"/actors/{scene.russia.slug}/",
    "actor, nothing fits": lambda scene: f"/actors/{scene.russia.slug}/?act=promises",
    "actor, asked in vain": lambda scene: f"/actors/{scene.russia.slug}/?act=dances&since=yesterday",
    "actor, all options": lambda scene: f"/actors/{scene.russia.slug}/?more=target&act=denies&hand=first",
    "article": lambda scene: f"/articles/{scene.article.pk}/",
    "article, a stance open": lambda scene: (
        f"/articles/{scene.article.pk}/?stance={scene.denial.pk}#stance-{scene.denial.pk}"
    ),
    "changes": lambda scene: "/changes/",
    "changes, filtered": lambda scene: "/changes/?actor=russia&topic=attack-on-ukraine&about=claim",
    "changes, who is meant": lambda scene: "/changes/?actor=russ",
    "changes, nothing fits": lambda scene: "/changes/?until=2001-01-01",
    "compare": lambda scene: "/compare/?actor=russia&actor=united-states",
    "compare, one": lambda scene: "/compare/?actor=russia&actor=nobody",
    "compare, nobody": lambda scene: "/compare/",
    "outlet list": lambda scene: "/outlets/",
    "outlet": lambda scene: f"/outlets/{scene.article.outlet_id}/",
    "search": lambda scene: "/search/?q=russia",
    "search, quotations": lambda scene: "/search/?q=ukraine&in=quotations&show=judged",
    "search, nothing asked": lambda scene: "/search/",
    "search, nothing found": lambda scene: "/search/?q=rusia+zzz",
    "topic list": lambda scene: "/topics/",
    "topic": lambda scene: "/topics/attack-on-ukraine/",
    "claim": lambda scene: f"/claims/{scene.claim.pk}/",
}


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return set_scene()


@pytest.fixture
def rita(transactional_db: None) -> User:
    return person("rita")


def test_a_reader_finds_what_russia_said_and_takes_it_along(visitor: Visitor, scene: Scene, rita: User) -> None:
    page = visitor.page
    visitor.go("/")
    page.get_by_label("Username").fill("rita")
    page.get_by_label("Password").fill("rita")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Search actors, claims, quotations and articles").fill("Moscow")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("region", name="Actors").get_by_role("link", name="Russia").click()
    page.get_by_role("heading", name="Russia", level=1).wait_for()
    page.get_by_role("checkbox", name="denies 1").check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("article")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    with download.value.path().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["actor"], row["act"], row["content_text"]) for row in rows] == [
        ("russia", "denies", "planning to attack Ukraine")
    ]


def test_a_reader_searches_from_any_page_and_opens_what_was_said(visitor: Visitor, scene: Scene, rita: User) -> None:
    page = visitor.page
    visitor.sign_in(rita)
    visitor.go("/outlets/")
    page.get_by_role("searchbox", name="Search").fill('"move troops"')
    page.keyboard.press("Enter")
    quotations = page.get_by_role("region", name="Quotations")
    expect(quotations.locator("mark").first).to_have_text("move troops")
    page.get_by_role("searchbox", name="Words").fill("attack -peace")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("attack -peace")
    page.get_by_role("region", name="Claims").get_by_role("link", name="Russia plans to attack Ukraine").click()
    page.get_by_role("heading", name="Russia plans to attack Ukraine", level=1).wait_for()


def test_a_reader_compares_an_actor_with_another_by_typing_its_name(visitor: Visitor, scene: Scene, rita: User) -> None:
    make.stance(
        actor=make.actor(name="United States"),
        claim=scene.claim,
        act="states",
        mention="The US",
        cue="warned",
        content="if Russia attacks its neighbour",
        target="",
    )
    page = visitor.page
    visitor.sign_in(rita)
    visitor.go(f"/actors/{scene.russia.slug}/")
    page.get_by_role("link", name="Compare with others").click()
    page.get_by_label("Actor 2").fill("united states")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Actor 2")).to_have_value("United States")
    compared = page.get_by_role("region", name="Russia plans to attack Ukraine")
    expect(compared).to_contain_text("opposite")
    expect(compared).to_contain_text("planning to attack Ukraine")
    compared.get_by_role("link", name="Kremlin rejects").first.click()
    page.get_by_role("heading", name="Kremlin rejects talk of an attack", level=1).wait_for()


@pytest.mark.sqlite
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_shuts_anybody_out(visitor: Visitor, scene: Scene, rita: User, name: str, scheme: str) -> None:
    visitor.sign_in(rita)
    visitor.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visitor.go(PAGES[name](scene))
    assert visitor.barriers() == []


@pytest.mark.sqlite
@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_a_narrow_screen(visitor: Visitor, scene: Scene, rita: User, name: str) -> None:
    visitor.sign_in(rita)
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    visitor.go(PAGES[name](scene))
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.sqlite
@pytest.mark.parametrize("name", PAGES)
def test_no_page_gets_too_wide_for_its_window_when_its_type_is_doubled(
    visitor: Visitor, scene: Scene, rita: User, name: str
) -> None:
    visitor.sign_in(rita)
    visitor.go(PAGES[name](scene))
    # What a reader's own setting does; a property set by a script is no inline style to the Content-Security-Policy.
    visitor.page.evaluate("document.documentElement.style.fontSize = '212.5%'")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.sqlite
@pytest.mark.parametrize("name", PAGES)
def test_paper_has_no_navigation_but_the_address_of_the_page(
    visitor: Visitor, scene: Scene, rita: User, name: str
) -> None:
    visitor.sign_in(rita)
    visitor.go(PAGES[name](scene))
    address = visitor.page.locator(".printed-from")
    expect(address).to_be_hidden()
    visitor.page.emulate_media(media="print")
    expect(address).to_have_text(visitor.page.url.partition("#")[0])
    expect(address).to_be_visible()
    for gone in visitor.page.locator("header nav, form, .paging").all():
        expect(gone).to_be_hidden()


@pytest.mark.sqlite
def test_what_is_folded_away_is_open_on_paper(visitor: Visitor, scene: Scene, rita: User) -> None:
    visitor.sign_in(rita)
    visitor.go(f"/articles/{scene.article.pk}/")
    facts = visitor.page.locator("details:not([open]) .facts").first
    expect(facts).to_be_hidden()
    visitor.page.emulate_media(media="print")
    expect(facts).to_be_visible()


@pytest.mark.sqlite
def test_the_sign_in_page_shuts_nobody_out(visitor: Visitor, transactional_db: None) -> None:
    visitor.go("/login/")
    assert visitor.barriers() == []


def test_words_of_an_article_never_become_markup(visitor: Visitor, scene: Scene, rita: User) -> None:
    hostile = Stance.objects.get(actor=None)
    visitor.sign_in(rita)
    assert hostile.claim is not None
    for path in ("/", f"/articles/{hostile.article.pk}/", f"/claims/{hostile.claim.pk}/", "/search/?q=envoy"):
        visitor.go(path)
        main = visitor.page.get_by_role("main")
        assert "The <b>envoy</b>" in main.inner_text()
        assert main.locator("script, img, b").count() == 0
