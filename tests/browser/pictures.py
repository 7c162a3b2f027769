"""Take the pictures of the documents from the demonstration site: ``make pictures``, after ``make setup``."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import ViewportSize, sync_playwright

from tests.browser.visitor import Visitor, find_chromium, start

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
# A page of a README is some 900 pixels wide; what is wider gets too small to read there.
WINDOW: ViewportSize = {"width": 1100, "height": 760}


@contextmanager
def served_site() -> Iterator[str]:
    """Serve the checkout's site on a free port and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "manage.py", "runserver", "--noreload", "--verbosity", "0", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            while server.poll() is None and not _answers(port):
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _answers(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def take_pictures() -> None:
    """Write one picture for each page that the documents show."""
    from django.contrib.auth.models import User

    from claims.models import Article, Stance

    stance = Stance.objects.filter(actor__slug="russia", act="denies").earliest("content_start")
    article = Article.objects.earliest("pk")
    pages = {
        "actor": "/actors/russia/",
        "article": f"/articles/{article.pk}/",
        "claim": f"/claims/{stance.claim_id}/",
        "topic": "/topics/attack-on-ukraine/",
        "compare": "/compare/?actor=russia&actor=united-states",
        "desk": f"/admin/claims/stance/desk/?stance={stance.pk}",
        "stance": f"/admin/claims/stance/{stance.pk}/change/",
    }
    path = find_chromium()
    if path is None:
        sys.exit("There is no Chromium on this machine.")
    PICTURES.mkdir(exist_ok=True)
    with served_site() as site, sync_playwright() as playwright:
        browser = start(playwright, path)
        visitor = Visitor(browser.new_context(locale="en-GB", viewport=WINDOW).new_page(), site)
        visitor.sign_in(User.objects.get(username="analyst"))
        for name, address in pages.items():
            visitor.go(address)
            visitor.page.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stancetracker.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    django.setup()
    take_pictures()
