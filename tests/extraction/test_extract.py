"""The door to extraction: offsets, flags, damaged and odd texts."""

from __future__ import annotations

import datetime as dt

import pytest
from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.extract import MAX_LINE, dateline_end, extract, lines_of, recase
from claims.extraction.types import Quotation, Side
from tests.extraction.texts import article

SCRAPED = "The UShas repeatedly warned Moscow it will impose sanctions if Russia attacks Ukraines east again."


def test_offsets_address_the_raw_text_of_a_damaged_line(nlp: Language, registry: Registry) -> None:
    text = article("First line.", SCRAPED)
    (stance,) = extract(text, registry, nlp=nlp)
    words = [text.text[span.start : span.end] for span in (stance.cue, stance.content) if span]
    assert words == ["warned", "it will impose sanctions if Russia attacks Ukraines east again"]
    assert stance.actor.name == "United States"
    assert stance.line == 5
    assert text.text[stance.actor.mention.start : stance.actor.mention.end].endswith("US")  # type: ignore[union-attr]


def test_every_span_lies_in_its_line(nlp: Language, registry: Registry) -> None:
    text = article("Poland said the wall would stay.", "It rejected the ruling, the court said.", SCRAPED)
    for stance in extract(text, registry, nlp=nlp):
        start = sum(len(line) + 1 for line in text.text.split("\n")[: stance.line - 1])
        end = start + len(text.text.split("\n")[stance.line - 1])
        for span in (stance.cue, stance.content, stance.target, stance.actor.mention):
            if span is not None:
                assert start <= span.start < span.end <= end


def test_the_title_is_read_as_a_line_of_its_own(nlp: Language, registry: Registry) -> None:
    text = article("The talks were held in Geneva.", title="China rejects the accusations")
    (stance,) = extract(text, registry, nlp=nlp)
    assert (stance.line, stance.actor.name, stance.act) == (1, "China", "denies")


TITLES = [
    # Names get the capitals they have in the body.
    (
        "China warns us over taiwan",
        "Talks on Taiwan failed, and the US knew.",
        "China warns US over Taiwan",
    ),
    # A title with capitals of its own is left alone, and so are words the body lacks or writes small.
    ("China warns US over Taiwan", "It was in taiwan.", "China warns US over Taiwan"),
    ("Ministry denies reports", "The ministry denied it.", "Ministry denies reports"),
    ("", "Nothing.", ""),
]


@pytest.mark.parametrize(("title", "body", "expected"), TITLES)
def test_a_title_gets_back_its_capitals(title: str, body: str, expected: str) -> None:
    assert recase(title, body) == expected


def test_an_overlong_line_is_read_in_pieces_that_lose_nothing() -> None:
    text = article("Poland said the wall would stay. " * (2 * MAX_LINE // 33 + 1))
    pieces = lines_of(text)[1:]
    assert len(pieces) > 2
    assert all(len(piece.reading.raw) <= MAX_LINE for piece in pieces)
    assert "".join(piece.reading.raw for piece in pieces) == text.text[text.body_start :].rstrip()


FLAGS = [
    ("Iran warned it will respond if the raids go on.", {"conditional": True, "future": True}),
    ("Turkey does not support the motion.", {"negated": True, "conditional": False}),
    ("Joe Biden said: “The border is open.”", {"quotation": Quotation.DIRECT}),
    ("Joe Biden said the border was “wide open” now.", {"quotation": Quotation.MIXED}),
    ("Joe Biden said the border was open.", {"quotation": Quotation.INDIRECT, "future": False}),
    ("Sweden condemned the attack.", {"side": Side.AGAINST}),
    ("Japan welcomed the agreement.", {"side": Side.FOR}),
    ("Canada demanded the withdrawal of the troops.", {"side": Side.AGAINST}),
    ("Poland said on Tuesday the wall would stay.", {"said_on": dt.date(2022, 1, 18)}),
    ("Poland said the wall would stay.", {"said_on": None}),
]


@pytest.mark.parametrize(("sentence", "expected"), FLAGS, ids=[sentence for sentence, _ in FLAGS])
def test_it_tells_how_it_was_meant(
    sentence: str, expected: dict[str, object], nlp: Language, registry: Registry
) -> None:
    (stance,) = extract(article(sentence), registry, nlp=nlp)
    assert {name: getattr(stance, name) for name in expected} == expected


TARGETS = [
    ("Sweden condemned the brutal attack on the embassy in June.", "the brutal attack on the embassy"),
    ("Canada urged Israel to open the northern crossing.", "the northern crossing"),
    ("Egypt said the new dam could damage its fields.", "the new dam"),
    ("Kenya accused Somalia of hiding the rebels.", "Somalia"),
    # The name of who is told is no part of the target.
    ("Vladimir Putin told Joe Biden new sanctions could hurt trade.", "new sanctions"),
    ("Iran warned it will respond if Israel strikes its ports.", "its ports"),
]


@pytest.mark.parametrize(("sentence", "target"), TARGETS, ids=[sentence for sentence, _ in TARGETS])
def test_it_finds_what_the_position_is_on(sentence: str, target: str, nlp: Language, registry: Registry) -> None:
    text = article(sentence)
    found = [stance.target for stance in extract(text, registry, nlp=nlp)]
    assert [text.text[span.start : span.end] if span else None for span in found] == [target]


ODD = [
    "",
    "     ",
    "...",
    "said said said said",
    "— — — “ ” \" '",
    "A" * 3_000,
    "POLAND SAID THE WALL WOULD STAY.",
    "Le gouvernement a dit que la frontière restait fermée.",
    "1 2 3 4 5 | 6 7 8 | total 36",
    "\u202eover\u202c \u200b zero \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "Q: Did he say that? A: " + "He said that she said that " * 40,
]


@pytest.mark.parametrize("line", ODD, ids=range(len(ODD)))
def test_odd_text_breaks_nothing(line: str, nlp: Language, registry: Registry) -> None:
    text = article(line, "Poland said the wall would stay.")
    found = extract(text, registry, nlp=nlp)
    assert "the wall would stay" in {text.text[stance.content.start : stance.content.end] for stance in found}


def test_the_same_text_gives_the_same_stances(nlp: Language, registry: Registry) -> None:
    text = article("Poland said the wall would stay.", SCRAPED)
    assert extract(text, registry, nlp=nlp) == extract(text, registry, nlp=nlp)


def test_without_a_date_no_office_is_guessed(nlp: Language, registry: Registry) -> None:
    undated = article("Ukraine's president called for calm.")
    undated = type(undated)(undated.name, undated.text, undated.title_span, undated.body_start, None)
    (stance,) = extract(undated, registry, nlp=nlp)
    assert (stance.actor.slug, stance.said_on) == ("", None)


DATELINES = [
    ("BONN (Reuters) - Germany said so.", "Germany said so."),
    ("BONN, March 3 (Reuters) - Germany said so.", "Germany said so."),
    ("GENEVA/BONN — Germany said so.", "Germany said so."),
    ("NEW YORK, BONN REUTERS -Germany said so.", "Germany said so."),
    ("BONN, July 25 The ministry said so.", "The ministry said so."),
    ("BONN, Germany (AP) — The ministry said so.", "The ministry said so."),
    # No dateline: an abbreviation or a shout begins the sentence.
    ("NATO said so on July 25.", None),
    ("UNICEF - the agency for children - said so.", None),
    ("US-Russia talks ended.", None),
    ("WHO Director Jane Roe said so.", None),
    ("Germany said so.", None),
]


@pytest.mark.parametrize(("line", "rest"), DATELINES, ids=[line for line, _ in DATELINES])
def test_a_dateline_is_no_part_of_the_sentence(line: str, rest: str | None) -> None:
    assert line[dateline_end(line) :] == (rest or line)
