"""Agreement on values, held against figures of the literature, of hand and of another program."""

from __future__ import annotations

import itertools
from collections.abc import Hashable

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.agreement import Nominal, nominal

Rows = list[tuple[Hashable | None, ...]]


def table(cells: dict[tuple[str, str], int]) -> Rows:
    """The units of a table of two coders that says how often each pair of values was given."""
    return [pair for pair, number in cells.items() for _ in range(number)]


def value(result: Nominal, name: str) -> float:
    found = getattr(result, name).value
    assert found is not None
    return float(found)


# Fleiss, "Statistical Methods for Rates and Proportions" (1981), table 13.1: two raters, a hundred subjects.
FLEISS = table(
    {
        ("psychotic", "psychotic"): 75,
        ("psychotic", "neurotic"): 1,
        ("psychotic", "organic"): 4,
        ("neurotic", "psychotic"): 5,
        ("neurotic", "neurotic"): 4,
        ("neurotic", "organic"): 1,
        ("organic", "organic"): 10,
    }
)
# Fifty grants, two readers who say yes or no: worked out in many textbooks.
GRANTS = table({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})


def test_kappa_of_the_fifty_grants() -> None:
    result = nominal(GRANTS)
    # Observed (20 + 15) / 50 = 0.7; by chance 0.5 x 0.6 + 0.5 x 0.4 = 0.5.
    assert (result.units, result.pairs, result.same) == (50, 50, 35)
    assert (value(result, "percent"), value(result, "kappa")) == pytest.approx((0.7, 0.4))


def test_kappa_of_three_diagnoses() -> None:
    result = nominal(FLEISS)
    # Observed 0.89; by chance 0.8 x 0.8 + 0.1 x 0.05 + 0.1 x 0.15 = 0.66.
    assert (value(result, "percent"), value(result, "kappa")) == pytest.approx((0.89, 0.23 / 0.34))


# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve units.
FOUR = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]
# The same, section A: two observers, ten units, values 0 and 1.
BINARY = ["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"]
# The same, section B: two observers, twelve units, five values.
TWELVE = ["a a b b d c c c e d d a", "b a b b b c c c e d d d"]


def units(observers: list[str]) -> Rows:
    return [
        tuple(None if each == "." else each for each in unit)
        for unit in zip(*(line.split() for line in observers), strict=True)
    ]


@pytest.mark.parametrize(
    ("observers", "alpha", "compared"), [(BINARY, 0.095, 10), (TWELVE, 0.692, 12), (FOUR, 0.743, 11)]
)
def test_alpha_of_the_textbook(observers: list[str], alpha: float, compared: int) -> None:
    result = nominal(units(observers))
    assert value(result, "alpha") == pytest.approx(alpha, abs=5e-4)
    assert result.units == compared


def test_a_unit_with_one_value_is_compared_with_nothing() -> None:
    assert nominal([("a", None), (None, "b")]) == nominal([])
    assert nominal([]).units == 0


def test_where_everybody_always_says_the_same_chance_can_not_be_told() -> None:
    result = nominal([("a", "a")] * 12)
    assert (result.percent.value, result.percent.low, result.percent.high) == (1.0, 1.0, 1.0)
    assert (result.kappa.value, result.alpha.value) == (None, None)


def test_kappa_of_three_is_the_mean_of_the_pairs() -> None:
    rows: Rows = [("a", "a", "b"), ("a", "b", "b"), ("b", "b", "b"), ("a", "a", "a"), ("b", "b", None)]
    pairs = [nominal([(row[one], row[other]) for row in rows]) for one, other in itertools.combinations(range(3), 2)]
    result = nominal(rows)
    assert value(result, "kappa") == pytest.approx(sum(value(pair, "kappa") for pair in pairs) / 3)
    assert value(result, "percent") == pytest.approx(sum(value(pair, "percent") for pair in pairs) / 3)
    assert (result.pairs, result.same) == (sum(pair.pairs for pair in pairs), sum(pair.same for pair in pairs))


def test_ten_units_are_enough_and_nine_are_not() -> None:
    assert not nominal([("a", "b")] * 9).is_enough
    assert nominal([("a", "b")] * 10).is_enough


def test_the_interval_holds_the_figure_and_the_seed_decides_it() -> None:
    one, again, other = (nominal(GRANTS, seed=seed) for seed in (1, 1, 2))
    assert one == again != other
    for figure in (one.percent, one.kappa, one.alpha):
        assert figure.value is not None
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low < figure.value < figure.high
    # The large-sample standard error of Fleiss, Cohen and Everitt (1969) is 0.126 here: 0.4 +- 0.247.
    assert (one.kappa.low, one.kappa.high) == pytest.approx((0.153, 0.647), abs=0.04)


def test_more_units_narrow_the_interval() -> None:
    few, many = nominal(GRANTS).percent, nominal(GRANTS * 100).percent
    assert many.high is not None
    assert many.low is not None
    assert few.high is not None
    assert few.low is not None
    assert (many.high - many.low) < (few.high - few.low) / 5


VALUES = st.sampled_from([None, "a", "b", "c", "d"])


@given(st.integers(2, 4).flatmap(lambda coders: st.lists(st.tuples(*[VALUES] * coders), min_size=1, max_size=30)))
def test_alpha_is_that_of_another_program(rows: Rows) -> None:
    names = ["a", "b", "c", "d"]
    counts = np.array([[row.count(name) for name in names] for row in rows])
    pairable = counts[counts.sum(axis=1) > 1]
    result = nominal(rows)
    if (pairable.sum(axis=0) > 0).sum() < 2:
        assert result.alpha.value is None
    else:
        expected = krippendorff.alpha(value_counts=pairable, level_of_measurement="nominal")
        assert result.alpha.value == pytest.approx(expected, abs=1e-9)
