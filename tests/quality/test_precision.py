"""Shares of judged stances with their uncertainty."""

from __future__ import annotations

import pytest

from claims.quality.precision import Tally, share, wilson


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        # Values of R's prop.test(..., correct = FALSE).
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 1, 0.2065, 1.0),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_wilsons_interval(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("right", "total"), [(0, 0), (2, 1), (-1, 3)])
def test_what_is_no_share_is_refused(right: int, total: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share(right, total)


def test_corrected_ones_count_as_right_only_leniently() -> None:
    tally = Tally(accepted=5, corrected=3, rejected=2)
    assert tally.strict is not None
    assert tally.lenient is not None
    assert (tally.judged, tally.strict.value, tally.lenient.value) == (10, 0.5, 0.8)


@pytest.mark.parametrize(("judged", "tells"), [(0, False), (4, False), (5, True)])
def test_few_tell_nothing(judged: int, tells: bool) -> None:
    tally = Tally(accepted=judged)
    assert (tally.strict is not None, tally.lenient is not None) == (tells, tells)
