"""``manage.py fit_claims``: the weights that it prints and writes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.gathering.likeness import Traits, weights

ROOT = Path(__file__).parents[2]


def fit(*arguments: str | Path) -> str:
    out = io.StringIO()
    call_command("fit_claims", *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def rows(table: str) -> dict[str, float]:
    return {name: float(weight) for name, weight in (line.split("\t") for line in table.splitlines()[1:])}


def test_it_gives_each_trait_the_weight_that_gathering_uses() -> None:
    fitted = rows(fit(ROOT / "tests" / "claims" / "fitting" / "winter.jsonl"))
    assert set(fitted) - {"base", "article"} == set(Traits._fields) - {"article"}
    assert fitted["stray"] < 0 < fitted["within"]


def test_it_writes_what_gathering_reads(tmp_path: Path) -> None:
    table = tmp_path / "weights.tsv"
    fit(ROOT / "tests" / "claims" / "fitting" / "winter.jsonl", "--output", table)
    assert table.read_text(encoding="utf-8").startswith("trait\tweight\n")


def test_the_weights_in_use_are_those_of_the_marked_wordings() -> None:
    fitted = rows(fit(*sorted((ROOT / "tests" / "claims" / "fitting").glob("*.jsonl"))))
    used, base = weights()
    assert {**used._asdict(), "base": base} == pytest.approx(fitted, abs=0.1)


def test_wordings_that_are_too_few_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "few.jsonl"
    file.write_text(json.dumps({"text": "a truce in Yemen", "claim": "truce"}), encoding="utf-8")
    with pytest.raises(CommandError, match="Weights need"):
        fit(file)
