"""When two titles name the same office."""

from __future__ import annotations

import pytest

from claims.extraction.titles import LEADING, covers, meanings, rank_of, title_words, within

SAME = [
    ("Prime Minister", "premier"),
    ("Defense Secretary", "defence secretary"),
    ("Minister of Foreign Affairs", "foreign minister"),
    ("Secretary-General", "secretary general"),
    ("Chairwoman", "chairman"),
    ("presidential aide", "presidential adviser"),
]
OTHER = [
    # A deputy is not the one whose deputy he is; alone a deputy is a lawmaker.
    ("Deputy Foreign Minister", "Foreign Minister"),
    ("deputy", "Deputy Prime Minister"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_titles_of_one_office_have_the_same_words(one: str, other: str) -> None:
    assert title_words(one) == title_words(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_titles_of_two_offices_do_not(one: str, other: str) -> None:
    assert title_words(one) != title_words(other)


def test_a_prime_minister_is_no_mere_minister() -> None:
    assert within(title_words("adviser"), title_words("security adviser"))
    assert not within(title_words("minister"), title_words("prime minister"))
    assert not within(title_words("president"), title_words("vice president"))


def test_what_the_press_calls_an_office_means_its_title() -> None:
    assert title_words("Secretary of State") in meanings("top diplomat")
    assert meanings("foreign minister") == [title_words("foreign minister")]


def test_chief_and_leader_mean_who_leads() -> None:
    assert title_words("chief") == title_words("leader") == LEADING
    assert rank_of("Supreme Leader") > rank_of("President") > rank_of("King") > rank_of("Spokesperson") == 0


def test_a_general_word_covers_what_it_may_name() -> None:
    assert covers("official", title_words("foreign minister"))
    assert not covers("diplomat", title_words("army chief of staff"))
