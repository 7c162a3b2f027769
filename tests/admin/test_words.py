"""Words that a person typed are found in the article, the nearest first."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from claims.admin.words import locate, same_words

TEXT = "one two\r\nthree one two"


@pytest.mark.parametrize(
    ("words", "near", "found"),
    [
        ("one", 0, (0, 3)),
        ("one", 12, (15, 18)),
        ("two", 8, (4, 7)),  # 4 is nearer to 8 than 19
        ("two\r\nthree", 0, (4, 14)),
        ("two\nthree", 0, (4, 14)),  # the article's own line break is of two characters
    ],
)
def test_the_nearest_place_is_found(words: str, near: int, found: tuple[int, int]) -> None:
    assert locate(TEXT, words, near=near) == found


def test_a_browsers_line_break_is_found_in_a_text_with_plain_ones() -> None:
    assert locate("one\ntwo", "one\r\ntwo", near=0) == (0, 7)


@pytest.mark.parametrize("words", ["four", "One", "two one", "two three"])
def test_other_words_are_not_found(words: str) -> None:
    with pytest.raises(ValidationError):
        locate(TEXT, words, near=0)


def test_line_breaks_make_no_difference_between_words() -> None:
    assert same_words("a\r\nb", "a\nb")
    assert not same_words("a b", "a\nb")
