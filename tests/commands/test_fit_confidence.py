"""``manage.py fit_confidence``: weights from hand-marked articles."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

GOLD = Path(__file__).parents[1] / "gold" / "dev"


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """The first two hand-marked articles, in a folder of their own."""
    marks = [json.loads(line) for line in (GOLD / "stances_a.jsonl").read_text(encoding="utf-8").splitlines()]
    names = sorted({mark["article"] for mark in marks})[:2]
    (tmp_path / "articles").mkdir()
    for name in names:
        shutil.copy(GOLD / "articles" / f"{name}.txt", tmp_path / "articles")
    rows = [json.dumps(mark) for mark in marks if mark["article"] in names]
    (tmp_path / "stances.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def test_it_writes_weights_and_tells_how_well_they_hold(marked: Path) -> None:
    out, err = StringIO(), StringIO()
    call_command("fit_confidence", marked, output=marked / "weights.tsv", stdout=out, stderr=err)
    written = (marked / "weights.tsv").read_text(encoding="utf-8")
    assert written.startswith("trait\tweight\n")
    assert "\nbase\t" in written
    assert out.getvalue() == ""
    assert "expected calibration error" in err.getvalue()
    call_command("fit_confidence", marked, stdout=out, stderr=err)
    assert out.getvalue() == written


def test_a_folder_without_marks_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no folder articles"):
        call_command("fit_confidence", tmp_path)
