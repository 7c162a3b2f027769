"""Articles in scraped form keep their lines, date and address, and the way back to the clean text."""

from __future__ import annotations

import pytest

from claims.evaluation.scraped import scrape
from claims.extraction.types import ArticleText, Span

TITLE = "The “US has” denied it"
HEADER = f"{TITLE}\n20220101\nhttps://example.org/a?b=1\n"
BODY = "“Ukraine’s Crimea” (2014): 30% on Jan 10.\n\nKyiv's café said no.\n"
ARTICLE = ArticleText("one", HEADER + BODY, Span(0, len(TITLE)), len(HEADER))


def test_title_and_body_are_damaged_and_the_rest_stays() -> None:
    damaged = scrape(ARTICLE, 1, glue=1.0, apostrophes=1.0).article
    assert damaged.text == (
        "The UShas denied it\n20220101\nhttps://example.org/a?b=1\n"
        "Ukraines Crimea 2014 30 on Jan10.\n\nKyivs caf said no.\n"
    )
    assert damaged.text[slice(*damaged.title_span)] == "The UShas denied it"
    assert damaged.text[damaged.body_start :].startswith("Ukraines")


def test_every_character_says_where_it_stood() -> None:
    scraped = scrape(ARTICLE, 7)
    assert [ARTICLE.text[origin] for origin in scraped.origins] == list(scraped.article.text)
    assert list(scraped.origins) == sorted(scraped.origins)


def test_damage_goes_by_seed_and_name() -> None:
    assert scrape(ARTICLE, 3) == scrape(ARTICLE, 3)
    texts = {scrape(ARTICLE, seed, glue=0.5, apostrophes=0.5).article.text for seed in range(20)}
    assert len(texts) > 1


def test_evidence_comes_back_in_the_words_of_the_clean_text() -> None:
    scraped = scrape(ARTICLE, 1, glue=1.0, apostrophes=1.0)
    start = scraped.article.text.index("Ukraines Crimea")
    record = {
        "content": "Ukraines Crimea",
        "target": None,
        "spans": {"content": [start, start + len("Ukraines Crimea")], "target": None},
    }
    assert scraped.in_clean_words(record)["content"] == "Ukraine’s Crimea"
    assert scraped.in_clean_words(record)["target"] is None


@pytest.mark.parametrize("title", ["“”", "Ё"])
def test_a_title_of_which_nothing_would_be_left_stays(title: str) -> None:
    header = f"{title}\n20220101\nhttps://example.org/\n"
    scraped = scrape(ArticleText("one", header + BODY, Span(0, len(title)), len(header)), 1)
    assert scraped.article.text.startswith(header)
    assert scraped.article.title_span == Span(0, len(title))
