"""No cell that we write is a formula to anybody, and reading it back gives what was written."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.exchange.guard import FORMULA_STARTS, guarded, restored

LIVE = [
    "=1+1",
    "==1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1",
    "\n=1",
    "\0=1",
    "＝1",
    "＋1",
    "－1",
    "＠SUM(1)",
    " =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    " \0 =1",
    "=HYPERLINK(\"https://example.org\",\"x\")",
    "=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!D2",
]  # fmt: skip


@pytest.mark.parametrize("text", LIVE)
def test_what_could_be_a_formula_is_put_behind_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Russia", "a=1", "1-2", "'quoted'", "’twas", "“=1”", "«=»", "  spaced", "'"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text == restored(text)


@pytest.mark.parametrize(("value", "cell"), [(-1, "-1"), (-0.5, "-0.5"), (0, "0"), (None, ""), (True, "True")])
def test_numbers_stay_numbers_and_nothing_stays_empty(value: object, cell: str) -> None:
    assert guarded(value) == cell


@given(
    st.text()
    | st.builds(str.__add__, st.text("' \0\ufeff", max_size=4), st.sampled_from(FORMULA_STARTS))
    | st.builds("{}{}{}".format, st.text("' ", max_size=3), st.sampled_from(FORMULA_STARTS), st.text())
)
@example("'=1")
@example("''=1")
@example("' =1")
@example("'")
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert restored(guarded(text)) == text


@given(st.text())
def test_no_guarded_text_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).startswith(FORMULA_STARTS)


@given(st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8")), min_size=1, max_size=5))
def test_a_row_comes_back_through_a_csv_file(row: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow([guarded(text) for text in row])
    file.seek(0)
    assert [[restored(cell) for cell in line] for line in csv.reader(file)] == [row]
