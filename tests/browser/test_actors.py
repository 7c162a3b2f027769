"""Merging actors and resolving names in a real browser, and the pages of both for everybody."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from claims.models import Actor, ActorMerge, Stance
from tests import factories as make
from tests.browser.scene import Scene, set_scene
from tests.browser.visitor import Visitor
from tests.factories import person

NAME = "The <b>envoy</b>"


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return set_scene()


@pytest.fixture
def leo(transactional_db: None) -> User:
    return person("leo")


@pytest.fixture
def double(scene: Scene) -> Actor:
    return make.actor(name="Yury Ushakov", kind="person")


def test_a_lead_merges_a_proposed_pair_and_undoes_it(visitor: Visitor, leo: User, double: Actor) -> None:
    page = visitor.page
    visitor.sign_in(leo)
    visitor.go(reverse("admin:claims_actor_changelist"))
    page.get_by_role("link", name="Possible duplicates").click()
    page.get_by_role("link", name="Merge Yuri Ushakov and Yury Ushakov").click()
    page.get_by_role("button", name="Merge Yury Ushakov into Yuri Ushakov").click()
    page.get_by_role("link", name="see the merge").click()
    assert ActorMerge.objects.filter(source=double, undone_at=None).exists()
    page.get_by_role("button", name="Undo this merge").click()
    page.get_by_text("is an actor of its own again").wait_for()
    assert not ActorMerge.objects.filter(source=double, undone_at=None).exists()


def test_an_analyst_types_who_an_open_name_is(visitor: Visitor, scene: Scene) -> None:
    page = visitor.page
    visitor.sign_in(person("ana"))
    visitor.go(reverse("admin:claims_stance_changelist"))
    page.get_by_role("link", name="Unresolved names").click()
    page.get_by_role("link", name=NAME).click()
    page.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill("putin")
    page.locator(".select2-results__option", has_text="Vladimir Putin").click()
    page.get_by_role("button", name="Use it").click()
    expect(page.locator(".messagelist")).to_contain_text(f"“{NAME}” is Vladimir Putin: 1 stance, in 1 article.")
    assert Stance.objects.get(actor_as_printed=NAME).actor == Actor.objects.get(name="Vladimir Putin")


@pytest.mark.sqlite
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_them_shuts_anybody_out(visitor: Visitor, leo: User, double: Actor, scheme: str) -> None:
    visitor.sign_in(leo)
    visitor.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    ushakov = Actor.objects.get(name="Yuri Ushakov")
    merged = ActorMerge.objects.get()
    for address in (
        reverse("admin:claims_actor_duplicates"),
        reverse("admin:claims_actor_merge", args=[double.pk]),
        reverse("admin:claims_actor_merge", args=[double.pk], query={"target": ushakov.pk}),
        reverse("admin:claims_actormerge_change", args=[merged.pk]),
        reverse("admin:claims_nameresolution_open"),
        reverse("admin:claims_nameresolution_name", query={"name": NAME}),
    ):
        visitor.go(address)
        assert visitor.barriers() == [], address
