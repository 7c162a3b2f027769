"""A window of the machine's own Chromium, driven by Playwright, that notes what goes wrong in it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Nothing of the browser's own may go to the network; a container has neither sandbox nor graphics card, and little
# shared memory.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
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
# The admin's scripts start some time after the page has loaded, in the order in which they asked for it.
SCRIPTS_DONE = "() => window.django?.jQuery && new Promise((done) => django.jQuery(() => setTimeout(done)))"


def find_chromium() -> str | None:
    """Where this machine has a Chromium; None where it has none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def start(playwright: Playwright, path: str) -> Browser:
    """Start the Chromium at ``path``."""
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


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
        """Open ``path`` of the site and wait for its scripts; anything but success fails the test."""
        response = self.page.goto(f"{self.site}{path}", wait_until="load")
        assert response is not None
        assert response.ok, f"{path} answers {response.status}"
        self.page.evaluate(SCRIPTS_DONE)

    def may_open(self, path: str) -> bool:
        """Whether the site lets this person see ``path``; asked without the page, so that a refusal is no problem."""
        return self.page.request.get(f"{self.site}{path}").ok

    def sign_in(self, user: User) -> None:
        """Make this the window of ``user``, without the sign-in page."""
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.site}])

    def barriers(self) -> list[str]:
        """What axe finds on the page as it is now: each a rule, with the element that breaks it."""
        # Without preload: axe would fetch the style sheets once more, and miss those that they import.
        found = Axe().run(self.page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
        return [f"{rule['id']}: {node['html']} ({rule['help']})" for rule in found for node in rule["nodes"]]
