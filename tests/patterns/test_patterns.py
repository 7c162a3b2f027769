"""What a pattern of a topic fits, and what it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.patterns.matcher import Matcher
from claims.patterns.pattern import PatternError, parse
from claims.patterns.words import stem


def fits(pattern: str, text: str, actors: frozenset[str] = frozenset()) -> bool:
    return Matcher({1: [parse(pattern)]}).topics([text], actors) == {1}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        # a word in its forms
        ("sanction", "New sanctions were imposed"),
        ("sanctions", "They sanctioned the bank"),
        ("invade Ukraine", "Russia is invading Ukraine"),
        ("invade Ukraine", "Russia invaded Ukraine"),
        ("treaty", "Both treaties hold"),
        ("plan to attack", "Russia planned to attack"),
        # possessives of either sort, accents, the case of the first letter
        ("Iran nuclear programme", "Iran's nuclear programme goes on"),
        ("Erdogan", "Erdoğan’s visit"),
        ("attack on Ukraine", "Attack on Ukraine is near"),
        # hyphens and none, dots of abbreviations
        ("long range missile", "long-range missiles are sent"),
        ("US tariffs", "The U.S. tariffs stay"),
        ("US-Russia ties", "US Russia ties are at their lowest"),
        # capitals ask for capitals
        ("WHO", "The WHO should lead"),
        ("NATO membership", "Finland seeks NATO membership"),
        # a word in small letters is found in capitals too, also in a headline all in capitals
        ("nato", "NATO expands"),
        ("sanctions", "NEW SANCTIONS FOLLOW"),
        # both, in any order
        ("sanction + Iran", "Iran calls for an end of all sanctions"),
        ("price cap + oil", "Oil gets a price cap"),
    ],
)
def test_it_fits(pattern: str, text: str) -> None:
    assert fits(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        # part of a word
        ("iran", "Tirana hosts the talks"),
        # other words between, or another order
        ("sanctions on Russia", "sanctions of the West on Russia"),
        ("attack Ukraine", "Ukraine attack"),
        # capitals that are none
        ("WHO", "Those who lead should go"),
        ("US", "Let us go"),
        # nor does a headline in capitals tell an acronym from a word
        ("WHO", "THOSE WHO LEAD"),
        # one of two
        ("sanction + Iran", "Iran calls for talks"),
        # another word that begins alike
        ("nation", "The national bank"),
        ("new", "The news came late"),
        ("organ", "The organisation"),
    ],
)
def test_it_does_not_fit(pattern: str, text: str) -> None:
    assert not fits(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "actors", "fitting"),
    [
        ("@taiwan", {"taiwan", "china"}, True),
        ("@taiwan", {"china"}, False),
        ("@taiwan + @china", {"taiwan", "china"}, True),
        ("@taiwan + @china", {"taiwan"}, False),
        ("@taiwan + drills", {"taiwan"}, True),
        ("@taiwan + drills", {"china"}, False),
        ("@taiwan + treaty", {"taiwan"}, False),
    ],
)
def test_actors_are_asked_for_by_slug(pattern: str, actors: set[str], fitting: bool) -> None:
    assert fits(pattern, "The drill goes on", frozenset(actors)) is fitting


def test_all_wordings_of_a_claim_count() -> None:
    matcher = Matcher({7: [parse("embargo")], 8: [parse("attack Ukraine")], 9: [parse("Taiwan")]})
    assert matcher.topics(["Oil embargoes follow", "Russia attacks Ukraine"]) == {7, 8}


@pytest.mark.parametrize("text", ["", "  ", "+", "a + ", "+ b", "...", "@", "@Taiwan", "@a b", "word + @", "x" * 201])
def test_what_spells_no_pattern_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(PatternError, match=r"\w"):
        parse(text)


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (("attack", "attacks", "attacked", "attacking"), "attack"),
        (("guarantee", "guarantees"), "guarante"),
        (("policy", "policies"), "polici"),
        (("gas",), "gas"),
        (("crisis",), "crisis"),
        (("withdraw", "withdraws", "withdrawing"), "withdraw"),
        (("cut", "cutting"), "cut"),
        (("US",), "us"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: tuple[str, ...], expected: str) -> None:
    assert {stem(form) for form in forms} == {expected}


@given(st.text(max_size=200))
def test_any_words_in_small_letters_fit_the_text_that_they_are_from(text: str) -> None:
    text = text.translate(str.maketrans("+@", "  "))
    try:
        pattern = parse(text.lower())
    except PatternError:
        assert not any(letter.isalnum() for letter in text)
        return
    assert Matcher({1: [pattern]}).topics([text.lower()]) == {1}
