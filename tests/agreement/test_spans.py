"""Agreement on stretches of text, worked out by hand."""

from __future__ import annotations

import pytest

from claims.agreement import spans
from claims.agreement.spans import NOWHERE, Span


@pytest.mark.parametrize(
    ("one", "other", "exact", "overlap"),
    [
        ((0, 10), (0, 10), 1.0, 1.0),
        ((0, 10), (5, 15), 0.0, 0.5),
        # 4 of 4 and 4 of 12 characters: 2 x 4 / 16.
        ((2, 6), (0, 12), 0.0, 0.5),
        ((0, 5), (5, 10), 0.0, 0.0),
        (NOWHERE, NOWHERE, 1.0, 1.0),
        (NOWHERE, (0, 5), 0.0, 0.0),
        ((0, 5), NOWHERE, 0.0, 0.0),
    ],
)
def test_two_spans(one: Span, other: Span, exact: float, overlap: float) -> None:
    result = spans([(one, other)] * 10)
    assert (result.exact.value, result.overlap.value) == (exact, overlap)
    assert (result.units, result.pairs, result.same) == (10, 10, 10 * int(exact))


def test_what_somebody_did_not_mark_counts_for_the_others() -> None:
    result = spans([((0, 4), (0, 4), None), (None, (0, 4), (2, 6)), (None, None, (0, 4))])
    assert (result.units, result.pairs, result.same) == (2, 2, 1)
    # The first pair of coders agrees on its one unit, the last shares half; the pair between has no unit in common.
    assert (result.exact.value, result.overlap.value) == (0.5, 0.75)


def test_nothing_compared_gives_no_figure() -> None:
    assert spans([]).exact.value is None
    assert not spans([(None, (0, 1))]).is_enough


def test_the_interval_holds_the_figure() -> None:
    result = spans([((0, 10), (0, 10))] * 15 + [((0, 10), (5, 15))] * 15, seed=3)
    assert result.overlap.low is not None
    assert result.overlap.high is not None
    assert result.overlap.low < 0.75 < result.overlap.high
    assert result == spans([((0, 10), (0, 10))] * 15 + [((0, 10), (5, 15))] * 15, seed=3)
