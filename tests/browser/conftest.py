"""A real browser on the real site: Chromium, driven by Playwright, with the machine's own build."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Nothing of the browser's own may go to the network, and a container has neither sandbox nor graphics card.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A breach of the Content-Security-Policy that is only reported, not printed by the browser, is printed all the same.
REPORT_BREACHES = """
document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`Content-Security-Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"none of {', '.join(NAMES)} is on this machine (Debian: apt-get install chromium)")
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, where tests use the database; nothing awaits them there.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            yield browser
            browser.close()


@dataclass
class Visitor:
    """One person's browser window, with what went wrong in it.

    ``problems`` gathers script errors, messages of the console that are errors (a resource that did not load is one)
    and breaches of the Content-Security-Policy.
    """

    page: Page
    site: str
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(REPORT_BREACHES)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self._hear)
        self.page.set_default_timeout(15_000)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"{message.text} ({message.location.get('url', '')})")

    def go(self, path: str) -> None:
        """Open ``path`` of the site and wait until it has loaded; anything but success fails the test."""
        response = self.page.goto(f"{self.site}{path}", wait_until="load")
        assert response is not None
        assert response.ok, f"{path} answers {response.status}"

    def sign_in(self, user: User) -> None:
        """Make this the window of ``user``, without the sign-in page."""
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.site}])

    def barriers(self) -> str:
        """What axe finds on the page as it is now, a paragraph a rule; "" where it finds nothing."""
        results = Axe().run(self.page)
        return str(results.generate_report()) if results.violations_count else ""


@pytest.fixture
def new_visitor(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[[], Visitor]]:
    """Opens a window that shares nothing with the others; at the end no window may have met a problem."""
    visitors: list[Visitor] = []

    def open_window() -> Visitor:
        visitors.append(Visitor(chromium.new_context(locale="en-GB").new_page(), live_server.url))
        return visitors[-1]

    yield open_window
    for visitor in visitors:
        visitor.page.context.close()
    assert [visitor.problems for visitor in visitors if visitor.problems] == []


@pytest.fixture
def visitor(new_visitor: Callable[[], Visitor]) -> Visitor:
    """One such window, signed in as nobody."""
    return new_visitor()
