"""Words and what they stand for."""

from __future__ import annotations

import pytest

from claims.gathering.vocabulary import lemma, term


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("invaded", "invade"), ("swimming", "swim"), ("stopped", "stop"), ("troops", "troop"), ("cities", "city"),
        ("sanctions", "sanction"), ("fought", "fight"), ("crises", "crisis"), ("crisis", "crisis"), ("buses", "bus"),
        ("imposing", "impose"), ("pass", "pass"),
    ],
)  # fmt: skip
def test_words_are_brought_to_their_base(word: str, base: str) -> None:
    assert lemma(word) == base


@pytest.mark.parametrize(
    ("one", "other"),
    [("invasion", "attacked"), ("truce", "ceasefires"), ("elections", "voting"), ("talks", "dialogue")],
)
def test_words_for_the_same_stand_for_the_same(one: str, other: str) -> None:
    first, second = term(one), term(other)
    assert first
    assert second
    assert first.key == second.key


@pytest.mark.parametrize("word", ["the", "would", "says", "claims", "x"])
def test_some_words_say_nothing(word: str) -> None:
    assert term(word) is None


def test_rarer_words_tell_more() -> None:
    rare, common = term("phosphorus"), term("city")
    assert rare
    assert common
    assert rare.weight > common.weight
