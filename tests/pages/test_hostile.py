"""Articles are text from strangers: nothing of it runs, leads astray or breaks out of its place.

Every address of the reading side is tried, by its name in ``claims.pages.urls``; a new one fails here until it is
listed in ``ADDRESSES``.
"""

from __future__ import annotations

import html.parser
import io
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from openpyxl import load_workbook

from claims.models import ClaimTopic, Stance
from claims.pages.urls import urlpatterns
from tests import factories as make

pytestmark = pytest.mark.django_db

MEGABYTE = 999_000
PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "quotes": "'-alert(1)-'",
    "ends of elements": "</q></h3></article></details><svg onload=alert(1)>",
    "javascript: address": '<a href="javascript:alert(1)">click</a>',
    "data: address": '<iframe src="data:text/html,<script>alert(1)</script>"></iframe>',
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "escaped already": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "comment": "<!--",
    "end of CDATA": "]]>",
    "right to left": "\u202egnp.exe\u202c\u2066\u2067",
    "end of title": "</title><script>alert(1)</script>",
    "end of data": '</script><script>alert(1)</script>","@type":"ClaimReview"',
    "style": "<style>*{display:none}</style>",
    "base": "<base href=//evil.example>",
    "control characters": "a\x01\x08\x0b\x1b\x7f\x85b",
    "no characters": "a\ufffe\uffff\ufeffb",
    "combining marks": "a" + "\u0301\u0489" * 150,
    "separators": "a\u2028b\u2029c",
    "long word": "a" * 400,
    "formula": '=HYPERLINK("http://evil.example")',
}

ALLOWED_SCHEMES = re.compile(r"\A(?:https?://|/|#|\?)")
ELEMENTS_OF_STRANGERS = {"style", "img", "iframe", "object", "embed", "base", "form input[onfocus]"}
#: Elements that keep what turns the direction of text to themselves, and those of which nobody sees the text.
ISOLATING = {"bdi", "p", "q", "h1", "title", "mark", "dd", "span", "button", "option", "textarea", "script", "bdo"}

# What asks each address for all that a stranger wrote, by its name and the form of a file; None for those that only
# answer a POST.
ADDRESSES: dict[str, Callable[[Stance, str], str] | None] = {
    "front": lambda stance, payload: reverse("front"),
    "actor_list": lambda stance, payload: f"{reverse('actor_list')}?{urlencode({'all': 'on'})}",
    "actor": lambda stance, payload: reverse("actor", args=["russia"]),
    "actor_feed": lambda stance, payload: reverse("actor_feed", args=["russia"]),
    "article": lambda stance, payload: reverse("article", args=[stance.article_id]),
    "change_list": lambda stance, payload: reverse("change_list"),
    "compare": lambda stance, payload: f"{reverse('compare')}?{urlencode({'actor': ['russia', payload]}, doseq=True)}",
    "dismiss_change": None,
    "choose_showing": None,
    "claim": lambda stance, payload: reverse("claim", args=[stance.claim_id]),
    "claim_feed": lambda stance, payload: reverse("claim_feed", args=[stance.claim_id]),
    "outlet_list": lambda stance, payload: reverse("outlet_list"),
    "outlet": lambda stance, payload: reverse("outlet", args=[stance.article.outlet_id]),
    "search": lambda stance, payload: f"{reverse('search')}?{urlencode({'q': payload})}",
    "topic_list": lambda stance, payload: reverse("topic_list"),
    "topic": lambda stance, payload: reverse("topic", args=["attack-on-ukraine"]),
    "topic_feed": lambda stance, payload: reverse("topic_feed", args=["attack-on-ukraine"]),
}


def _file(noun: str, form: str) -> Callable[[Stance, str], str]:
    """What asks for the stances of ``noun`` as a file."""

    def address(stance: Stance, payload: str) -> str:
        of = {"actor": "russia", "claim": stance.claim_id, "topic": "attack-on-ukraine"}[noun]
        return reverse(f"{noun}_stances", args=[of, form])

    return address


ADDRESSES |= {
    f"{noun}_stances {form}": _file(noun, form)
    for noun in ("actor", "claim", "topic")
    for form in ("csv", "xlsx", "json")
}
#: Every parameter that some address reads; each is asked for with what a stranger could have put into a link.
PARAMETERS = (
    *("q", "act", "side", "show", "rollup", "by", "kind", "page", "actor", "topic", "outlet", "addressee", "target"),
    *("hand", "voice", "since", "until", "more", "find", "stance", "part"),
)
#: Pages of text that strangers wrote in places where only some of it is needed; larger ones show an article.
MOST_BYTES = 600_000


class Page(html.parser.HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.outside: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.data: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        if tag not in {"meta", "link", "input", "br"}:
            self.open.append(tag)
        if tag == "script":
            self.scripts.append(dict(attrs))
        for name, value in attrs:
            self.attributes.add(name)
            if name in {"href", "src", "action", "cite"}:
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["script"]:
            self.data.append(data)
        if "\u202e" in data and not ISOLATING & set(self.open[-3:]):
            self.outside.append(data)


def hostile_site(payload: str) -> Stance:
    """A stance in which every word that a stranger, or an analyst who pastes, could have written is ``payload``."""
    line = payload.replace("\n", " ")
    # What is not a line of the article is as long as its column.
    short = line[:180]
    text = f"{line}\n20211230\nhttps://example.org/\nMoscow {line} denies {line} it.\n"
    outlet = make.outlet(name=short)
    article = make.article(text=text, title=line[:500], outlet=outlet)
    actor = make.actor(name=short, slug="russia", description=line[:250])
    claim = make.claim(text=f"{line[:900]} claim")
    ClaimTopic.objects.create(
        claim=claim, topic=make.topic(name=short, slug="attack-on-ukraine", description=line[:250])
    )

    def said(article: Any, act: str) -> Stance:
        start = article.text.index(" denies ") + 8
        return make.stance(
            article=article,
            actor=actor,
            actor_as_printed=line[:200],
            office=short,
            act=act,
            cue="denies",
            content=line,
            target=line,
            claim=claim,
            content_start=start,
            target_start=start,
        )

    stance = said(article, "denies")
    later = said(make.article(text=f"2 {text}", title=line[:500], outlet=outlet), "states")
    make.position_change(actor=actor, claim=claim, earlier=stance, later=later)
    make.chain_link(stance=stance, actor=None, as_printed=line[:200])
    make.addressee(stance=stance, actor=make.actor(name=f"{short} 2", slug="other"), as_printed=line[:200])
    make.alias(actor=actor, text=f"{short} alias")
    make.role(actor=actor, title=short, organisation=make.actor(name=short, slug="third"))
    make.judgement(stance=stance, note=line[:1_000], changes={"target_text": {"before": line, "after": line}})
    return stance


def is_harmless(content: bytes, content_type: str, address: str) -> None:
    """Fail unless ``content`` is what its type says, and nothing that a stranger wrote is more than text in it."""
    if content_type.endswith("spreadsheetml.sheet"):
        for sheet in load_workbook(io.BytesIO(content)):
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"], address
        return
    body = content.decode()
    if content_type.startswith("application/atom+xml"):
        root = ElementTree.fromstring(body)
        for summary in root.iter("{http://www.w3.org/2005/Atom}summary"):
            is_harmless_page(summary.text or "", address)
        for link in root.iter("{http://www.w3.org/2005/Atom}link"):
            assert ALLOWED_SCHEMES.match(link.get("href") or ""), address
    elif content_type.startswith("text/html"):
        is_harmless_page(body, address)
    elif content_type.startswith("text/csv"):
        assert not re.search(r'(?m)(?:^|,)"?[\s]*[=+@]', body), address
    else:
        json.loads(body)


def is_harmless_page(body: str, address: str) -> None:
    page = Page(body)
    assert not ELEMENTS_OF_STRANGERS & set(page.elements), address
    assert not [name for name in page.attributes if name.startswith("on") or name == "style"], address
    assert [link for link in page.links if not ALLOWED_SCHEMES.match(link)] == [], address
    assert page.outside == [], address
    for script in page.scripts:
        # Scripts are files of the site; what stands in the page is data, and is what it says it is.
        assert script.get("type") == "application/ld+json" or (script.get("src") or "").startswith("/static/"), address
    for data in page.data:
        assert json.loads(data)["@type"] == "Claim", address


def content_of(response: Any) -> bytes:
    """All that ``response`` sends; read to its end, one that streams closes by itself."""
    content: bytes = b"".join(response) if response.streaming else response.content
    return content


def ask(client: Client, address: str) -> tuple[bytes, str]:
    response = client.get(address)
    content = content_of(response)
    assert response.status_code == 200, address
    assert response.headers["Content-Security-Policy"].startswith("default-src 'self';")
    return content, response.headers["Content-Type"]


def test_every_address_of_the_reading_side_is_tried() -> None:
    names = {route.name for route in urlpatterns if isinstance(route, URLPattern)}
    assert names == {name.partition(" ")[0] for name in ADDRESSES}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=list(PAYLOADS))
def test_nothing_that_a_stranger_wrote_becomes_markup(rita: Client, payload: str) -> None:
    stance = hostile_site(payload)
    for address in ADDRESSES.values():
        if address is not None:
            asked = address(stance, payload)
            is_harmless(*ask(rita, asked), asked)
    is_harmless(*ask(rita, "/login/"), "/login/")


@pytest.mark.parametrize(
    "payload",
    [PAYLOADS[name] for name in ("script", "attribute", "javascript: address", "right to left", "control characters")]
    + ["\x00", "9" * 400, "-1", "١٢", "a" * 3_000, "%00", "' OR 1=1 --"],
)
def test_nothing_in_a_link_becomes_markup_or_breaks_a_page(rita: Client, payload: str) -> None:
    stance = hostile_site("words")
    for name, address in ADDRESSES.items():
        if address is not None:
            asked = f"{address(stance, payload).partition('?')[0]}?{urlencode(dict.fromkeys(PARAMETERS, payload))}"
            response = rita.get(asked)
            content = content_of(response)
            assert response.status_code in {200, 302, 400, 404}, name
            if response.headers["Content-Type"].startswith("text/html"):
                is_harmless_page(content.decode(), asked)


def test_an_address_that_is_not_of_the_web_is_no_link(rita: Client) -> None:
    stance = make.stance(article=make.article(url="https://[broken/javascript-alert(1)"))
    for address in ("/", "/actors/russia/", f"/articles/{stance.article_id}/", f"/claims/{stance.claim_id}/"):
        assert b"javascript-alert" not in rita.get(address).content


@pytest.mark.parametrize("payload", ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_a_cell_of_the_csv_is_no_formula(rita: Client, payload: str) -> None:
    hostile_site(payload)
    response = rita.get("/actors/russia/stances.csv")
    text = b"".join(response).decode()
    assert payload.strip()[:3] in text
    assert not re.search(r'(?m)(?:^|,)"?[\s]*[=+@]', text)
    assert not re.search(r'(?m)(?:^|,)"?[\s]*-\d\+', text)


@pytest.mark.parametrize("filler", ["x", "word ", "a\u0301", "\u05d0 "], ids=["one word", "words", "marks", "hebrew"])
def test_a_line_of_a_megabyte_makes_no_page_of_a_megabyte(rita: Client, filler: str) -> None:
    line = (filler * MEGABYTE)[:MEGABYTE].strip()
    text = f"T\n20211230\nhttps://example.org/\nMoscow denies {line} it.\n"
    claim = make.claim()
    ClaimTopic.objects.create(claim=claim, topic=make.topic())
    stance = make.stance(article=make.article(text=text), content=line, target=line, claim=claim)
    for name, address in ADDRESSES.items():
        # A download is for programs, and has all of it.
        if address is not None and "_stances " not in name:
            asked = address(stance, "")
            body, _content_type = ask(rita, asked)
            assert len(body) < MOST_BYTES, asked
