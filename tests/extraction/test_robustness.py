"""Odd texts: extraction ends in time, breaks on nothing, and finds no stances where nobody takes one."""

from __future__ import annotations

import time

import pytest
from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.extract import extract
from tests.extraction.texts import article, told

#: Seconds of processor time that the largest of these texts may take, some five times what they do.
LONG = 90


def stances(nlp: Language, registry: Registry, *lines: str, title: str = "Notes of the day") -> list[str]:
    """What is found in an article of ``lines``; every span is checked to lie within the text."""
    text = article(*lines, title=title)
    with nlp.memory_zone():
        found = extract(text, registry, nlp=nlp)
    for stance in found:
        for span in (stance.cue, stance.content, stance.target, stance.actor.mention):
            assert span is None or 0 <= span.start < span.end <= len(text.text)
    return [told(stance, text.text) for stance in found]


NOBODY_SPEAKS = {
    "German": [
        "Die Bundesregierung hat die Vorwürfe aus Moskau am Montag zurückgewiesen.",
        "Der Minister sagte in Berlin, die Sanktionen gegen Russland würden verlängert.",
        "„Wir werden nicht nachgeben“, sagte der Kanzler. China warnt die USA.",
        "EU fordert Reformen",
        "Biden: Wir werden Ukraine unterstützen",
    ],
    "French": [
        "Le président a déclaré que la France ne céderait pas aux menaces de Moscou.",
        "« Nous refusons cet accord », a dit le ministre, selon l'agence Reuters.",
        "Israel accuse le Hamas de violations",
        "Iran refuse l'accord",
        "Biden propose un plan.",
    ],
    "Russian": [
        "Президент России Владимир Путин заявил, что Москва не планирует нападать на Украину.",
        "МИД отверг всё.",
    ],
    "Chinese": ["中国外交部发言人汪文斌表示，中方坚决反对美国对台军售。", "“我们要求美方立即停止”，他说。"],
    "Arabic": ["قال الرئيس الروسي فلاديمير بوتين إن موسكو لا تخطط لمهاجمة أوكرانيا.", "ونفت وزارة الخارجية الاتهامات."],
    "narrative": ["It rained.", "The road was closed in 2014 and opened again in spring.", "Trains ran late."],
    "table": ["Country\tGDP\tGrowth", "Norway\t500\t2.1%", "Russia | 1,500 | -2.1 | said", "Total   2600   1.0"],
    "list": ["- Norway", "* Russia: 1", "1. China", "2) US", "• The EU", "Key points:"],
    "scores": ["Norway 2-1 Sweden (aet)", "Haaland 45+2', 67'", "10:30", "MATCH REPORT"],
    "numbers": ["1 2 3 4 5", "1,000.50 -3% 2014-01-01", "10:30 12/12/2012 +47 22 33 44", "3.14159 " * 500],
    "addresses": [
        "https://example.org/norway-says-sweden-denies-road",
        "www.said.example/denies",
        "norway@said.example",
    ],
    "left of a page": [
        "<script>alert('Russia said hi')</script>",
        '<div class="said">',
        "{{ said }} {% Russia %}",
        "function said(a,b){return a+b;}",
        "Home | News | World | Sport",
        "Share on Facebook | Tweet | Email | Print",
        "Sign up for our newsletter",
        "Tags: Russia, Ukraine, sanctions",
        "Reporting by Jane Doe; Editing by Bill Trott",
        "Copyright 2022. All rights reserved.",
    ],
    "marks": ["?!?!?!", "... --- ...", "(((((((((((", "]]]]]", '"""" “““ ””” \'\' "', "😀😀😀😀", "\u200b\u200b\u200b"],
    "stammering": ["said said said said said", "the the the the", "that that that that that is is"],
    "nothing": ["", "   ", "\t\t", "\u2028", "\ufeff"],
}


@pytest.mark.parametrize("lines", NOBODY_SPEAKS.values(), ids=NOBODY_SPEAKS)
def test_nothing_is_found_where_nobody_takes_a_position(nlp: Language, registry: Registry, lines: list[str]) -> None:
    assert stances(nlp, registry, *lines) == []


QUESTIONS = [
    "Did Russia deny the report?",
    "Will China back the plan?",
    "Does Norway want a new bridge?",
    "And has the minister promised to resign?",
    "Is Norway demanding that the road be closed?",
    # Scraping loses the question mark.
    "Did Russia deny the report",
]


@pytest.mark.parametrize("line", QUESTIONS)
def test_a_question_asserts_nothing(nlp: Language, registry: Registry, line: str) -> None:
    assert stances(nlp, registry, line) == []


def test_an_auxiliary_stands_first_without_a_question_too(nlp: Language, registry: Registry) -> None:
    assert stances(nlp, registry, "Only then did Russia deny the report.") == ["Russia denies: the report"]


SOMEBODY_SPEAKS = [
    # Capitals throughout.
    ("RUSSIA DENIES PLANNING TO ATTACK UKRAINE.", ["Russia denies: PLANNING TO ATTACK UKRAINE"]),
    ("A SENIOR MINISTER SAID ON FRIDAY THAT THE ROAD WAS CLOSED.", ["a senior minister states: THE ROAD WAS CLOSED"]),
    # Emojis round words.
    ("🇺🇦 Ukraine 😡 said 🚀 the road is closed", ["Ukraine states: the road is closed"]),
    # Zero-width characters within and between words.
    ("Norway\u200b said\u200d the road\ufeff is closed.", ["Norway states: the road\ufeff is closed"]),
    # A quotation that is closed and never opened.
    ("Norway said the road is closed.”", ["Norway states: the road is closed"]),
]


@pytest.mark.parametrize(("line", "expected"), SOMEBODY_SPEAKS)
def test_odd_characters_hide_no_stance(nlp: Language, registry: Registry, line: str, expected: list[str]) -> None:
    assert stances(nlp, registry, line) == expected


def test_an_english_line_is_read_in_an_article_of_another_language(nlp: Language, registry: Registry) -> None:
    english = "The Foreign Ministry of Norway said on Monday that the road to the port would be closed before winter."
    found = stances(nlp, registry, *NOBODY_SPEAKS["German"], english)
    assert len(found) == 1
    assert found[0].endswith("states: the road to the port would be closed before winter")


TRANSCRIPT = (
    "Q: So what about the road?",
    "MR PRICE: We have seen the reports. The secretary warned Russia that the bridge would be next.",
    "QUESTION: And the bridge?",
    "MODERATOR: Next question, please.",
)


def test_a_transcript_gives_what_its_speakers_say_and_no_question(nlp: Language, registry: Registry) -> None:
    found = stances(nlp, registry, *TRANSCRIPT)
    assert found[-1].endswith("warns to Russia: the bridge would be next")
    assert all("PRICE" in each for each in found)


ENDLESS = {
    "a sentence of 5,000 words": [
        "the minister and the mayor of the old town with the big river near the new bridge " * 300
        + "said the road was closed."
    ],
    "a list of 1,700 clauses": ["Norway said " + ", ".join(f"item{i} was new" for i in range(1700)) + "."],
    "a line of 1,000 sentences": [" ".join(f"Norway said the road {i} would stay open." for i in range(1000))],
    "a word of 200,000 letters": ["a" * 200_000],
    "sources in sources": [" ".join(["Norway said"] * 800) + " the road is open."],
    "a quotation without end": ["“" + "we will wait and see the road " * 1500],
    "quotation marks alone": ["“" * 3000, '"' * 999, '"No" ' * 800 + "said he."],
    "marks on one letter": ["N" + "\u0301" * 5000 + "orway said that it is open."],
}


@pytest.mark.parametrize("lines", ENDLESS.values(), ids=ENDLESS)
def test_what_has_no_end_is_read_in_time(nlp: Language, registry: Registry, lines: list[str]) -> None:
    began = time.process_time()
    stances(nlp, registry, *lines)
    assert time.process_time() - began < LONG


def test_ten_thousand_short_lines_are_read_in_time(nlp: Language, registry: Registry) -> None:
    kinds = ("1,234.5", "It rained.", "", "- - -", "Norway denied the report.")
    lines = [kinds[0 if number % 20 else number // 20 % len(kinds)] for number in range(10_000)]
    began = time.process_time()
    found = stances(nlp, registry, *lines)
    assert time.process_time() - began < LONG
    assert found == ["Norway denies: the report"] * 100
