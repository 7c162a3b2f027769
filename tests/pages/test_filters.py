"""Filters of stances: what each leaves, alone and with others, and that its numbers are what choosing gives."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory

from claims.extraction.types import Act, Side
from claims.models import Article, ClaimTopic, Stance
from claims.pages.filters import Facet, StanceFilters
from claims.pages.readable import allowed_stances, newest_first
from claims.selectors import Representation
from tests import factories as make

pytestmark = pytest.mark.django_db


def article(number: int, day: dt.date, domain: str = "example.org") -> Article:
    return make.article(
        text=f"Title {number}\n{day:%Y%m%d}\nhttps://{domain}/{number}\nMoscow denies planning to attack Ukraine.\n",
        published_on=day,
        outlet=make.outlet(name=domain.partition(".")[0].capitalize(), domain=domain),
    )


def request_for(query: str, *, public: bool = False, chosen: str = "") -> HttpRequest:
    request = RequestFactory().get(f"/{query}")
    request.user = AnonymousUser() if public else make.person("rita")
    session: Any = {"showing": chosen} if chosen else {}
    request.session = session
    return request


def filters(query: str = "", **options: Any) -> StanceFilters:
    request = request_for(query, public=options.pop("public", False), chosen=options.pop("chosen", ""))
    return StanceFilters(request, allowed_stances(request), **options)


def shown(query: str, **options: Any) -> set[str]:
    return set(filters(query, **options).shown.values_list("actor_as_printed", flat=True))


def facet(name: str, of: StanceFilters) -> Facet:
    return next(each for each in of.facets if each.name == name)


def numbers(name: str, query: str = "", **options: Any) -> dict[str, str]:
    return {option.text: option.shown for option in facet(name, filters(query, **options)).options}


@pytest.fixture
def four() -> None:
    """Stances "a" to "d", which differ in all that can be asked for."""
    attack = make.claim()
    ClaimTopic.objects.create(claim=attack, topic=make.topic())
    wording = make.claim(text="An attack is planned", merged_into=attack)
    sanctions = make.claim(text="Sanctions are imposed")
    ClaimTopic.objects.create(claim=sanctions, topic=make.topic(name="Sanctions"))
    ukraine = make.actor(name="Ukraine")
    make.stance(article=article(1, dt.date(2021, 12, 30)), claim=attack, actor_as_printed="a", target_actor=ukraine)
    b = make.stance(
        article=article(2, dt.date(2022, 1, 9), "times.example"),
        claim=wording,
        act="warns",
        side="for",
        state="accepted",
        actor_as_printed="b",
        target_actor=make.actor(name="Kyiv", merged_into=ukraine),
    )
    make.chain_link(stance=b)
    make.addressee(stance=b)
    c = make.stance(
        article=article(3, dt.date(2022, 2, 24), "times.example"),
        claim=sanctions,
        act="",
        side="",
        state="corrected",
        actor=make.actor(name="Kremlin", kind="institution"),
        actor_as_printed="c",
    )
    make.addressee(stance=c, actor=make.actor(name="President Biden", merged_into=make.actor(name="Joe Biden")))
    make.stance(article=article(4, dt.date(2022, 2, 24)), claim=None, act="warns", side="neutral", actor_as_printed="d")
    make.stance(article=article(5, dt.date(2022, 2, 25)), state="rejected", actor_as_printed="rejected")


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "abcd"),
        # each alone
        ("?topic=attack-on-ukraine", "ab"),
        ("?topic=attack-on-ukraine&topic=sanctions", "abc"),
        ("?act=warns", "bd"),
        ("?act=warns&act=denies", "abd"),
        ("?act=open", "c"),
        ("?side=for", "b"),
        ("?side=open", "c"),
        ("?side=open&side=neutral", "cd"),
        ("?since=2022-01-09", "bcd"),
        ("?until=2022-01-09", "ab"),
        ("?since=2022-01-09&until=2022-01-09", "b"),
        ("?outlet=times.example", "bc"),
        ("?outlet=times.example&outlet=example.org", "abcd"),
        # an addressee or a target under any of its rows
        ("?addressee=joe-biden", "bc"),
        ("?addressee=president-biden", "bc"),
        ("?target=ukraine", "ab"),
        ("?target=kyiv", "ab"),
        ("?hand=first", "acd"),
        ("?hand=passed-on", "b"),
        ("?hand=first&hand=passed-on", "abcd"),
        ("?show=judged", "bc"),
        ("?show=unjudged", "ad"),
        ("?show=all", "abcd"),
        # together
        ("?topic=attack-on-ukraine&act=warns", "b"),
        ("?outlet=times.example&show=judged&side=open", "c"),
        ("?act=warns&hand=first", "d"),
        ("?addressee=joe-biden&target=ukraine", "b"),
        ("?topic=sanctions&target=ukraine", ""),
        ("?since=2022-01-01&until=2022-12-31&act=warns&side=neutral&outlet=example.org&hand=first&show=unjudged", "d"),
        # empty fields, as a form sends them, ask for nothing
        ("?act=&side=&since=&until=&topic=&outlet=", "abcd"),
        # what is no filter is none
        ("?colour=blue&page=3", "abcd"),
    ],
)
def test_filters_leave_what_was_asked_for(query: str, expected: str) -> None:
    assert shown(query) == set(expected)
    assert filters(query).number == len(expected)


@pytest.mark.usefixtures("four")
def test_who_speaks_is_a_filter_where_somebody_speaks_for_an_actor() -> None:
    kremlin = make.actor(name="Kremlin")
    russia = make.actor()
    representation = Representation(frozenset({russia.pk}), bodies=frozenset({kremlin.pk}))
    assert shown("?voice=own", representation=representation) == set("abd")
    assert shown("?voice=others", representation=representation) == {"c"}
    assert shown("?voice=own&voice=others", representation=representation) == set("abcd")
    assert numbers("voice", representation=representation) == {"own": "3", "others": "1"}
    # Elsewhere the word means nothing.
    assert shown("?voice=own") == set("abcd")


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?act=dances", "Act: there is no “dances”."),
        ("?act=denies&act=dances", "Act: there is no “dances”."),
        ("?side=left", "Side: there is no “left”."),
        ("?topic=no-such", "Topic: there is no “no-such”."),
        ("?outlet=nowhere.example", "Outlet: there is no “nowhere.example”."),
        ("?addressee=nobody", "Said to: there is no “nobody”."),
        ("?target=nobody", "Target: there is no “nobody”."),
        ("?hand=second", "Sources: there is no “second”."),
        ("?show=some", "Judged: there is no “some”."),
        ("?since=yesterday", "Days: write a day like 2022-02-24."),
        ("?until=2022-02-31", "Days: write a day like 2022-02-24."),
        ("?since=2022-03-01&until=2022-02-01", "Days: the first day is after the last."),
        # what could do harm is not repeated
        ("?target=%00", "Target: what the address asks for does not exist."),
        (f"?act={quote(chr(0x202E))}x", "Act: what the address asks for does not exist."),
        (f"?topic={'a' * 201}", "Topic: what the address asks for does not exist."),
    ],
)
def test_what_the_address_asks_for_in_vain_is_told_and_fits_nothing(rita: Client, query: str, message: str) -> None:
    asked = filters(query)
    assert asked.errors == [message]
    assert shown(query) == set()
    page = rita.get(f"/actors/russia/{query}")
    assert page.status_code == 200
    assert page.context["cards"] == []
    assert message in page.content.decode()


def test_an_address_of_a_thousand_values_is_answered(rita: Client) -> None:
    make.stance()
    query = "&".join(f"target=t{number}" for number in range(1_000))
    assert rita.get(f"/actors/russia/?{query}").status_code == 200


@pytest.mark.usefixtures("four")
def test_numbers_stand_beside_the_options_before_anything_is_chosen() -> None:
    assert numbers("topic") == {"attack-on-ukraine": "2", "sanctions": "1"}
    assert numbers("act") == {"warns": "2", "open": "1", "denies": "1"}
    assert numbers("side") == {"for": "1", "against": "1", "neutral": "1", "open": "1"}
    assert numbers("outlet") == {"example.org": "2", "times.example": "2"}
    assert numbers("addressee") == {"joe-biden": "2"}
    assert numbers("target") == {"ukraine": "2"}
    assert numbers("hand") == {"first": "3", "passed-on": "1"}
    assert numbers("show") == {"all": "4", "judged": "2", "unjudged": "2"}
    assert [(option.label, option.shown) for option in filters().days] == [
        ("Feb 2022", "2"),
        ("Jan 2022", "1"),
        ("Dec 2021", "1"),
    ]


@pytest.mark.usefixtures("four")
def test_a_filter_counts_under_the_others_and_not_under_itself() -> None:
    assert numbers("act", "?act=warns&outlet=times.example") == {"warns": "1", "open": "1"}
    assert numbers("outlet", "?act=warns&outlet=times.example") == {"times.example": "1", "example.org": "1"}
    assert numbers("show", "?show=judged&act=warns") == {"all": "2", "judged": "1", "unjudged": "1"}


@pytest.mark.usefixtures("four")
def test_what_is_chosen_stays_an_option_when_nothing_has_it() -> None:
    assert numbers("act", "?act=promises") == {"promises": "0", "warns": "2", "open": "1", "denies": "1"}
    assert [option.text for option in facet("act", filters("?act=promises")).options if option.is_chosen] == [
        "promises"
    ]


def test_many_days_are_offered_as_years() -> None:
    for number, year in enumerate((2019, 2022, 2022)):
        make.stance(article=article(number, dt.date(year, 5, number + 1)))
    offered = filters().days
    assert [(option.label, option.number) for option in offered] == [("2022", 2), ("2019", 1)]
    assert offered[0].url == "?since=2022-01-01&until=2022-12-31"


def random_store(chance: random.Random) -> Representation:
    actors = [make.actor(name=f"Actor {number}") for number in range(4)]
    actors.append(make.actor(name="Old actor", merged_into=actors[1]))
    topics = [make.topic(name=f"Topic {number}") for number in range(3)]
    claims = [make.claim(text=f"Claim {number}") for number in range(5)]
    claims.append(make.claim(text="Old claim", merged_into=claims[0]))
    for claim in claims:
        for topic in chance.sample(topics, chance.randrange(3)):
            ClaimTopic.objects.create(claim=claim, topic=topic)
    articles = [
        article(number, dt.date(2021, chance.randrange(10, 13), 1 + number), f"{chance.choice('xyz')}.example")
        for number in range(8)
    ]
    for number in range(50):
        stance = make.stance(
            article=chance.choice(articles),
            actor=chance.choice([None, *actors]),
            actor_as_printed=f"it {number}",
            claim=chance.choice([None, *claims]),
            act=chance.choice(["", *list(Act)[:4]]),
            side=chance.choice(["", *Side]),
            state=chance.choice(list(Stance.State)),
            target_actor=chance.choice([None, *actors]),
        )
        for order, to in enumerate(chance.choices(actors, k=chance.randrange(3))):
            make.addressee(stance=stance, order=order, actor=to)
        if chance.random() < 0.4:
            make.chain_link(stance=stance)
    return Representation(frozenset({actors[0].pk}), bodies=frozenset({actors[2].pk}))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("public", [False, True])
def test_every_number_is_what_choosing_gives(seed: int, public: bool) -> None:
    chance = random.Random(seed)
    options: dict[str, Any] = {"representation": random_store(chance), "public": public}
    start = filters("", **options)
    every = [f"{each.name}={option.text}" for each in start.facets for option in each.options]
    every += [option.url.removeprefix("?") for option in start.days]
    queries = ["", *(f"?{'&'.join(chance.sample(every, number))}" for number in (1, 2, 2, 3))]
    looked_at = 0
    for query in queries:
        asked = filters(query, **options)
        assert not asked.errors
        for each in asked.facets:
            for option in each.options:
                assert filters(option.url, **options).shown.count() == option.number, (query, each.name, option.text)
                looked_at += 1
        for day in asked.days:
            assert filters(day.url, **options).shown.count() == day.number, (query, day.label)
        assert asked.number == asked.shown.count()
        assert [row.pk for row in asked.newest()[:]] == [row.pk for row in newest_first(asked.shown)]
    assert looked_at > 50


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("windows", [(), (1,), (1, 2), (500,)])
def test_of_more_stances_than_are_counted_numbers_say_at_least(
    windows: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.pages.counted.MOST_COUNTED", 3)
    # Wherever the newest are found, they are the same.
    monkeypatch.setattr("claims.pages.filters.WINDOWS", windows)
    asked = filters()
    assert asked.is_cut
    assert asked.number_in_words == "more than 3 stances"
    assert numbers("hand") == {"first": "2+", "passed-on": "1+"}
    # The list is of all of them all the same, newest first, and ends where counting does.
    assert [row.actor_as_printed for row in asked.newest()[:]] == ["d", "c", "b"]
    # What the filters leave may be few enough again.
    assert not filters("?act=warns").is_cut


def test_long_filters_show_the_commonest_options_and_find_the_others() -> None:
    for number in range(12):
        for each in range(2 if number == 11 else 1):
            make.stance(
                article=article(100 * number + each, dt.date(2022, 1, 1)),
                target_actor=make.actor(name=f"T {number:02}"),
            )
    few = facet("target", filters())
    assert few.options[0].label == "T 11"
    assert (len(few.options), few.rest) == (8, 4)
    assert few.more_url == "?more=target#filter-target"
    assert len(facet("target", filters("?more=target")).options) == 12
    found = facet("target", filters("?more=target&find=t+03"))
    assert [option.label for option in found.options] == ["T 03"]
    assert facet("target", filters("?more=target&find=zzz")).options == ()
    # What is chosen stays among them.
    chosen = facet("target", filters("?more=target&find=t+03&target=t-05"))
    assert [option.label for option in chosen.options] == ["T 03", "T 05"]


@pytest.mark.usefixtures("four")
def test_addresses_say_the_same_in_one_way() -> None:
    one = filters("?side=for&act=warns&act=denies&page=2&colour=blue&until=")
    assert one.query == "act=warns&act=denies&side=for"
    assert [each.url_without for each in one.chosen] == [
        "?act=denies&side=for",
        "?act=warns&side=for",
        "?act=warns&act=denies",
    ]
    assert one.address_of_all == "?"


@pytest.mark.usefixtures("four")
def test_what_is_chosen_is_described_in_words() -> None:
    asked = filters("?act=warns&act=denies&topic=sanctions&since=2022-01-01&until=2022-02-01&show=judged")
    assert asked.described == [
        ("Topic", "Sanctions"),
        ("Act", "warns or denies"),
        ("Judged", "judged only"),
        ("Days", "from 1 Jan 2022 until 1 Feb 2022"),
    ]
    assert filters("", public=True).described == [("Judged", "judged only")]


@pytest.mark.usefixtures("four")
def test_what_somebody_chose_for_all_pages_is_a_filter_that_can_be_lifted() -> None:
    asked = filters("?act=warns", chosen="judged")
    assert {row.actor_as_printed for row in asked.shown} == {"b"}
    assert asked.query == "act=warns&show=judged"
    assert asked.chosen[-1].url_without == "?act=warns&show=all"
    assert shown("?act=warns&show=all", chosen="judged") == {"b", "d"}
    assert numbers("show", chosen="judged") == {"all": "4", "judged": "2", "unjudged": "2"}


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("query", ["", "?show=all", "?show=unjudged", "?show=judged&hand=first"])
def test_no_filter_shows_the_public_what_nobody_has_judged(query: str) -> None:
    asked = filters(query, public=True)
    assert {row.state for row in asked.shown} <= {"accepted", "corrected"}
    assert "show" not in [each.name for each in asked.facets]
    assert sum(option.number for option in facet("act", asked).options) == asked.number


def test_filters_can_be_left_out_and_parameters_kept() -> None:
    make.stance()
    asked = filters("?topic=no-such&q=attack&q=plan", without=["topic"], keep=["q"])
    assert asked.errors == []
    assert asked.hidden == [("q", "attack"), ("q", "plan")]
    assert asked.query == "q=attack&q=plan"
    assert asked.address_of_all == "?q=attack&q=plan"
