"""Text repair mends what scraping broke, leaves clean text alone, and always finds the way back."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.extraction.damage import damage
from claims.extraction.repair import Repaired, repair
from claims.extraction.types import Span
from tests.extraction.repair_cases import MENDED, NAMES, UNCHANGED_SENTENCES, UNCHANGED_WORDS

# A busy machine is no fault of the code.
UNHURRIED = settings(deadline=None)

# Context in which a glued word or a lost apostrophe would be mended if the word were one.
FRAMES = ("{}", "The {} military alliance has said", "He met {} officials, {}.", "in {} on Monday")


@pytest.mark.parametrize(("damaged", "mended"), MENDED)
def test_it_mends(damaged: str, mended: str) -> None:
    assert repair(damaged, names=NAMES).text == mended


@pytest.mark.parametrize(("damaged", "mended"), MENDED)
def test_what_is_mended_stays_as_it_is(damaged: str, mended: str) -> None:
    assert repair(mended, names=NAMES).text == mended


@pytest.mark.parametrize("word", UNCHANGED_WORDS)
@pytest.mark.parametrize("frame", FRAMES)
def test_it_leaves_words_that_only_look_glued(frame: str, word: str) -> None:
    text = frame.format(word, word)
    assert repair(text, names=NAMES).text == text


@pytest.mark.parametrize("text", UNCHANGED_SENTENCES)
def test_it_leaves_clean_text(text: str) -> None:
    repaired = repair(text, names=NAMES)
    assert repaired.text == text
    assert not repaired.is_changed


def test_it_gives_the_raw_words_behind_mended_ones() -> None:
    raw = "The UShas said Ukraines Crimea"
    repaired = repair(raw)
    assert repaired.text == "The US has said Ukraine's Crimea"
    assert raw[slice(*repaired.to_raw(4, 6))] == "US"
    assert raw[slice(*repaired.to_raw(7, 10))] == "has"
    assert raw[slice(*repaired.to_raw(4, 10))] == "UShas"
    start = repaired.text.index("Ukraine's")
    assert raw[slice(*repaired.to_raw(start, start + len("Ukraine's")))] == "Ukraines"
    assert raw[slice(*repaired.to_raw(start, start + len("Ukraine")))] == "Ukraine"


def test_it_finds_raw_words_in_the_mended_text() -> None:
    repaired = repair("The UShas said Ukraines Crimea")
    assert repaired.to_repaired(4, 6) == Span(4, 6)
    assert repaired.to_repaired(6, 9) == Span(7, 10)
    assert repaired.to_repaired(4, 9) == Span(4, 10)


def test_a_character_put_in_has_no_width_in_the_raw_text() -> None:
    repaired = repair("The UShas agreed")
    assert repaired.to_raw(6, 7) == Span(6, 6)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, 100)])
def test_it_refuses_offsets_outside_the_text(start: int, end: int) -> None:
    repaired = repair("The UShas agreed")
    with pytest.raises(ValueError, match="are not within a text of"):
        repaired.to_raw(start, end)
    with pytest.raises(ValueError, match="are not within a text of"):
        repaired.to_repaired(start, end)


WORDS = sorted({word for damaged, mended in MENDED for word in (damaged + " " + mended).split()})
ANY_TEXT = (
    st.text(max_size=80)
    | st.lists(
        st.sampled_from([*WORDS, *UNCHANGED_WORDS, "\u00a0", "\u200b", "  ", "\n", "-", ".", ",", "é", "’"]),
        max_size=15,
    ).map(" ".join)
    | st.lists(st.sampled_from([*WORDS, ".", ",", " ", "-", "2014", "Jan"]), max_size=12).map("".join)
)


@UNHURRIED
@given(ANY_TEXT)
@example("soil.  Moscow\u00a0UShas.The USRussia")
@example("UNhas UShas.TheUShasUShas,and\u200b\u200b")
def test_repairing_twice_is_repairing_once(text: str) -> None:
    once = repair(text, names=NAMES).text
    assert repair(once, names=NAMES).text == once


@UNHURRIED
@given(ANY_TEXT)
@example("a\u200b\u200b USin Jan10  -Russia")
def test_every_character_that_was_not_put_in_is_the_raw_one(text: str) -> None:
    repaired = repair(text, names=NAMES)
    origins = [repaired.to_raw(at, at + 1) for at in range(len(repaired.text))]
    for at, (start, end) in enumerate(origins):
        character = repaired.text[at]
        if start == end:
            assert character in " '-"
        else:
            raw = text[start:end]
            assert raw == character or (raw.isspace() and character == " ")
            assert repaired.to_repaired(start, end) == Span(at, at + 1)
    starts = [start for start, _ in origins]
    assert starts == sorted(starts)
    dropped = set(range(len(text))) - {start for start, end in origins if start < end}
    assert all(text[at].isspace() or text[at] in "\u200b\u2060\ufeff\u00ad" for at in dropped)


@UNHURRIED
@given(ANY_TEXT, st.data())
def test_spans_map_in_order(text: str, data: st.DataObject) -> None:
    repaired = repair(text, names=NAMES)
    start = data.draw(st.integers(0, len(repaired.text)))
    end = data.draw(st.integers(start, len(repaired.text)))
    raw = repaired.to_raw(start, end)
    assert 0 <= raw.start <= raw.end <= len(text)
    back = repaired.to_repaired(*raw)
    assert raw.start == raw.end or (start <= back.start <= back.end <= end)


@UNHURRIED
@given(st.integers(0, 10_000), st.sampled_from(UNCHANGED_SENTENCES))
def test_what_is_mended_in_damaged_text_stood_in_the_clean_text(seed: int, clean: str) -> None:
    damaged = damage(clean, random.Random(seed), glue=1.0)
    repaired: Repaired = repair(damaged.text, names=NAMES)
    for at in range(len(repaired.text)):
        start, end = repaired.to_raw(at, at + 1)
        if start < end and start < len(damaged.origins):
            assert clean[damaged.origins[start]] == repaired.text[at]


def test_hostile_text_takes_linear_time() -> None:
    for piece in ("US", "a", "USin", " ", "-", ".", "Jan1", "a,", "a.A", "\u200b", "@", "US ", "Xs ", "a. "):
        text = piece * 20_000
        assert repair(text).raw == text
