"""The admin in a real browser: the way to a judgement, and every page for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import expect

from claims.models import Stance
from tests.browser.scene import Scene, set_scene
from tests.browser.visitor import Visitor
from tests.factories import person

NOUNS = sorted(model._meta.model_name or "" for model in admin.site._registry if model._meta.app_label == "claims")


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return set_scene()


@pytest.fixture
def ana(transactional_db: None) -> User:
    return person("ana")


def test_an_analyst_signs_in_and_accepts_a_stance(visitor: Visitor, scene: Scene, ana: User) -> None:
    page = visitor.page
    visitor.go("/admin/")
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password").fill("ana")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("navigation", name="Everyday work").get_by_role("link", name="Stances").click()
    page.get_by_role("link", name="planning to attack Ukraine").click()
    expect(page.locator(".evidence [class^=mark]")).to_have_text(["Moscow", "denies", "planning to attack ", "Ukraine"])
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("was changed successfully").wait_for()
    scene.denial.refresh_from_db()
    assert scene.denial.state == Stance.State.ACCEPTED
    assert [judgement.user for judgement in scene.denial.judgements.all()] == [ana]


def test_a_rejection_needs_a_reason_and_keeps_what_was_typed(visitor: Visitor, scene: Scene, ana: User) -> None:
    page = visitor.page
    visitor.sign_in(ana)
    visitor.go(reverse("admin:claims_stance_change", args=[scene.denial.pk]))
    page.get_by_label("Office").fill("capital")
    page.get_by_role("button", name="Reject").click()
    page.get_by_text("Say why the stance is rejected.").wait_for()
    assert page.get_by_label("Office").input_value() == "capital"
    page.get_by_label("Note or reason").fill("not a stance")
    page.get_by_role("button", name="Reject").click()
    page.get_by_text("was changed successfully").wait_for()
    scene.denial.refresh_from_db()
    assert scene.denial.state == Stance.State.REJECTED
    assert scene.denial.judgements.get().note == "not a stance"


def test_the_second_of_two_analysts_sees_the_firsts_change_and_keeps_their_own(
    new_visitor: Callable[[], Visitor], scene: Scene, ana: User
) -> None:
    address = reverse("admin:claims_stance_change", args=[scene.denial.pk])
    windows = [new_visitor(), new_visitor()]
    for window, user in zip(windows, (ana, person("leo")), strict=True):
        window.sign_in(user)
        window.go(address)
    first, second = (window.page for window in windows)
    first.get_by_label("Office").fill("government")
    first.get_by_role("button", name="Accept").click()
    first.get_by_text("was changed successfully").wait_for()
    second.get_by_label("Office").fill("capital")
    second.get_by_role("button", name="Accept").click()
    second.get_by_text("ana").first.wait_for()
    assert second.get_by_label("Office").input_value() == "capital"
    scene.denial.refresh_from_db()
    assert scene.denial.office == "government"
    assert [judgement.user for judgement in scene.denial.judgements.all()] == [ana]


def test_an_analyst_sees_what_patterns_fit_while_typing(visitor: Visitor, scene: Scene, ana: User) -> None:
    page = visitor.page
    visitor.sign_in(ana)
    visitor.go(reverse("admin:claims_topic_add"))
    page.get_by_role("textbox", name="Patterns").fill("attack + Ukraine\nsanction")
    result = page.get_by_role("status")
    expect(result).to_contain_text("2 of all")
    expect(result.get_by_role("link", name="Russia plans to attack Ukraine")).to_be_visible()
    page.get_by_role("textbox", name="Patterns").fill("embargo + ")
    expect(result).to_contain_text("has a part without a word")
    assert visitor.barriers() == []


def test_without_its_script_the_preview_opens_on_a_page_of_its_own(visitor: Visitor, scene: Scene, ana: User) -> None:
    page = visitor.page
    visitor.sign_in(ana)
    page.route("**/topic-preview*.js", lambda route: route.fulfill(body=""))
    visitor.go(reverse("admin:claims_topic_change", args=[scene.claim.topics.get().pk]))
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview").click()
    expect(opened.value.get_by_role("main")).to_contain_text("Russia plans to attack Ukraine")


@pytest.mark.sqlite
@pytest.mark.parametrize("noun", NOUNS)
def test_no_page_of_a_noun_shuts_anybody_out(visitor: Visitor, scene: Scene, noun: str) -> None:
    visitor.sign_in(person("root"))
    opened = [address for address in addresses(noun) if visitor.may_open(address)]
    assert opened
    for address in opened:
        visitor.go(address)
        assert visitor.barriers() == [], address


def addresses(noun: str) -> Iterator[str]:
    """The pages of a noun: list, new, import, export, and those of one row."""
    model = apps.get_model("claims", noun)
    row = model._default_manager.first()
    assert row is not None, f"the scene has no {noun}"
    for page in ("changelist", "add", "import", "export"):
        with suppress(NoReverseMatch):
            yield reverse(f"admin:claims_{noun}_{page}")
    for page in ("change", "history", "delete"):
        yield reverse(f"admin:claims_{noun}_{page}", args=[row.pk])


@pytest.mark.sqlite
@pytest.mark.parametrize("address", ["/admin/login/", "/admin/", "/admin/auth/user/", "/admin/password_change/"])
def test_no_other_page_shuts_anybody_out(visitor: Visitor, scene: Scene, address: str) -> None:
    if address != "/admin/login/":
        visitor.sign_in(person("root"))
    visitor.go(address)
    assert visitor.barriers() == []
