"""From an article pasted into the browser to its stances on the desk, on a served site with the real extraction."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.analysts import ROOT, served
from tests.browser.visitor import Visitor

FORM = "/admin/claims/article/upload/"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site of its own, since the import is a process of its own and would not see the tests' database."""
    if "postgres" not in os.environ.get("DATABASE_URL", ""):
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'stances.sqlite3'}")
    monkeypatch.setenv("DEBUG", "true")
    for command in (
        ["migrate", "--verbosity", "0"],
        ["load_fixtures"],
        ["create_analyst", "--password-file", str(tmp_path / "password")],
    ):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with served() as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.sqlite
def test_a_pasted_article_comes_to_the_desk(chromium: Browser, site: str, tmp_path: Path) -> None:
    visitor = Visitor(chromium.new_context(locale="en-GB").new_page(), site)
    page = visitor.page
    page.goto(f"{site}/login/?next={FORM}")
    page.get_by_label("Username").fill("analyst")
    page.get_by_label("Password").fill((tmp_path / "password").read_text().strip())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Title").wait_for()
    assert visitor.barriers() == []
    page.get_by_label("Title").fill("Moscow denies plan")
    page.get_by_label("Published on").fill("2022-01-01")
    page.get_by_label("Address").fill("https://www.example.org/plan")
    page.get_by_label("Text", exact=False).first.fill("Moscow denied on Saturday that it plans to attack Ukraine.")
    page.get_by_role("button", name="Add and read").click()
    expect(page.get_by_role("status").filter(has_text="of 1 read")).to_be_visible()
    assert visitor.barriers() == []
    page.wait_for_url("**/desk/?run__id__exact=*", timeout=90_000)
    expect(page.locator("#text")).to_contain_text("Moscow denied on Saturday")
    assert visitor.problems == []
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site}{FORM}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()
