"""Bands of confidence, and how far confidence is off."""

from __future__ import annotations

import pytest

from claims.evaluation.reliability import calibration_error, reliability


def test_stances_are_put_into_bands_of_a_tenth() -> None:
    bands = reliability([(0.7, True), (0.79, False), (0.8, True), (1.0, True), (0.0, False)])
    assert [(band.low, band.stances, band.right) for band in bands] == [
        (0.0, 1, 0.0),
        (0.7, 2, 0.5),
        (0.8, 1, 1.0),
        (0.9, 1, 1.0),
    ]
    assert bands[1].confidence == pytest.approx(0.745)


@pytest.mark.parametrize("tenths", range(10))
def test_a_confidence_on_the_border_belongs_to_the_band_above(tenths: int) -> None:
    [band] = reliability([(tenths / 10, True)])
    assert band.low == tenths / 10


def test_the_error_is_the_distance_weighted_by_stances() -> None:
    # Three at 0.9 of which two are right, one at 0.5 that is wrong: (3 * |0.9 - 2/3| + 0.5) / 4.
    bands = reliability([(0.9, True), (0.9, True), (0.9, False), (0.5, False)])
    assert calibration_error(bands) == pytest.approx((3 * (0.9 - 2 / 3) + 0.5) / 4)
    assert calibration_error([]) == 0.0
