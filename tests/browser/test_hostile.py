"""Hostile texts in a real browser: nothing runs, nothing is asked of another site, and no page grows out of its window.

Every window fails its test by itself where a script fails or the Content-Security-Policy is breached.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Request

from claims.models import Stance
from tests.browser.visitor import Visitor
from tests.factories import person
from tests.pages.test_hostile import ADDRESSES, PAYLOADS, hostile_site

PAGES = [
    name
    for name, address in ADDRESSES.items()
    if address is not None and "_stances " not in name and not name.endswith("_feed")
]
#: What would run if a page took it for markup, and what would break the lines.
TOGETHER = "".join(PAYLOADS[name] for name in ("script", "attribute", "javascript: address", "right to left", "style"))
UNBROKEN = "W" * 170


@pytest.fixture(params=[TOGETHER, UNBROKEN], ids=["markup", "one word"])
def stance(transactional_db: None, request: pytest.FixtureRequest) -> Stance:
    return hostile_site(request.param)


@pytest.mark.sqlite
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_runs_and_no_page_is_wider_than_its_window(visitor: Visitor, stance: Stance, width: int) -> None:
    ran: list[str] = []
    asked: list[str] = []

    def hear(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    def see(request: Request) -> None:
        if not request.url.startswith((visitor.site, "data:")):
            asked.append(request.url)

    visitor.page.on("dialog", hear)
    visitor.page.on("request", see)
    visitor.sign_in(person("rita"))
    visitor.page.set_viewport_size({"width": width, "height": 700})
    for name in PAGES:
        address = ADDRESSES[name]
        assert address is not None
        visitor.go(address(stance, "words"))
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width, name
        # Nothing of a stranger's stands above the page, and none of it hides the rest.
        assert visitor.page.get_by_role("main").is_visible(), name
    assert (ran, asked) == ([], [])
