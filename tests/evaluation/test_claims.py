"""B-cubed figures, and the wordings they are taken of."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.evaluation.claims import b_cubed, evaluate_claims, read_wordings
from claims.evaluation.claims_bench import generated, time_gathering
from claims.extraction.actors import Registry
from claims.extraction.facts import read_facts
from claims.extraction.pipeline import load_pipeline

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("found", "marked", "precision", "recall"),
    [
        # the same grouping, whatever its labels
        ([1, 1, 2], ["a", "a", "b"], 1.0, 1.0),
        # all apart: each finds itself alone, of two
        ([1, 2, 3], ["a", "a", "b"], 1.0, 0.667),
        # all together: of two claims, (2/3 + 2/3 + 1/3) / 3
        ([1, 1, 1], ["a", "a", "b"], 0.556, 1.0),
        ([], [], 0.0, 0.0),
    ],
)
def test_b_cubed_counts_each_wording_the_same(
    found: list[int], marked: list[str], precision: float, recall: float
) -> None:
    figures = b_cubed(found, marked)
    assert (figures["precision"], figures["recall"]) == (precision, recall)


def test_generated_stances_are_the_same_each_time() -> None:
    assert list(generated(20, Registry())) == list(generated(20, Registry()))


def test_gathering_is_timed_for_each_size() -> None:
    seen = 0

    def watch() -> None:
        nonlocal seen
        seen += 1

    times = time_gathering([100, 300], Registry(), watch=watch)
    assert [size["stances"] for size in times["sizes"]] == [100, 300]
    assert seen == 2


def test_the_projects_own_wordings_are_gathered_well_enough() -> None:
    registry = Registry.from_facts(read_facts(ROOT / "fixtures" / "actors"))
    figures = evaluate_claims(read_wordings(ROOT / "tests" / "claims" / "wordings.jsonl"), load_pipeline(), registry)
    assert figures["precision"] >= 0.95
    assert figures["recall"] >= 0.68
