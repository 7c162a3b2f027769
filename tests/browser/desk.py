"""What tests of the review desk in a browser share."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

DESK = "/admin/claims/stance/desk/"
_SELECT = """(selector) => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(`#text ${selector}`).firstChild);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def told(desk: Visitor, words: str) -> None:
    """Wait until the desk tells ``words``, on the page and to screen readers."""
    expect(desk.page.locator("#desk-messages")).to_contain_text(words)
    expect(desk.page.locator("#desk-said")).to_contain_text(words)


def select(desk: Visitor, selector: str) -> None:
    """Select the words of the first piece of the text that ``selector`` fits, as a mouse would."""
    desk.page.evaluate(_SELECT, selector)


def on(desk: Visitor) -> str:
    """The address of the stance that lies on the desk; without it, somebody else comes to another article."""
    action = desk.page.locator("#stance_form").get_attribute("action") or ""
    return f"{DESK}?stance={action.split('?')[0].strip('/').rpartition('/')[2]}"
