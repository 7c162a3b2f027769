"""The page of an actor: its figures with what stands behind them, and where there is too little to tell."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from claims.models import Article, ClaimTopic, Stance, Topic
from claims.pages.actor_figures import TOPICS_DRAWN, TOPICS_TOLD, period_of
from claims.topics.sides import MOST_PERIODS, Period
from tests import factories as make

pytestmark = pytest.mark.django_db


def article(number: int, day: dt.date) -> Article:
    return make.article(
        text=f"Title {number}\n{day:%Y%m%d}\nhttps://example.org/{number}\nMoscow denies planning to attack Ukraine.\n",
        published_on=day,
    )


def on(topic: Topic, sides: str, state: str = "accepted", merged: bool = False) -> list[Stance]:
    """A stance of Russia on ``topic`` for each letter of ``sides`` (f, a, n or -), each on a later day."""
    claim = make.claim(text=f"A claim of {topic.name}")
    ClaimTopic.objects.get_or_create(claim=claim, topic=topic)
    if merged:
        claim = make.claim(text=f"A wording of {topic.name}", merged_into=claim)
    names = {"f": "for", "a": "against", "n": "neutral", "-": ""}
    start = Stance.objects.count()
    return [
        make.stance(
            article=article(start + number, dt.date(2022, 1, 1) + dt.timedelta(days=start + number)),
            claim=claim,
            side=names[side],
            state=state,
        )
        for number, side in enumerate(sides)
    ]


def context(client: Client, query: str = "") -> Any:
    return client.get(f"/actors/russia/{query}").context


def words(client: Client, query: str = "") -> str:
    return " ".join(client.get(f"/actors/russia/{query}").content.decode().split())


def test_a_topic_is_drawn_from_five_judged_stances_on(rita: Client) -> None:
    on(make.topic(name="Enough"), "aaaaa")
    on(make.topic(name="Nearly"), "aaaa")
    on(make.topic(name="Unjudged"), "aaaaaaa", state="pending")
    page = context(rita)
    assert [each.on.name for each in page["drawn"]] == ["Enough"]
    assert [each.on.name for each in page["untold"]] == ["Unjudged", "Nearly"]
    assert [len(each.on.quotes) for each in page["untold"]] == [2, 2]
    assert "Too little to tell" in words(rita)


def test_where_nothing_is_judged_nothing_is_drawn(rita: Client) -> None:
    on(make.topic(), "aaaaaa", state="pending")
    page = words(rita)
    assert '<figure class="chart"' not in page
    assert "0%" in page


@pytest.mark.parametrize("merged", [False, True])
def test_the_words_of_the_smaller_side_stand_on_the_page(rita: Client, merged: bool) -> None:
    stances = on(make.topic(), "faaaaaaaaaaaaaaaaaaaaaaa", merged=merged)
    quotes = context(rita)["contested"][0].on.quotes
    assert [quote.side for quote in quotes] == ["against", "against", "for"]
    assert quotes[-1].article_url.endswith(f"#stance-{stances[0].pk}")
    assert "On both sides" in words(rita)


def test_without_an_opposing_side_no_topic_is_contested(rita: Client) -> None:
    on(make.topic(), "aaaaann")
    assert context(rita)["contested"] == []
    assert "On both sides" not in words(rita)


def test_every_figure_of_a_topic_leads_to_as_many_stances(rita: Client) -> None:
    on(make.topic(), "aaafnna-")
    on(make.topic(name="Other"), "aaaaa")
    topic = context(rita)["drawn"][0]
    looked_at = 0
    for period in topic.periods:
        for code, number in (
            ("for", period.sides.for_),
            ("against", period.sides.against),
            ("neutral", period.sides.neutral),
            ("open", period.sides.unknown),
        ):
            assert len(context(rita, f"{period.url}&side={code}")["cards"]) == number
            looked_at += number
    assert looked_at == 8
    assert len(context(rita, topic.url)["cards"]) == 8


def test_every_key_figure_leads_to_its_stances(rita: Client) -> None:
    russia = make.actor()
    kremlin = make.actor(name="Kremlin", kind="institution", part_of=russia)
    make.stance(article=article(1, dt.date(2022, 1, 1)), state="accepted")
    make.stance(article=article(2, dt.date(2022, 1, 2)), actor=kremlin)
    make.stance(article=article(3, dt.date(2022, 1, 3)), actor=kremlin)
    page = context(rita)
    figures = page["summary"]
    for address, name in (
        ("address_of_all", "stances"),
        ("address_of_own", "own"),
        ("address_of_others", "others"),
        ("address_of_judged", "judged"),
    ):
        assert len(context(rita, page[address])["cards"]) == figures[name], name
    assert [(day.day, len(context(rita, url)["cards"])) for day, url in page["days"]] == [(1, 1), (3, 1)]


def test_figures_stay_as_they_are_while_the_list_is_filtered(rita: Client) -> None:
    on(make.topic(), "aaaaaf")
    page = context(rita, "?side=for&rollup=1")
    assert len(page["cards"]) == 1
    assert page["summary"]["stances"] == 6
    # What stands behind a figure keeps the page's own choices and none of the filters.
    assert page["drawn"][0].url == "?rollup=1&topic=attack-on-ukraine"


def test_figures_follow_the_choice_of_what_is_judged(rita: Client, public: Client) -> None:
    on(make.topic(), "aaaaa")
    on(make.topic(), "fff", state="pending")
    assert context(rita)["summary"]["stances"] == 8
    assert context(rita)["drawn"][0].on.total.for_ == 3
    for client, query in ((rita, "?show=judged"), (public, ""), (public, "?show=all")):
        page = context(client, query)
        assert page["summary"]["stances"] == 5
        assert page["drawn"][0].on.total.for_ == 0
        assert page["contested"] == []


def test_many_topics_are_drawn_told_and_listed(rita: Client) -> None:
    for number in range(TOPICS_DRAWN + 2):
        on(make.topic(name=f"Enough {number}"), "aaaaa")
    for number in range(TOPICS_TOLD + 3):
        on(make.topic(name=f"Little {number}"), "a")
    page = context(rita)
    assert (len(page["drawn"]), len(page["untold"]), len(page["others"])) == (TOPICS_DRAWN, TOPICS_TOLD, 5)
    assert "5 more topics" in words(rita)


def test_changes_of_position_show_both_quotations(rita: Client) -> None:
    change = make.position_change()
    page = words(rita)
    assert "planning to attack Ukraine</q>" in page
    assert "it has the right to move troops on its own soil</q>" in page
    assert "within 10 days" in page
    assert context(rita)["changes"][0].pk == change.pk


def test_the_public_sees_no_change_of_which_a_stance_is_unjudged(rita: Client, public: Client) -> None:
    change = make.position_change()
    assert change.earlier is not None
    Stance.objects.filter(pk=change.earlier.pk).update(state="accepted")
    assert context(public)["changes"] == []
    assert len(context(rita)["changes"]) == 1
    Stance.objects.update(state="accepted")
    assert len(context(public)["changes"]) == 1


def test_whom_it_speaks_to_and_about_leads_to_the_stances(rita: Client) -> None:
    for number, name in enumerate(("Ukraine", "Ukraine", "NATO")):
        stance = make.stance(
            article=article(number, dt.date(2022, 1, 1)), target_actor=make.actor(name=name), state="accepted"
        )
        make.addressee(stance=stance)
    whom = {facet.name: facet for facet in context(rita)["whom"]}
    assert [(option.label, option.number) for option in whom["target"].options] == [("Ukraine", 2), ("NATO", 1)]
    assert [(option.label, option.number) for option in whom["addressee"].options] == [("Joe Biden", 3)]
    assert len(context(rita, whom["target"].options[0].url)["cards"]) == 2


def test_how_the_words_came_is_told_from_the_actor_outwards(rita: Client) -> None:
    stance = make.stance()
    make.chain_link(stance=stance, order=0, actor=make.actor(name="Reuters", kind="outlet"), as_printed="Reuters")
    make.chain_link(stance=stance, order=1, actor=make.actor(name="Yuri Ushakov", kind="person"), as_printed="he")
    assert [(word, name.text) for word, name in context(rita)["cards"][0].way] == [
        (", as told by", "Yuri Ushakov"),
        (", quoted by", "Reuters"),
        ("via", "The Daily Example"),
    ]


def test_words_from_the_actor_itself_came_no_way(rita: Client) -> None:
    make.stance()
    assert context(rita)["cards"][0].way == ()


def test_a_page_without_stances_says_so_and_nothing_else(rita: Client) -> None:
    make.actor()
    page = words(rita)
    assert "No stances yet." in page
    for part in ('class="counts"', "Positions by topic", "Changes of position</h2>", 'class="whom"'):
        assert part not in page


def test_a_single_stance_has_one_day(rita: Client) -> None:
    make.stance()
    assert "the only day" in words(rita)


def test_in_a_large_store_figures_are_kept_for_each_choice(rita: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.pages.kept.LARGE", 0)
    cache.clear()
    on(make.topic(), "aaaaaf")
    assert context(rita)["summary"]["stances"] == 6
    on(make.topic(), "a", state="pending")
    assert context(rita)["summary"]["stances"] == 6
    assert context(rita, "?side=for")["summary"]["stances"] == 6
    # Another choice of whose stances stand there is another figure.
    assert context(rita, "?rollup=0")["summary"]["stances"] == 7
    assert context(rita, "?show=judged")["summary"]["stances"] == 6
    cache.clear()


@pytest.mark.parametrize(
    ("days", "period"),
    [
        (1, Period.DAY),
        (10, Period.DAY),
        (30, Period.WEEK),
        (200, Period.MONTH),
        (3_650, Period.YEAR),
        (9_000, Period.DECADE),
    ],
)
def test_periods_of_all_topics_can_be_told_apart(days: int, period: Period) -> None:
    first = dt.date(2012, 1, 2)
    last = first + dt.timedelta(days=days - 1)
    assert period_of(first, last) is period
    assert period is Period.DECADE or period.number_of(first, last) * TOPICS_DRAWN <= MOST_PERIODS
