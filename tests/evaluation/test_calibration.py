"""Weights of confidence: fitted so that it means what it says."""

from __future__ import annotations

import random

import pytest

from claims.evaluation.calibration import RARE, as_table, fit
from claims.extraction.confidence import BASE, probability


def judged(rights: dict[str, tuple[int, int]]) -> list[tuple[dict[str, float], bool]]:
    """Stances by their one trait, with how many of them are right and wrong."""
    return [
        ({BASE: 1.0, name: 1.0}, right)
        for name, counts in rights.items()
        for right, count in zip((True, False), counts, strict=True)
        for _ in range(count)
    ]


def test_the_base_alone_gives_the_share_that_is_right() -> None:
    weights = fit([({BASE: 1.0}, index < 70) for index in range(100)])
    assert probability({BASE: 1.0}, weights) == 0.7


def test_traits_tell_sure_stances_from_unsure_ones() -> None:
    weights = fit(judged({"seen": (900, 100), "guessed": (300, 700)}))
    assert probability({BASE: 1.0, "seen": 1.0}, weights) == pytest.approx(0.9, abs=0.01)
    assert probability({BASE: 1.0, "guessed": 1.0}, weights) == pytest.approx(0.3, abs=0.01)


def test_few_stances_carry_no_large_weights() -> None:
    rare = judged({"common": (50, 50), "odd": (RARE, 0)})
    assert 0.5 < probability({BASE: 1.0, "odd": 1.0}, fit(rare)) < 0.9
    assert "odd" not in fit(judged({"common": (50, 50), "odd": (RARE - 1, 0)}))


def test_confidence_on_stances_never_seen_means_what_it_says() -> None:
    dice = random.Random(7)

    def draw() -> tuple[dict[str, float], bool]:
        traits = {BASE: 1.0, **{name: 1.0 for name in "abc" if dice.random() < 0.5}}
        chance = 0.2 + 0.25 * (len(traits) - 1)
        return traits, dice.random() < chance

    weights = fit([draw() for _ in range(2000)])
    unseen = [draw() for _ in range(2000)]
    sure = [right for traits, right in unseen if probability(traits, weights) > 0.85]
    assert 0.8 < sum(sure) / len(sure) < 1.0


@pytest.mark.parametrize("right", [True, False])
def test_it_needs_both_right_and_wrong_stances(right: bool) -> None:
    with pytest.raises(ValueError, match="right and"):
        fit([({BASE: 1.0}, right)] * 10)
    with pytest.raises(ValueError, match="right and"):
        fit([])


def test_the_table_is_what_extraction_reads() -> None:
    assert as_table({"base": 0.5, "rule verb": -0.25}) == "trait\tweight\nbase\t0.5\nrule verb\t-0.25\n"
