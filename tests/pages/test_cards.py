"""A card says in words what a stance holds, and nothing that it does not."""

from __future__ import annotations

import datetime as dt

import pytest

from claims.models import Stance
from claims.pages.cards import card, colon_of, confidence_word, shortened, web_address
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_it_names_actor_act_side_and_target() -> None:
    make.stance()
    made = card(Stance.objects.get())
    assert (made.actor.text, made.act, made.quotation) == ("Russia", "denies", "planning to attack Ukraine")
    assert (made.side, made.target) == ("against", "Ukraine")
    assert made.actor.url == "/actors/russia/"


@pytest.mark.parametrize(
    ("act", "words", "colon"),
    [
        ("denies", "Germany would not send weapons", ":"),
        ("opposes", "there'd be no talks", ":"),
        # The act alone makes these a denial.
        ("denies", "planning to attack Ukraine", ""),
        ("states", "Germany would not send weapons", ""),
        ("", "Germany would not send weapons", ""),
    ],
)
def test_words_that_are_the_denial_themselves_stand_behind_a_colon(act: str, words: str, colon: str) -> None:
    stance = Stance(act=act, content_text=words)
    assert colon_of(stance) == colon


def test_it_names_the_event_that_a_stance_amounts_to_where_it_is_one() -> None:
    make.stance(plover="reject")
    make.stance(actor_as_printed="one")
    assert [card(stance).plover for stance in Stance.objects.order_by("pk")] == ["reject", ""]


def test_an_actor_that_nobody_identified_keeps_its_printed_words_and_leads_nowhere() -> None:
    make.stance(actor=None, actor_as_printed="a senior official")
    made = card(Stance.objects.get())
    assert (made.actor.text, made.actor.url) == ("a senior official", "")


def test_a_merged_actor_goes_by_the_name_of_the_one_that_stays() -> None:
    old = make.actor(name="Russian Federation", merged_into=make.actor())
    make.stance(actor=old)
    assert card(Stance.objects.get()).actor.url == "/actors/russia/"


def test_sources_stand_outermost_first_and_addressees_in_order() -> None:
    stance = make.stance()
    make.chain_link(stance=stance, order=1, actor=make.actor(name="Yuri Ushakov"))
    make.chain_link(stance=stance, order=0)
    make.addressee(stance=stance, order=1, actor=None, as_printed="reporters")
    make.addressee(stance=stance, order=0)
    made = card(Stance.objects.get())
    assert [name.text for name in made.chain] == ["Kremlin", "Yuri Ushakov"]
    assert [name.text for name in made.addressees] == ["Joe Biden", "reporters"]


@pytest.mark.parametrize(
    ("state", "word", "judged"),
    [("pending", "unjudged", False), ("accepted", "accepted", True), ("corrected", "corrected", True)],
)
def test_it_says_whether_people_judged_it(state: str, word: str, judged: bool) -> None:
    make.stance(state=state)
    made = card(Stance.objects.get())
    assert (made.state, made.is_judged) == (word, judged)


def test_what_is_not_known_stays_open() -> None:
    make.stance(act="", side="", target="", claim=None)
    made = card(Stance.objects.get())
    assert (made.act, made.side, made.target, made.claim_url) == ("", "", "", "")


def test_the_day_it_was_said_stands_only_where_it_differs_from_the_articles() -> None:
    make.stance(said_on=dt.date(2021, 12, 30))
    assert card(Stance.objects.get()).said_on is None
    Stance.objects.update(said_on=dt.date(2021, 12, 29))
    assert card(Stance.objects.get()).said_on == dt.date(2021, 12, 29)


def test_an_article_without_outlet_goes_by_its_host() -> None:
    make.stance(article=make.article(outlet=None))
    assert card(Stance.objects.get()).outlet == "example.org"


@pytest.mark.parametrize(
    ("score", "word"),
    [(1.0, "sure"), (0.85, "sure"), (0.84, "likely"), (0.6, "likely"), (0.59, "unsure"), (0.0, "unsure")],
)
def test_confidence_is_a_word(score: float, word: str) -> None:
    assert confidence_word(score) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # short enough: as it is, in one line
        ("it will\nanswer", "it will answer"),
        # cut between words
        ("it will never accept this", "it will never…"),
        # one endless word is cut all the same
        ("w" * 30, "w" * 14 + "…"),
    ],
)
def test_long_quotations_are_cut_between_words(text: str, expected: str) -> None:
    assert shortened(text, 15) == expected


@pytest.mark.parametrize(
    ("address", "is_web"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("HTTPS://EXAMPLE.ORG/", True),
        ("", False),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("vbscript:x", False),
        ("//example.org/a", False),
        ("https:alert(1)", False),
        ("https://", False),
        ("https://[broken/", False),
        ("https://example.org/\u202egnp.exe", False),
        ("https://example.org/a b", False),
        (" https://example.org/", False),
    ],
)
def test_only_addresses_of_the_web_become_links(address: str, is_web: bool) -> None:
    assert web_address(address) == (address if is_web else "")
