"""Files that come in are read row by row, and what is wrong with one is said in words."""

from __future__ import annotations

import io
import itertools
import json
import re
import tracemalloc
from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.exchange import reading
from claims.exchange.reading import UnreadableFileError, csv_rows, json_rows
from claims.exchange.seen import Seen
from claims.exchange.streams import csv_lines, json_lines

HOSTILE = st.text(
    st.sampled_from("=+-@＝\t\r\n\x0b\x1f\x85\u2028'\"\\,;{}[]\u202e\u200b\ufeff \U0001f600") | st.characters()
)


def rows_of(reader: Any, text: str) -> list[dict[str, Any]]:
    return list(reader(io.StringIO(text, newline="")))


@given(st.lists(st.tuples(HOSTILE, HOSTILE)))
def test_any_text_goes_out_as_csv_and_comes_in_the_same(rows: list[tuple[str, str]]) -> None:
    text = "".join(csv_lines(itertools.chain([["one", "other"]], map(list, rows))))
    assert rows_of(csv_rows, text) == [{"one": one, "other": other} for one, other in rows]


@given(st.lists(st.tuples(HOSTILE, HOSTILE)), st.integers(1, 20))
def test_any_text_goes_out_as_json_and_comes_in_the_same(rows: list[tuple[str, str]], chunk: int) -> None:
    text = "".join(json_lines(itertools.chain([["one", "other"]], map(list, rows))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "CHUNK", chunk)
        assert rows_of(json_rows, text) == [{"one": one, "other": other} for one, other in rows]


@pytest.mark.parametrize("text", ['[{"a": 1}, {"a": null}]', '{"a": 1}\n{"a": null}\n', ' {"a": 1}{"a": null}'])
def test_a_list_and_json_lines_are_the_same(text: str) -> None:
    assert rows_of(json_rows, text) == [{"a": 1}, {"a": ""}]


@pytest.mark.parametrize("text", ["", "  \n", "[]", " [ ] "])
def test_a_json_file_without_a_row_has_none(text: str) -> None:
    assert rows_of(json_rows, text) == []


def test_columns_of_json_rows_are_found_by_their_names() -> None:
    assert rows_of(json_rows, '[{"a": 1, "b": 2}, {"b": 3, "a": 4}]') == [{"a": 1, "b": 2}, {"b": 3, "a": 4}]


def test_empty_lines_of_csv_count_for_nothing() -> None:
    assert rows_of(csv_rows, "\r\na,b\r\n\r\n1,2\r\n\r\n") == [{"a": "1", "b": "2"}]


WRONG = [
    (csv_rows, "a,b\r\n1\r\n", "Row 1 has 1 cells, the header has 2."),
    (csv_rows, "a,b\r\n1,2\r\n1,2,3\r\n", "Row 2 has 3 cells, the header has 2."),
    (csv_rows, "a,a\r\n1,2\r\n", "The header has the column 'a' twice."),
    (csv_rows, 'a,b\r\n1,"2\r\n', "Row 1 is no CSV"),
    (csv_rows, 'a,b\r\n1,"2"x\r\n', "Row 1 is no CSV"),
    (json_rows, "[1]", "Row 1 is no JSON object"),
    (json_rows, '[{"a": 1}, [2]]', "Row 2 is no JSON object"),
    (json_rows, '[{"a": 1}', "breaks off after row 1"),
    (json_rows, '[{"a": 1} {"a": 2}]', "breaks off after row 1"),
    (json_rows, '[{"a": 1}] x', "Something follows the list"),
    (json_rows, '{"a": 1}\n{"a": ', "Row 2 is no JSON object"),
    (json_rows, '[{"a": 1}, {"b": 1}]', "Row 2 has other columns than the first row: a, b."),
    (json_rows, '[{"a": NaN}]', "Row 1 is no row of a table: NaN is no number."),
    (json_rows, '[{"a": ' + "[" * 100_000, "Row 1 is no"),
    (json_rows, '[{"a": ' + "9" * 5_000 + "}]", "Row 1 is no row of a table"),
    (json_rows, '"words"', "Row 1 is no JSON object"),
]


@pytest.mark.parametrize(("reader", "text", "words"), WRONG)
def test_what_is_wrong_with_a_file_is_said(reader: Any, text: str, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=re.escape(words)):
        rows_of(reader, text)


@pytest.mark.parametrize("reader", [csv_rows, json_rows])
def test_a_file_that_is_not_utf_8_says_so(reader: Any) -> None:
    file = io.TextIOWrapper(io.BytesIO(b'[{"a": "\xff"}]\r\n'), encoding="utf-8", newline="")
    with pytest.raises(UnreadableFileError, match="not encoded in UTF-8"):
        list(reader(file))


def test_a_json_row_without_an_end_is_not_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST", 1_000)
    file = io.StringIO('[{"a": "' + "x" * 1_000_000)
    with pytest.raises(UnreadableFileError):
        list(json_rows(file))
    assert file.tell() < 1_000_000


class Endless(io.TextIOBase):
    """A file of many rows that is never whole in memory."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines

    def read(self, size: int | None = -1, /) -> str:
        return next(self.lines, "")

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        return self.lines


@pytest.mark.parametrize("reader", [csv_rows, json_rows])
def test_memory_does_not_grow_with_the_file(reader: Any) -> None:
    def peak(number: int) -> int:
        lines = (f"{'x' * 900},2\r\n" for _ in range(number))
        objects = (json.dumps({"a": "x" * 900, "b": 2}) for _ in range(number))
        file = Endless(itertools.chain(["a,b\r\n"], lines) if reader is csv_rows else objects)
        tracemalloc.start()
        deque(reader(file), maxlen=0)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(20_000) < peak(2_000) + 200_000


def test_keys_are_remembered_with_their_first_row() -> None:
    seen = Seen()
    assert seen.first(("a", "b"), ("1", "2")) is None
    assert [seen.add(("a", "b"), ("1", "2"), 3), seen.add(("a", "b"), ("1", "2"), 7)] == [3, 3]
    assert seen.add(("a", "b"), ("12", ""), 8) == 8
    assert seen.first(("b", "a"), ("1", "2")) is None
    seen.close()
