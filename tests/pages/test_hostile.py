"""Articles are text from strangers: nothing of it runs, leads astray or breaks out of its place."""

from __future__ import annotations

import html.parser
import re

import pytest
from django.test import Client

from claims.models import Stance
from tests import factories as make

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</q></h3></article><svg onload=alert(1)>",
    '<a href="javascript:alert(1)">click</a>',
    "{{ settings.SECRET_KEY }}{% debug %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!--",
    "]]>",
    "\u202egnp.exe\u202c\u2066\u2067",
    "</title><script>alert(1)</script>",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "a" * 400,
]

ALLOWED_SCHEMES = re.compile(r"\A(?:https?://|/|#|\?)")
ELEMENTS_OF_STRANGERS = {"script", "style", "img", "svg", "iframe", "object", "embed", "base"}


class Page(html.parser.HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.outside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.open.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in {"href", "src", "action", "cite"}:
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        isolating = {"bdi", "p", "q", "h1", "title", "mark", "dd", "span", "button", "option"}
        if "\u202e" in data and not isolating & set(self.open[-2:]):
            self.outside.append(data)


def hostile_site(payload: str) -> Stance:
    """A stance in which every word that a stranger, or an analyst who pastes, could have written is ``payload``."""
    line = payload.replace("\n", " ")
    text = f"{line}\n20211230\nhttps://example.org/\nMoscow {line} denies {line} it.\n"
    article = make.article(text=text, title=line, outlet=make.outlet(name=line[:200]))
    actor = make.actor(name=line[:200], slug="russia", description=line)
    stance = make.stance(
        article=article,
        actor=actor,
        actor_as_printed=line,
        office=line[:200],
        cue="denies",
        content=line,
        target=line,
        claim=make.claim(text=f"{line} claim"),
        content_start=text.index("denies") + 7,
        target_start=text.index("denies") + 7,
    )
    make.chain_link(stance=stance, actor=None, as_printed=line)
    make.addressee(stance=stance, actor=make.actor(name=f"{line[:190]} 2", slug="other"), as_printed=line)
    make.alias(actor=actor, text=line[:190] + " alias")
    make.role(actor=actor, title=line[:200], organisation=make.actor(name=line[:200], slug="third"))
    return stance


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_a_stranger_wrote_becomes_markup(rita: Client, payload: str) -> None:
    stance = hostile_site(payload)
    for address in (
        "/",
        "/actors/?all=on",
        "/actors/russia/",
        f"/articles/{stance.article_id}/",
        f"/claims/{stance.claim_id}/",
        "/actors/?" + "q=" + payload.replace("&", "%26").replace("#", "%23"),
        "/login/",
    ):
        response = rita.get(address)
        assert response.status_code == 200, address
        page = Page(response.content.decode())
        assert not ELEMENTS_OF_STRANGERS & set(page.elements), address
        assert not [name for name in page.attributes if name.startswith("on") or name == "style"], address
        assert [link for link in page.links if not ALLOWED_SCHEMES.match(link)] == [], address
        assert page.outside == [], address
        assert "script" not in response.headers["Content-Security-Policy"]


def test_an_address_that_is_not_of_the_web_is_no_link(rita: Client) -> None:
    stance = make.stance(article=make.article(url="https://[broken/javascript-alert(1)"))
    for address in ("/", "/actors/russia/", f"/articles/{stance.article_id}/"):
        assert b"javascript-alert" not in rita.get(address).content


@pytest.mark.parametrize("payload", ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_a_cell_of_the_csv_is_no_formula(rita: Client, payload: str) -> None:
    hostile_site(payload)
    response = rita.get("/actors/russia/stances.csv")
    text = b"".join(response).decode()
    assert payload.strip()[:3] in text
    assert not re.search(r'(?m)(?:^|,)"?[\s]*[=+@]', text)
    assert not re.search(r'(?m)(?:^|,)"?[\s]*-\d\+', text)


def test_a_word_without_an_end_and_a_huge_article_are_shown(rita: Client) -> None:
    text = "T\n20211230\nhttps://example.org/\nMoscow denies " + "x" * 400_000 + "\n"
    stance = make.stance(article=make.article(text=text), content="x" * 400_000, target="", side="")
    page = rita.get("/actors/russia/")
    assert len(page.content) < 30_000
    assert rita.get(f"/articles/{stance.article_id}/").status_code == 200
