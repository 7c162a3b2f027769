"""Editing claims by mouse and keyboard, and pages that shut nobody out."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from claims.models import Claim, ClaimEdit, ClaimSuggestion
from tests.browser.scene import Scene, set_scene
from tests.browser.visitor import Visitor
from tests.factories import person


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return set_scene()


@pytest.fixture
def ana(scene: Scene) -> User:
    return person("ana")


def now(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def test_a_claim_is_merged_by_typing_and_the_merge_is_undone(visitor: Visitor, scene: Scene, ana: User) -> None:
    page = visitor.page
    visitor.sign_in(ana)
    visitor.go(reverse("admin:claims_claim_change", args=[scene.claim.pk]))
    page.get_by_role("link", name="Merge into another").click()
    page.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill("sanctions")
    page.get_by_role("option", name="The United States imposes sanctions on Russia").click()
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("button", name="Merge the first into the second").click()
    page.get_by_text("Merged “Russia plans to attack Ukraine” into").wait_for()
    assert now(scene.claim).merged_into
    page.get_by_role("link", name="Merge", exact=True).click()
    page.get_by_role("link", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("The merge is undone").wait_for()
    assert now(scene.claim).merged_into is None


def test_stances_are_split_off_by_ticking_their_words(visitor: Visitor, scene: Scene, ana: User) -> None:
    page = visitor.page
    visitor.sign_in(ana)
    visitor.go(reverse("admin:claims_claim_stances", args=[scene.claim.pk]))
    page.get_by_text("it has the right to move troops", exact=True).click()
    page.get_by_label("A new claim, worded").fill("Russia may move its troops")
    page.get_by_role("button", name="Show what would move").click()
    page.get_by_role("button", name="Split").click()
    page.get_by_text("Moved 1 stance of").wait_for()
    assert [each.content_text for each in Claim.objects.get(text="Russia may move its troops").stances.all()] == [
        "it has the right to move troops"
    ]


def test_a_suggestion_is_decided_beside_both_claims(visitor: Visitor, scene: Scene, ana: User) -> None:
    visitor.sign_in(ana)
    visitor.go(reverse("admin:claims_claimsuggestion_changelist"))
    visitor.page.get_by_role("link", name="Decide one after another").click()
    visitor.page.get_by_role("button", name="Not the same").click()
    visitor.page.get_by_text("Kept apart.").wait_for()
    assert ClaimSuggestion.objects.get().state == "dismissed"


@pytest.mark.sqlite
def test_no_page_of_editing_claims_shuts_anybody_out(visitor: Visitor, scene: Scene, ana: User) -> None:
    visitor.sign_in(ana)
    other = Claim.objects.exclude(pk=scene.claim.pk).earliest("pk")
    for address in (
        f"{reverse('admin:claims_claim_merge', args=[scene.claim.pk])}?target={other.pk}",
        reverse("admin:claims_claim_stances", args=[scene.claim.pk]),
        reverse("admin:claims_claimsuggestion_decide", args=[ClaimSuggestion.objects.get().pk]),
        reverse("admin:claims_claimedit_undo", args=[ClaimEdit.objects.get().pk]),
    ):
        visitor.go(address)
        assert visitor.barriers() == [], address
