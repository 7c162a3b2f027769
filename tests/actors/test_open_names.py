"""Which names are open, and whom they may mean."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from claims.actors.candidates import candidates
from claims.actors.open_names import OpenName, counted, open_names
from claims.models import Article, Stance
from tests import factories as make

pytestmark = pytest.mark.django_db


def article(number: int) -> Article:
    return make.article(text=f"{number}\n20220101\nhttps://example.org/\nMoscow denies planning to attack Ukraine\n")


def open_stance(name: str, number: int = 0, **values: Any) -> Stance:
    return make.stance(article=article(number), actor=None, actor_as_printed=name, **values)


def test_names_without_an_actor_come_by_their_number() -> None:
    for number in range(2):
        open_stance("Zakharova", number)
    stance = open_stance("Shoigu", 2)
    make.chain_link(stance=stance, actor=None, as_printed="Zakharova")
    make.addressee(stance=stance, actor=None, as_printed="Blinken")
    make.stance(actor_as_printed="Moscow")
    assert open_names() == ["Zakharova", "Blinken", "Shoigu"]
    first = Stance.objects.order_by("pk")[0]
    assert counted(["Zakharova", "Blinken"]) == [
        OpenName("Zakharova", stances=2, sources=1, example=first.pk),
        OpenName("Blinken", addressees=1, example=stance.pk),
    ]


@pytest.mark.parametrize("state", ["accepted", "corrected", "rejected"])
def test_names_in_judged_stances_are_not_listed(state: str) -> None:
    stance = open_stance("Zakharova", state=state)
    make.chain_link(stance=stance, actor=None, as_printed="Shoigu")
    make.addressee(stance=stance, actor=None, as_printed="Blinken")
    assert open_names() == []


@pytest.mark.parametrize(
    ("sort", "words", "expected"),
    [
        ("names", "", ["Kremlin official", "Zakharova"]),
        ("descriptions", "", ["a senior official"]),
        ("all", "", ["Kremlin official", "Zakharova", "a senior official"]),
        ("all", "OFFICIAL", ["Kremlin official", "a senior official"]),
        ("all", "official kremlin", ["Kremlin official"]),
        # signs that mean something to the database are words like others
        ("all", "%", []),
    ],
)
def test_names_are_told_from_descriptions_and_found_by_their_words(sort: Any, words: str, expected: list[str]) -> None:
    for number, name in enumerate(["Zakharova", "a senior official", "Kremlin official", "he", "They"]):
        open_stance(name, number)
    assert open_names(sort, words) == expected


def reasons(name: str) -> dict[str, tuple[str, ...]]:
    return {each.actor.name: each.reasons for each in candidates(name)}


def test_who_bears_the_name_comes_first_then_who_is_called_like_it() -> None:
    open_stance("Ushakov")
    make.alias(actor=make.actor(name="Yuri Ushakov", kind="person"), text="Ushakov", kind="short_name")
    make.actor(name="Dmitri Ushakov", kind="person")
    make.actor(name="Ushakova", kind="person")
    make.actor(name="Biden", kind="person")
    found = reasons("Ushakov")
    assert list(found) == ["Yuri Ushakov", "Ushakova", "Dmitri Ushakov"]
    assert found["Yuri Ushakov"] == ("“Ushakov” is a short name of it", "part of its name: Yuri Ushakov")
    assert found["Ushakova"] == ("similar name: Ushakova",)


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "reason"),
    [
        (None, None, "“Ushakov” is a name of it"),
        (None, dt.date(2021, 12, 29), "“Ushakov” is a name of it, until 29 December 2021"),
        (dt.date(2022, 1, 1), None, "“Ushakov” is a name of it, from 1 January 2022"),
    ],
)
def test_an_alias_of_another_time_counts_less_and_says_so(valid_from: Any, valid_until: Any, reason: str) -> None:
    open_stance("Ushakov")
    make.alias(
        actor=make.actor(name="Admiral", kind="person"),
        text="Ushakov",
        kind="name",
        valid_from=valid_from,
        valid_until=valid_until,
    )
    assert reasons("Ushakov") == {"Admiral": (reason,)}
    assert (candidates("Ushakov")[0].score < 2) == (valid_from is not None or valid_until is not None)


def test_those_between_which_the_machine_could_not_choose_are_candidates() -> None:
    for name in ("Belgium", "European Union"):
        make.actor(name=name)
    open_stance("Brussels", extracted={"candidates": ["belgium", "european-union"]})
    assert set(reasons("Brussels").values()) == {("the program could not choose between it and others",)}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("the Russian foreign minister", ["Sergei Lavrov"]),
        ("Russia's Foreign Minister", ["Sergei Lavrov"]),
        # in a body that is part of it
        ("a Russian presidential aide", ["Yuri Ushakov"]),
        # nobody held it on that day
        ("the Russian prime minister", []),
        # an organisation alone is no office
        ("Russian", []),
    ],
)
def test_who_held_the_office_on_the_day_is_a_candidate(printed: str, expected: list[str]) -> None:
    russia = make.actor()
    make.alias(actor=russia, text="Russian", kind="demonym")
    lavrov, ushakov = (make.actor(name=name, kind="person") for name in ("Sergei Lavrov", "Yuri Ushakov"))
    make.role(actor=lavrov, title="Foreign Minister", organisation=russia, valid_from=dt.date(2004, 3, 9))
    kremlin = make.actor(name="Kremlin", part_of=russia)
    make.role(actor=ushakov, title="Presidential Aide", organisation=kremlin)
    make.role(
        actor=make.actor(name="Dmitry Medvedev", kind="person"),
        title="Prime Minister",
        organisation=russia,
        valid_until=dt.date(2020, 1, 16),
    )
    open_stance(printed)
    found = {each.actor.name: each.reasons for each in candidates(printed) if each.actor.kind == "person"}
    assert list(found) == expected
    assert all("on 30 December 2021" in why[0] for why in found.values())


def test_who_is_named_in_the_same_articles_is_a_candidate() -> None:
    for number in range(2):
        open_stance("the minister", number)
    make.stance(article=article(0), actor=make.actor(name="Sergei Lavrov", kind="person"))
    rejected = make.actor(name="Biden", kind="person")
    make.stance(article=article(1), actor=rejected, actor_as_printed="Biden", state="rejected")
    assert reasons("the minister") == {"Sergei Lavrov": ("named in 1 of 2 articles looked at",)}


def test_a_merged_actor_stands_for_the_one_that_stays() -> None:
    open_stance("Ushakov")
    make.actor(name="Ushakov", kind="person", merged_into=make.actor(name="Yuri Ushakov", kind="person"))
    assert list(reasons("Ushakov")) == ["Yuri Ushakov"]


def test_candidates_take_as_many_queries_for_many_places_as_for_few(django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        stance = open_stance("Ushakov", number)
        make.chain_link(stance=stance, actor=make.actor(name=f"Source {number}"))
        make.actor(name=f"Ushakov {number}", kind="person")
    with django_assert_max_num_queries(13):
        candidates("Ushakov")
