"""The topics that come along recognise what belongs to them, and leave out what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.extraction.facts import read_facts, read_topics
from claims.patterns.matcher import Matcher
from claims.patterns.pattern import parse

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
TOPICS = read_topics(FIXTURES / "topics.jsonl")


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher({number: [parse(text) for text in topic.patterns] for number, topic in enumerate(TOPICS)})


def found(matcher: Matcher, text: str, *actors: str) -> set[str]:
    return {TOPICS[number].slug for number in matcher.topics([text], frozenset(actors))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia plans to invade Ukraine", {"attack-on-ukraine"}),
        ("new sanctions on Russia would hurt Europe", {"western-sanctions-on-russia"}),
        ("Germany will send tanks to Ukraine", {"weapons-for-ukraine"}),
        ("Finland should join NATO", {"nato-enlargement"}),
        ("Iran enriches uranium beyond the nuclear deal", {"iran-nuclear-programme"}),
        ("sanctions on Iran must be lifted", {"sanctions-on-iran"}),
        ("a ceasefire in Gaza is near", {"israel-and-hamas"}),
        ("Pyongyang fired another missile", {"north-korea-missiles"}),
        ("tariffs on Chinese goods will stay", {"us-china-trade"}),
        ("the recognition of Kosovo was a mistake", {"kosovo-and-serbia"}),
        # words of a topic in another sense
        ("the hostages were freed from the bank", set()),
        ("the missile missed", set()),
        ("Britain lifted sanctions on Zimbabwe", set()),
        ("the council will invade no privacy", set()),
    ],
)
def test_claims_come_into_their_topics_and_no_others(matcher: Matcher, text: str, expected: set[str]) -> None:
    assert found(matcher, text) == expected


def test_actors_bring_claims_in_that_no_word_would(matcher: Matcher) -> None:
    assert found(matcher, "the prisoners go free", "hamas") == {"israel-and-hamas"}
    assert found(matcher, "the border is closed", "armenia", "azerbaijan") == {"nagorno-karabakh"}


def test_the_actors_of_patterns_are_there(matcher: Matcher) -> None:
    assert matcher.actors - {actor.slug for actor in read_facts(FIXTURES / "actors")} == set()
