"""Evidence is shown in the article's own words, cut and marked without losing or moving one of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.pages.articles import paragraphs
from claims.pages.evidence import LONGEST, REACH, Kind, Mark, Piece, passage, pieces

# A busy machine is no fault of the code.
UNHURRIED = settings(deadline=None)

TEXT = "He left. Moscow denies planning to attack Ukraine. It rained.\nNext line: Moscow again.\n"


def marked(words: str, kind: Kind, text: str = TEXT) -> Mark:
    start = text.index(words)
    return Mark(start, start + len(words), kind)


DENIAL = [
    marked("Moscow", Kind.MENTION),
    marked("denies", Kind.CUE),
    marked("planning to attack Ukraine", Kind.CONTENT),
    marked("Ukraine", Kind.TARGET),
]


def test_a_passage_is_the_sentence_that_holds_the_evidence() -> None:
    start, end = passage(TEXT, DENIAL)
    assert TEXT[start:end].strip() == "Moscow denies planning to attack Ukraine."


def test_a_passage_starts_at_the_evidence_that_starts_its_sentence() -> None:
    text = "Rain fell in Kyiv. Moscow denies it."
    marks = [marked("Moscow", Kind.MENTION, text), marked("denies", Kind.CUE, text), marked("it.", Kind.CONTENT, text)]
    assert text[slice(*passage(text, marks))] == "Moscow denies it."


def test_a_passage_covers_every_sentence_with_evidence_in_the_paragraph() -> None:
    marks = [marked("He", Kind.MENTION), *DENIAL[1:]]
    start, end = passage(TEXT, marks)
    assert TEXT[start:end].strip() == "He left. Moscow denies planning to attack Ukraine."


def test_evidence_in_another_paragraph_does_not_stretch_the_passage() -> None:
    marks = [marked("again", Kind.MENTION), *DENIAL[1:]]
    start, end = passage(TEXT, marks)
    assert "Next line" not in TEXT[start:end]


def test_a_passage_without_an_end_in_sight_is_cut() -> None:
    text = "a" * 10_000 + " denies it " + "b" * 10_000
    marks = [marked("denies", Kind.CUE, text), marked("it", Kind.CONTENT, text)]
    start, end = passage(text, marks)
    assert text.index("denies") - start == REACH
    assert end - text.index("it ") - 2 == REACH


def test_a_very_long_content_is_cut() -> None:
    text = "said " + "word " * 2_000
    marks = [marked("said", Kind.CUE, text), Mark(5, len(text), Kind.CONTENT)]
    start, end = passage(text, marks)
    assert end - start == LONGEST


def test_overlapping_marks_share_a_piece() -> None:
    start, end = passage(TEXT, DENIAL)
    assert [(piece.text, piece.kinds) for piece in pieces(TEXT, start, end, DENIAL)] == [
        ("Moscow", ("mention",)),
        (" ", ()),
        ("denies", ("cue",)),
        (" ", ()),
        ("planning to attack ", ("content",)),
        ("Ukraine", ("content", "target")),
        (". ", ()),
    ]


def test_a_piece_carries_the_numbers_of_the_stances_that_end_with_it() -> None:
    content = DENIAL[2]
    cut = pieces(TEXT, 0, len(TEXT), [content], [(content.end, 2), (content.end, 1)])
    assert [(piece.text, piece.notes) for piece in cut if piece.notes] == [("planning to attack Ukraine", (1, 2))]


KINDS = st.sampled_from(list(Kind))
MARKS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20), KINDS), max_size=8)


@UNHURRIED
@given(st.text(min_size=60, max_size=60), MARKS, st.integers(0, 30), st.integers(31, 60))
def test_pieces_joined_are_the_text_and_carry_exactly_the_marks_over_them(
    text: str, spans: list[tuple[int, int, Kind]], start: int, end: int
) -> None:
    marks = [Mark(left, left + length, kind) for left, length, kind in spans]
    cut = pieces(text, start, end, marks)
    assert "".join(piece.text for piece in cut) == text[start:end]
    at = start
    for piece in cut:
        for offset in range(at, at + len(piece.text)):
            over = {mark.kind.value for mark in marks if mark.start <= offset < mark.end}
            assert set(piece.kinds) == over
        at += len(piece.text)


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        # a mark over the end of a line goes on in the next paragraph
        ([Piece("one\ntwo", ("content",))], [[Piece("one", ("content",))], [Piece("two", ("content",))]]),
        # empty lines make no paragraph
        ([Piece("one\n\n \ntwo")], [[Piece("one")], [Piece("two")]]),
        # a number stays at the end of its piece
        ([Piece("a\nb", (), (3,))], [[Piece("a")], [Piece("b", (), (3,))]]),
    ],
)
def test_text_is_parted_at_its_lines(cut: list[Piece], expected: list[list[Piece]]) -> None:
    assert paragraphs(cut) == expected
