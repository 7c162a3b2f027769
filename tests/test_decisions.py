"""What runs are told of people's decisions on claims: pairs kept apart, and which pairs are worth suggesting."""

from __future__ import annotations

from typing import Any

import pytest

from claims.decisions import SuggestedPair, kept_apart, lasting_claims, suggest
from claims.models import Claim, ClaimSuggestion, Run
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> Run:
    return make.run()


@pytest.fixture
def claims() -> list[Claim]:
    return [make.claim(text=f"Claim {number}") for number in range(5)]


def pair(one: Claim, other: Claim, score: float = 0.7) -> SuggestedPair:
    return SuggestedPair(one.pk, other.pk, score, "They share most words.")


def stored() -> list[tuple[int, int, float | None]]:
    return list(ClaimSuggestion.objects.order_by("first", "second").values_list("first", "second", "score"))


def merge(one: Claim, other: Claim) -> None:
    Claim.objects.filter(pk=one.pk).update(merged_into=other)


def test_a_pair_is_suggested_once_whatever_its_order(claims: list[Claim], run: Run) -> None:
    one, other, *_ = claims
    assert suggest([pair(other, one, 0.6), pair(one, other, 0.7), pair(one, one)], run) == 1
    assert stored() == [(one.pk, other.pk, 0.7)]
    assert suggest([pair(one, other, 0.9)], run) == 0
    row = ClaimSuggestion.objects.get()
    assert (row.score, row.state, row.run, row.reason) == (0.7, "open", run, "They share most words.")


@pytest.mark.parametrize("state", ["applied", "dismissed"])
def test_a_pair_that_people_decided_is_not_suggested_again(state: str, claims: list[Claim], run: Run) -> None:
    make.claim_suggestion(first=claims[0], second=claims[1], state=state)
    assert suggest([pair(claims[0], claims[1])], run) == 0


def test_a_suggestion_names_the_claims_that_last(claims: list[Claim], run: Run) -> None:
    one, other, merged, *_ = claims
    merge(merged, one)
    assert suggest([pair(merged, other), pair(merged, one)], run) == 1
    assert stored() == [(one.pk, other.pk, 0.7)]


def test_a_pair_that_is_kept_apart_under_other_rows_is_not_suggested(claims: list[Claim], run: Run) -> None:
    one, other, merged, *_ = claims
    make.claim_suggestion(first=other, second=merged, state="dismissed")
    merge(merged, one)
    assert suggest([pair(one, other)], run) == 0


def test_what_people_keep_apart_follows_merges(claims: list[Claim]) -> None:
    one, other, merged, further, far = claims
    make.claim_suggestion(first=other, second=merged, state="dismissed")
    make.claim_suggestion(first=further, second=far, state="dismissed")
    make.claim_suggestion(first=one, second=far)
    merge(merged, one)
    assert kept_apart([one.pk]) == kept_apart([merged.pk]) == {(one.pk, other.pk)}
    assert kept_apart() == {(one.pk, other.pk), (further.pk, far.pk)}
    assert kept_apart([]) == set()


def test_what_people_merged_after_all_is_not_kept_apart(claims: list[Claim]) -> None:
    make.claim_suggestion(first=claims[0], second=claims[1], state="dismissed")
    merge(claims[1], claims[0])
    assert kept_apart() == set()


def test_a_claim_lasts_where_its_merges_end_even_in_a_circle(claims: list[Claim]) -> None:
    one, other, merged, round_one, round_two = claims
    merge(merged, other)
    merge(other, one)
    merge(round_one, round_two)
    merge(round_two, round_one)
    assert lasting_claims(each.pk for each in claims) == {
        one.pk: one.pk,
        other.pk: one.pk,
        merged.pk: one.pk,
        round_one.pk: round_one.pk,
        round_two.pk: round_two.pk,
    }


def test_it_asks_as_little_for_many_claims_as_for_one(run: Run, django_assert_num_queries: Any) -> None:
    claims = [make.claim(text=f"Claim {number}") for number in range(40)]
    pairs = [pair(claims[0], each) for each in claims[1:]]
    with django_assert_num_queries(6):
        assert suggest(pairs, run) == 39
