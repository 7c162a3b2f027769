"""Timing and watching memory, with work of a known size."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from claims.evaluation.bench import short_articles, time_extraction, watch_memory
from claims.extraction.types import ArticleText, Span

TITLE = "Norway Warns Sweden"
HEADER = f"{TITLE}\n20220101\nhttps://example.org/\n"
TEXT = HEADER + "Oslo said it would wait.\n\nStockholm agreed with Oslo.\n"
ARTICLE = ArticleText("one", TEXT, Span(0, len(TITLE)), len(HEADER))


def work(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


@Language.component("takes_its_time")
def takes_its_time(doc: Doc) -> Doc:
    work(0.01)
    return doc


def test_the_ratio_is_the_processor_time_of_both() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("takes_its_time")
    turns: list[int] = []

    def read(articles: Sequence[ArticleText]) -> None:
        # Three lines take the pipeline 0.03 seconds; waiting takes no processor time.
        time.sleep(0.05)
        work(0.09 * len(articles))

    timing = time_extraction(read, nlp, [ARTICLE], repeats=3, watch=lambda: turns.append(1))
    assert timing["ratio"] == pytest.approx(3, rel=0.3)
    assert timing["words_per_second"] == pytest.approx(12 / 0.09, rel=0.3)
    assert timing["peak_mb"] > 0
    assert len(turns) == 4


def test_short_articles_are_in_the_seed_format_with_names_of_their_own() -> None:
    made = list(short_articles([ARTICLE], 50))
    assert len({article.name for article in made}) == 50
    assert len({article.text for article in made}) == 50
    for article in made:
        lines = article.text.split("\n")
        assert lines[0] == article.text[slice(*article.title_span)]
        assert article.text[article.body_start :].split("\n")[:2] == lines[3:5]
    assert made == list(short_articles([ARTICLE], 50))


def test_memory_that_is_kept_is_seen() -> None:
    kept: list[bytearray] = []
    batches: list[int] = []

    def read(articles: Sequence[ArticleText]) -> None:
        batches.append(len(articles))
        # What is kept of the first 128 articles is loaded once; written to, so that the system has to give it.
        kept.append(bytearray(b"x") * 2**20 * (50 if len(batches) > 4 else 1))

    growth = watch_memory(read, [ARTICLE], 170)
    assert batches == [32, 32, 32, 32, 32, 10]
    assert growth["articles"] == 170
    assert growth["growth_mb"] == pytest.approx(100, rel=0.2)


def test_memory_that_is_given_back_does_not_count() -> None:
    assert watch_memory(lambda articles: bytearray(2**20), [ARTICLE], 10)["growth_mb"] < 20
