"""Which texts are copies of one another: scraping, other headlines and cut ends make none different."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.copies.sketch import bands, likeness, shingles
from claims.extraction.damage import damage
from tests.copies.stories import OTHER, SAME_EVENT, WIRE, body_lines


def shuffled(text: str) -> str:
    sentences = text.split("\n")
    random.Random(7).shuffle(sentences)
    return "\n".join(sentences)


SCRAPED = damage(WIRE, random.Random(3), glue=1.0).text


def are_copies(one: str, other: str) -> bool:
    return likeness(shingles(one), shingles(other)).is_copy


def share_a_band(one: str, other: str) -> bool:
    return bool(set(bands(shingles(one))) & set(bands(shingles(other))))


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(WIRE, id="the same text"),
        pytest.param(SCRAPED, id="as scraping leaves it"),
        pytest.param(shuffled(WIRE), id="sentences out of order"),
        pytest.param(shuffled(SCRAPED), id="both"),
        pytest.param(WIRE.replace("\n", " "), id="in one line"),
        pytest.param(WIRE.upper().lower(), id="small letters"),
        pytest.param(body_lines(8), id="its end cut off"),
        pytest.param(damage(body_lines(8), random.Random(5)).text, id="its end cut off, scraped"),
        pytest.param("GENEVA (Wire) - " + WIRE + "\nReporting by A. Writer; editing by B. Reader.", id="with credits"),
        pytest.param(WIRE.replace("Tuesday", "yesterday").replace("some 300", "300"), id="edited lightly"),
        pytest.param(WIRE.replace("’", "'").replace('"', "“"), id="other quotation marks"),
    ],
)
def test_a_copy_is_one_whatever_outlets_and_scraping_did_to_it(copy: str) -> None:
    assert are_copies(WIRE, copy)
    assert share_a_band(WIRE, copy)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(SAME_EVENT, id="the same event and a quotation of it"),
        pytest.param(OTHER, id="another story"),
        pytest.param(body_lines(1) + "\n" + OTHER, id="another story with a sentence of it"),
        pytest.param("", id="nothing"),
        pytest.param(body_lines(1)[:60], id="too short to tell"),
    ],
)
def test_other_stories_are_no_copies(other: str) -> None:
    assert not are_copies(WIRE, other)


def test_short_texts_tell_too_little_even_if_they_are_the_same() -> None:
    assert shingles("Talks failed. No more was said.") == frozenset()
    assert not are_copies("Talks failed.", "Talks failed.")


def test_the_same_text_has_the_same_bands_in_every_version() -> None:
    # Stored bands are compared with those of later imports: if this fails, SCHEME has to go up.
    assert bands(shingles(WIRE))[:2] == [3992631371107413544, 3984155986390199315]


@settings(max_examples=25)
@given(st.text(max_size=2_000))
def test_any_text_has_a_sketch_or_none(text: str) -> None:
    keys = bands(shingles(text))
    assert len(keys) in (0, 24)
    assert all(-(2**63) <= key < 2**63 for key in keys)
