"""The feeds: what is in them, for whom, and that a reader knows an entry again."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from claims.models import Actor, ClaimTopic, Stance
from claims.pages import kept
from claims.pages.feeds import STANCES
from claims.review import accept
from tests import factories as make

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = ["/actors/russia/feed.atom", "/topics/attack-on-ukraine/feed.atom", "/claims/{claim}/feed.atom"]


@pytest.fixture
def stance(db: None) -> Stance:
    row = make.stance()
    ClaimTopic.objects.create(claim=make.claim(), topic=make.topic())
    return row


def read(client: Client, feed: str, **headers: str) -> ElementTree.Element:
    answer = client.get(address(feed), headers=headers)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def address(feed: str) -> str:
    return feed.format(claim=make.claim().pk)


def entries(root: ElementTree.Element) -> list[ElementTree.Element]:
    return root.findall("a:entry", ATOM)


def text_of(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"a:{name}", "", ATOM)


@pytest.mark.parametrize("feed", FEEDS)
def test_an_entry_has_all_that_atom_asks_for_and_leads_to_the_words(rita: Client, stance: Stance, feed: str) -> None:
    root = read(rita, feed)
    (entry,) = entries(root)
    for element in (root, entry):
        assert all(text_of(element, name) for name in ("id", "title", "updated")), element
    assert text_of(root, "author/a:name") == "stancetracker"
    assert text_of(entry, "title") == "Russia denies: “planning to attack Ukraine” (unjudged)"
    links = {link.get("rel"): link.get("href") for link in root.findall("a:link", ATOM)}
    assert links["self"] == f"http://testserver{address(feed)}"
    assert rita.get(str(links["alternate"])).status_code == 200
    (link,) = entry.findall("a:link", ATOM)
    assert link.get("href") == f"http://testserver/articles/{stance.article_id}/?stance={stance.pk}#stance-{stance.pk}"
    assert "planning to attack Ukraine" in re.sub("<[^>]*>", "", text_of(entry, "summary"))
    assert text_of(entry, "published") == "2021-12-30T00:00:00+00:00"
    assert dt.datetime.fromisoformat(text_of(entry, "updated")) == stance.updated


@pytest.mark.parametrize("feed", FEEDS)
def test_the_page_names_its_feed(rita: Client, stance: Stance, feed: str) -> None:
    page = rita.get(address(feed).removesuffix("feed.atom")).content.decode()
    assert f'<link rel="alternate" type="application/atom+xml" href="{address(feed)}"' in page


@pytest.mark.parametrize("feed", FEEDS)
def test_the_public_gets_judged_stances_only(public: Client, stance: Stance, feed: str) -> None:
    accepted = make.stance(actor_as_printed="It", state="accepted")
    make.stance(actor_as_printed="They", state="rejected")
    (entry,) = entries(read(public, feed))
    assert f"#stance-{accepted.pk}" in ElementTree.tostring(entry).decode()
    assert "unjudged" not in ElementTree.tostring(entry).decode()


@pytest.mark.parametrize("feed", FEEDS)
def test_where_one_must_sign_in_a_feed_is_no_way_round(stance: Stance, feed: str) -> None:
    assert Client().get(address(feed))["Location"].startswith("/login/")


def test_a_claim_without_a_judged_stance_has_no_public_feed(public: Client, stance: Stance) -> None:
    assert public.get(address(FEEDS[2])).status_code == 404


def test_what_was_judged_last_comes_first_and_keeps_its_id(rita: Client, stance: Stance) -> None:
    later = make.stance(actor_as_printed="It")
    before = entries(read(rita, FEEDS[0]))
    accept([stance], user=make.person("ana"))
    after = entries(read(rita, FEEDS[0]))
    assert [text_of(entry, "id") for entry in after] == [text_of(entry, "id") for entry in reversed(before)]
    assert after[0].find("a:category", ATOM).get("term") == "accepted"  # type: ignore[union-attr]
    assert f"#stance-{later.pk}" in ElementTree.tostring(after[1]).decode()


def test_a_rename_changes_neither_the_id_of_the_feed_nor_those_of_entries(rita: Client, stance: Stance) -> None:
    before = read(rita, FEEDS[0])
    Actor.objects.filter(slug="russia").update(slug="russian-federation", name="Russian Federation")
    assert rita.get(FEEDS[0])["Location"] == "/actors/russian-federation/feed.atom"
    after = read(rita, "/actors/russian-federation/feed.atom")
    assert text_of(after, "id") == text_of(before, "id")
    assert text_of(entries(after)[0], "id") == text_of(entries(before)[0], "id")
    assert text_of(after, "title") != text_of(before, "title")


@pytest.mark.parametrize("feed", ["/actors/russia/feed.atom", "/claims/{claim}/feed.atom"])
def test_changes_of_position_are_entries_too(rita: Client, feed: str) -> None:
    change = make.position_change()
    titles = [text_of(entry, "title") for entry in entries(read(rita, feed))]
    assert "Russia changes its position on “Russia plans to attack Ukraine”" in titles
    assert len(titles) == 3
    change.dismissed_by, change.dismissed_at, change.reason = make.person("ana"), change.found_at, "No change."
    change.save()
    assert len(entries(read(rita, feed))) == 2


@pytest.mark.parametrize("feed", FEEDS)
def test_who_has_the_newest_version_is_told_so(rita: Client, stance: Stance, feed: str) -> None:
    first = rita.get(address(feed))
    for headers in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        again = rita.get(address(feed), headers=headers)
        assert again.status_code == 304, headers
        assert again.content == b""
        assert again["Cache-Control"] == "private, no-cache"
    Stance.objects.filter(pk=stance.pk).update(updated=stance.updated + dt.timedelta(minutes=1))
    for headers in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        assert rita.get(address(feed), headers=headers).status_code == 200, headers


def test_what_one_reader_may_see_is_not_taken_for_what_another_may(
    rita: Client, stance: Stance, settings: Settings
) -> None:
    etag = rita.get(FEEDS[0])["ETag"]
    settings.PUBLIC_PAGES = True
    assert Client().get(FEEDS[0], headers={"if-none-match": etag}).status_code == 200


def test_an_actor_of_whom_nothing_is_known_has_an_empty_feed_that_stays_the_same(rita: Client) -> None:
    make.actor()
    first, second = rita.get(FEEDS[0]), rita.get(FEEDS[0])
    assert first.content == second.content
    assert text_of(ElementTree.fromstring(first.content), "updated") == "1970-01-01T00:00:00+00:00"


def test_a_feed_has_so_many_entries_at_most(rita: Client) -> None:
    for number in range(STANCES + 5):
        make.stance(actor_as_printed=f"Moscow {number}")
    assert len(entries(read(rita, FEEDS[0]))) == STANCES


@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", "]]>", "&lt;b&gt;", "\x0b\x01\x1f", "\u202eevil", "\ufffe\uffff", "a" * 5_000],
    ids=["script", "cdata", "escaped", "control", "override", "noncharacters", "long"],
)
def test_strangers_words_stay_words(rita: Client, words: str) -> None:
    text = f"{words} title\n20211230\nhttps://example.org/\nMoscow denies {words} it.\n"
    claim = make.claim(text=f"{words} claim"[:1_000])
    ClaimTopic.objects.create(claim=claim, topic=make.topic(name=words[:150] or "x", slug="attack-on-ukraine"))
    make.stance(
        article=make.article(text=text, title=f"{words} title"[:300], outlet=make.outlet(name=words[:150])),
        actor=make.actor(slug="russia", name=f"{words} it"[:150]),
        content=f"{words} it",
        target="",
        side="",
        claim=claim,
    )
    for feed in ("/actors/russia/feed.atom", "/topics/attack-on-ukraine/feed.atom", f"/claims/{claim.pk}/feed.atom"):
        answer = rita.get(feed)
        (entry,) = entries(ElementTree.fromstring(answer.content))
        html = text_of(entry, "summary")
        assert not re.search(r"<(?!/?(?:p|a|bdi|mark|blockquote)\b)", html)
        assert not re.search("[\u202a-\u202e]", text_of(entry, "title"))
        assert len(answer.content) < 20_000


@pytest.mark.parametrize("feed", FEEDS)
def test_more_stances_take_no_more_questions(rita: Client, stance: Stance, feed: str) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(rita, feed)
        return len(captured)

    questions()
    few = questions()
    for number in range(8):
        make.chain_link(stance=make.stance(actor_as_printed=f"Moscow {number}"))
    assert questions() <= few


def test_in_a_large_store_the_newest_are_looked_for_now_and_then(
    rita: Client, stance: Stance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "LARGE", 1)
    cache.clear()
    first = read(rita, FEEDS[1])
    make.stance(actor_as_printed="It")
    assert len(entries(read(rita, FEEDS[1]))) == len(entries(first)) == 1
    cache.clear()
