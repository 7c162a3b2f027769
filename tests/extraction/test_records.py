"""Records of stances: the order of the first fields, plain JSON, and the way back."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.claims import normal_wording
from claims.extraction.records import from_record, to_record
from claims.extraction.types import (
    Act,
    ActorRef,
    ArticleText,
    ExtractedLink,
    ExtractedStance,
    Plover,
    Quotation,
    Side,
    Span,
)

TEXT = "Title\n20211230\nhttps://e.org\nPeskov said Putin had warned Biden that new sanctions could rupture ties.\n"
ARTICLE = ArticleText("a", TEXT, Span(0, 5), TEXT.index("Peskov"), dt.date(2021, 12, 30), "https://e.org")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


STANCE = ExtractedStance(
    line=4,
    actor=ActorRef("Vladimir Putin", "vladimir-putin", span("Putin")),
    cue=span("warned"),
    content=span("new sanctions could rupture ties"),
    act=Act.WARNS,
    side=Side.AGAINST,
    target=span("new sanctions"),
    addressees=(ActorRef("Joe Biden", "joe-biden", span("Biden")),),
    chain=(
        ExtractedLink(ActorRef("Peskov", "", span("Peskov"), ("dmitry-peskov", "a-peskov")), span("said"), Act.STATES),
    ),
    future=True,
    confidence=0.8,
    rule="verb",
)


def test_a_record_begins_with_the_fields_of_marked_stances_in_words() -> None:
    record = to_record(ARTICLE, STANCE)
    assert list(record.items())[:11] == [
        ("article", "a"),
        ("line", 4),
        ("actor", "Vladimir Putin"),
        ("mention", "Putin"),
        ("via", ["Peskov"]),
        ("to", ["Joe Biden"]),
        ("act", "warns"),
        ("cue", "warned"),
        ("content", "new sanctions could rupture ties"),
        ("target", "new sanctions"),
        ("side", "against"),
    ]


def test_what_is_not_known_is_null() -> None:
    bare = ExtractedStance(4, ActorRef("a source"), span("said"), span("ties"), None, None, None)
    record = to_record(ARTICLE, bare)
    unknown = [name for name, value in record.items() if value is None]
    assert unknown == ["mention", "act", "target", "side", "target_actor", "plover", "said_on"]
    assert (record["actor_slug"], record["via"], record["to"]) == ("", [], [])


spans = st.tuples(st.integers(0, 40), st.integers(41, 80)).map(lambda pair: Span(*pair))
refs = st.builds(
    ActorRef, st.text(min_size=1), st.text(), st.none() | spans, st.lists(st.text()).map(lambda slugs: tuple(slugs))
)
acts = st.none() | st.sampled_from(Act)


@given(
    st.builds(
        ExtractedStance,
        line=st.integers(1),
        actor=refs,
        cue=spans,
        content=spans,
        act=acts,
        side=st.none() | st.sampled_from(Side),
        target=st.none() | spans,
        plover=st.none() | st.sampled_from(Plover),
        target_actor=st.none() | refs,
        addressees=st.lists(refs).map(tuple),
        chain=st.lists(st.builds(ExtractedLink, refs, st.none() | spans, acts)).map(tuple),
        negated=st.booleans(),
        conditional=st.booleans(),
        future=st.booleans(),
        quotation=st.sampled_from(Quotation),
        said_on=st.none() | st.dates(),
        confidence=st.floats(0, 1),
        rule=st.text(),
    )
)
def test_a_stance_comes_back_from_its_record_through_json(stance: ExtractedStance) -> None:
    assert from_record(json.loads(json.dumps(to_record(ARTICLE, stance)))) == stance


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"act": "shouts"}, ValueError),
        ({"spans": {}}, KeyError),
        ({"spans": None}, TypeError),
        ({"said_on": "x"}, ValueError),
    ],
)
def test_a_record_of_another_form_is_refused(change: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        from_record({**to_record(ARTICLE, STANCE), **change})


@pytest.mark.parametrize(
    ("content", "wording"),
    [
        ("planning to attack Ukraine", "planning to attack Ukraine"),
        # white space of any sort, line ends included
        ("  planning \n to\u00a0attack ", "planning to attack"),
        ("that the West would regret it", "the West would regret it"),
        ("That that is so", "that is so"),
        # a word that only begins like it
        ("thatched roofs burn", "thatched roofs burn"),
        ("“the West would regret it.”", "the West would regret it"),
        ("that “the talks go on”,", "the talks go on"),
        ("the U.S. attacks", "the U.S. attacks"),
        ("will it attack?", "will it attack?"),
        (" – ", ""),
        ("“...”", ""),
        ("", ""),
    ],
)
def test_a_wording_loses_what_is_not_claimed(content: str, wording: str) -> None:
    assert normal_wording(content) == wording
