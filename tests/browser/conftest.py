"""A real browser on the real site."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from claims.models import Presence
from tests.browser.desk import DESK
from tests.browser.scene import Scene, set_scene
from tests.browser.visitor import NAMES, Visitor, find_chromium, start
from tests.factories import person


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip(f"none of {', '.join(NAMES)} is on this machine (Debian: apt-get install chromium)")
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, where tests use the database; nothing awaits them there.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            browser = start(playwright, path)
            yield browser
            browser.close()


class Requests:
    """The requests that the site is answering."""

    def __init__(self) -> None:
        self._number = 0
        self._changed = threading.Condition()

    def begin(self, **_: object) -> None:
        with self._changed:
            self._number += 1

    def end(self, **_: object) -> None:
        with self._changed:
            self._number -= 1
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until all are answered; gives whether they are."""
        with self._changed:
            return self._changed.wait_for(lambda: self._number <= 0, seconds)


@pytest.fixture
def answered_site(live_server: LiveServer) -> Iterator[LiveServer]:
    """The site, which has answered every request when the test ends.

    A closed window leaves questions behind, such as who else is at the desk. The tables can't be emptied while one of
    them is read: SQLite's are shared by the threads.
    """
    requests = Requests()
    request_started.connect(requests.begin)
    request_finished.connect(requests.end)
    yield live_server
    answered = requests.wait(30)
    request_started.disconnect(requests.begin)
    request_finished.disconnect(requests.end)
    assert answered


@pytest.fixture
def new_visitor(chromium: Browser, answered_site: LiveServer) -> Iterator[Callable[[], Visitor]]:
    """Opens a window that shares nothing with the others; at the end no window may have met a problem."""
    visitors: list[Visitor] = []

    def open_window() -> Visitor:
        visitors.append(Visitor(chromium.new_context(locale="en-GB").new_page(), answered_site.url))
        return visitors[-1]

    yield open_window
    for visitor in visitors:
        visitor.page.context.close()
    assert [visitor.problems for visitor in visitors if visitor.problems] == []


@pytest.fixture
def visitor(new_visitor: Callable[[], Visitor]) -> Visitor:
    """One such window, signed in as nobody."""
    return new_visitor()


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return set_scene()


@pytest.fixture
def ana(transactional_db: None) -> User:
    return person("ana")


@pytest.fixture
def desk(visitor: Visitor, scene: Scene, ana: User) -> Visitor:
    """Somebody at the desk, with a mark on the page that a page load would lose."""
    Presence.objects.all().delete()
    visitor.sign_in(ana)
    visitor.go(DESK)
    visitor.page.evaluate("window.sameWindow = true")
    return visitor
