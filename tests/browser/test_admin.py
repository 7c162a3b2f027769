"""The admin in a real browser: nothing breaks, nothing is blocked, nobody is shut out."""

from __future__ import annotations

from tests.browser.visitor import Visitor
from tests.factories import person


def test_an_analyst_signs_in_by_the_form(visitor: Visitor) -> None:
    person("ana")
    visitor.go("/admin/login/")
    visitor.page.get_by_label("Username").fill("ana")
    visitor.page.get_by_label("Password").fill("ana")
    visitor.page.get_by_role("button", name="Log in").click()
    visitor.page.get_by_role("heading", name="Site administration").wait_for()
    assert visitor.barriers() == ""
