"""Which actors are proposed as one, and why; the machine merges none."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims.actors.distinctions import tell_apart
from claims.actors.duplicates import duplicates, likeness
from claims.actors.merging import merge
from claims.extraction.actors import fold
from claims.models import Actor, LoadedFact
from tests import factories as make

pytestmark = pytest.mark.django_db


def proposed() -> list[tuple[str, str, str]]:
    return [(pair.one.name, pair.other.name, pair.reason) for pair in duplicates(100)]


@pytest.mark.parametrize(
    ("one", "other", "kind", "reason"),
    [
        ("Vladimir Putin", "vladimir putin", "person", "both are called “Vladimir Putin”"),
        # accents and points are no difference
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", "person", "both are called “Recep Tayyip Erdoğan”"),
        # another spelling
        ("Yuri Ushakov", "Yury Ushakov", "person", "“Yuri Ushakov” and “Yury Ushakov” are almost alike"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "person", "almost alike"),
        # a name in the middle
        ("Vladimir Putin", "Vladimir Vladimirovich Putin", "person", "almost alike"),
        # only a family name in common
        ("Hunter Biden", "Joe Biden", "person", ""),
        # one is the whole and the other its part
        ("South Sudan", "Sudan", "state", ""),
        # a word apart, however long the rest is
        ("Ministry of Foreign Affairs of Nepal", "Ministry of Home Affairs of Nepal", "institution", ""),
        ("1st Army Corps", "2nd Army Corps", "institution", ""),
    ],
)
def test_names_are_compared(one: str, other: str, kind: str, reason: str) -> None:
    make.actor(name=one, kind=kind)
    make.actor(name=other, kind=kind, slug="other")
    found = [why for _one, _other, why in proposed()]
    assert [reason in why for why in found] == ([True] if reason else [])


@pytest.mark.parametrize(
    ("kind", "shared"),
    [("name", True), ("short_name", True), ("abbreviation", True), ("metonym", False), ("demonym", False)],
)
def test_a_shared_alias_is_a_reason_unless_it_is_shared_by_its_nature(kind: str, shared: bool) -> None:
    for name in ("Belgium", "European Union"):
        make.alias(actor=make.actor(name=name), text="Brussels", kind=kind)
    expected = [("Belgium", "European Union", "they share the name “Brussels”")]
    assert proposed() == (expected if shared else [])


def test_a_person_is_no_state() -> None:
    make.actor(name="Jordan")
    make.actor(name="Jordan", slug="jordan-2", kind="person")
    assert proposed() == []


def test_two_items_of_wikidata_are_two_things() -> None:
    make.actor(name="Georgia", wikidata_id="Q230")
    make.actor(name="Georgia", slug="georgia-2", wikidata_id="Q1428")
    assert proposed() == []


def test_one_item_of_wikidata_is_one_thing_also_through_a_merged_row() -> None:
    make.actor(name="RF", merged_into=make.actor(), wikidata_id="Q159")
    make.actor(name="The Federation", wikidata_id="Q159")
    assert proposed() == [("Russia", "The Federation", "both have the Wikidata id Q159")]


def test_two_actors_of_the_files_of_facts_are_never_proposed() -> None:
    for slug in ("cna-1", "cna-2"):
        make.actor(name="CNA", slug=slug, kind="outlet")
        LoadedFact.objects.create(kind=LoadedFact.Kind.ACTOR, key=slug)
    assert proposed() == []
    make.actor(name="CNA", slug="cna-3", kind="outlet")
    assert len(proposed()) == 2


def test_a_pair_that_was_told_apart_is_not_proposed_again() -> None:
    one, other = make.actor(name="CNA"), make.actor(name="CNA", slug="cna-2")
    tell_apart(other, one, user=make.person("leo"), note="Taiwan and Singapore")
    assert proposed() == []


def test_a_pair_stays_apart_when_one_of_it_is_merged() -> None:
    one, other = make.actor(name="CNA"), make.actor(name="CNA", slug="cna-2")
    tell_apart(one, other, user=make.person("leo"))
    merge(other, make.actor(name="CNA Singapore"), user=make.person("leo"))
    assert proposed() == []


def test_merged_actors_are_not_proposed() -> None:
    make.actor(name="Russia", slug="russia-2", merged_into=make.actor())
    assert proposed() == []


def test_to_tell_apart_twice_changes_nothing() -> None:
    one, other = make.actor(name="CNA"), make.actor(name="CNA", slug="cna-2")
    first = tell_apart(one, other, user=make.person("leo"), note="Taiwan")
    assert tell_apart(other, one, user=make.person("ada"), note="Singapore") == first
    with pytest.raises(ValidationError, match="are one actor"):
        tell_apart(one, one, user=make.person("leo"))


def test_the_surest_come_first_and_no_more_than_asked_for() -> None:
    for name, slug in (("Yuri Ushakov", "a"), ("Yury Ushakov", "b"), ("Yuri Ushakov", "c")):
        make.actor(name=name, slug=slug, kind="person")
    assert next(pair.one.slug + pair.other.slug for pair in duplicates(100)) == "ac"
    assert len(duplicates(2)) == 2


def test_the_number_of_queries_does_not_depend_on_the_number_of_actors(django_assert_num_queries: Any) -> None:
    for number in range(30):
        make.actor(name="Yuri Ushakov", slug=f"ushakov-{number}", kind="person")
    with django_assert_num_queries(6):
        duplicates(10)
    assert not Actor.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Moscow", "Moscow", 100),
        ("Foreign Ministry", "Defence Ministry", 43),
        # the same words in another order may be somebody else
        ("Salman bin Abdulaziz", "Abdulaziz bin Salman", 75),
        ("Dmitry Peskov", "Dmitri Peskov", 83),
    ],
)
def test_likeness_is_that_of_the_words_not_shared(one: str, other: str, expected: int) -> None:
    assert round(likeness(fold(one), fold(other))) == expected
