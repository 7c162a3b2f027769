"""Damage loses what scraping loses, keeps the rest in order, and repeats itself for the same seed."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.damage import KEPT, damage

# A busy machine is no fault of the code.
UNHURRIED = settings(deadline=None)

CLEAN = "The US has denied it. “Ukraine’s Crimea” (2014): 30% on Jan 10, said Kyiv's café."


def test_it_drops_what_scraping_drops_and_glues_what_stood_together() -> None:
    damaged = damage(CLEAN, random.Random(1), glue=1.0, apostrophes=1.0)
    assert damaged.text == "The UShas denied it. Ukraines Crimea 2014 30 on Jan10, said Kyivs caf."


def test_it_only_drops_characters_where_nothing_is_glued() -> None:
    damaged = damage(CLEAN, random.Random(1), glue=0.0, apostrophes=0.0)
    assert damaged.text == "The US has denied it. Ukraines Crimea 2014 30 on Jan 10, said Kyiv's caf."


def test_the_same_seed_gives_the_same_text() -> None:
    text = CLEAN * 20
    assert damage(text, random.Random(7)) == damage(text, random.Random(7))
    assert damage(text, random.Random(7)) != damage(text, random.Random(8))


@UNHURRIED
@given(st.text(), st.integers())
def test_every_character_left_says_where_it_stood(text: str, seed: int) -> None:
    damaged = damage(text, random.Random(seed))
    assert [text[origin] for origin in damaged.origins] == list(damaged.text)
    assert list(damaged.origins) == sorted(set(damaged.origins))
    assert set(damaged.text) <= KEPT
