"""Every page of the admin on a narrow screen and at double size: only tables in their regions scroll sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from claims.models import Article, Claim, ClaimSuggestion, Stance
from tests import factories as make
from tests.browser.scene import Scene
from tests.browser.test_admin import NOUNS, addresses
from tests.browser.visitor import Visitor
from tests.factories import person

#: A telephone, the narrowest that guides ask for, and a window of 1280 by 800 at 200 %.
SIZES = ((360, 740), (320, 640), (640, 400))
OVERFLOWING = """() => {
    const width = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= width) return [];
    const scrolls = (node) => node && node !== document.body
        && (/auto|scroll|hidden/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
    const found = [...document.querySelectorAll("body *")]
        .filter((node) => node.getBoundingClientRect().right > width + 1 && !scrolls(node.parentElement))
        .map((node) => `${node.tagName}.${node.className}#${node.id}`).slice(0, 5);
    return found.length ? found : ["something"];
}"""


def tools() -> Iterator[str]:
    """The pages beside those of nouns."""
    stance, claim = Stance.objects.earliest("pk"), Claim.objects.earliest("pk")
    article = Article.objects.filter(proposals__isnull=False).earliest("pk")
    yield from (reverse(f"admin:{name}") for name in ("index", "login", "password_change", "auth_user_changelist"))
    yield reverse("admin:app_list", args=["claims"])
    yield reverse("admin:auth_user_change", args=[person("ana").pk])
    for name in ("desk", "accept_above", "quality"):
        yield reverse(f"admin:claims_stance_{name}")
    yield f"{reverse('admin:claims_stance_desk')}?stance={stance.pk}"
    yield f"{reverse('admin:claims_stance_accept_above')}?above=0"
    yield reverse("admin:claims_article_upload")
    yield reverse("admin:claims_article_proposals", args=[article.pk])
    yield reverse("admin:claims_nameresolution_open")
    yield reverse("admin:claims_actor_duplicates")
    yield reverse("admin:claims_claimsuggestion_decide", args=[ClaimSuggestion.objects.earliest("pk").pk])
    for name in ("merge", "stances"):
        yield reverse(f"admin:claims_claim_{name}", args=[claim.pk])


def too_wide(visitor: Visitor, address: str) -> list[str]:
    """Each size at which the page scrolls sideways, with what sticks out of it."""
    wrong = []
    visitor.go(address)
    for width, height in SIZES:
        visitor.page.set_viewport_size({"width": width, "height": height})
        if found := visitor.page.evaluate(OVERFLOWING):
            wrong.append(f"{address} at {width}: {found}")
    return wrong


@pytest.mark.sqlite
@pytest.mark.parametrize("noun", NOUNS)
def test_no_page_of_a_noun_scrolls_sideways(visitor: Visitor, scene: Scene, noun: str) -> None:
    visitor.sign_in(person("root"))
    opened = [address for address in addresses(noun) if visitor.may_open(address)]
    assert [wrong for address in opened for wrong in too_wide(visitor, address)] == []


@pytest.mark.sqlite
def test_no_tool_scrolls_sideways_or_shuts_anybody_out(visitor: Visitor, scene: Scene) -> None:
    for number in range(6):
        make.judgement(stance=make.stance(actor_as_printed=f"It {number}", run=make.run()))
    visitor.sign_in(person("root"))
    wrong, barriers = [], []
    for address in tools():
        wrong += too_wide(visitor, address) if visitor.may_open(address) else [f"{address} does not open"]
        barriers += [f"{address}: {barrier}" for barrier in visitor.barriers()]
    assert wrong == []
    assert barriers == []
