"""Which position a stance takes on its claim."""

from __future__ import annotations

import pytest

from claims.positions.position import Position, position_of, questions_of

PLAN = "Russia plans to attack Ukraine"
NO_PLAN = "Russia has no plans to attack Ukraine"


@pytest.mark.parametrize(
    ("act", "cue", "content", "claim", "expected"),
    [
        ("states", "said", "Russia plans to attack", PLAN, "asserts"),
        ("warns", "warned", "Russia could attack any day", PLAN, "asserts"),
        ("confirms", "confirmed", "the plan to attack", PLAN, "confirms"),
        ("denies", "denied", "planning to attack Ukraine", PLAN, "denies"),
        ("doubts", "doubts", "Russia will attack", PLAN, "doubts"),
        ("supports", "backs", "an attack", PLAN, "supports"),
        ("demands", "calls for", "an attack", PLAN, "supports"),
        ("criticises", "condemned", "the attack", PLAN, "opposes"),
        # the content says the contrary of the claim
        ("states", "said", "there are no plans to attack", PLAN, "denies"),
        ("states", "said", "Russia isn't planning to attack", PLAN, "denies"),
        ("demands", "demanded", "that Russia not attack", PLAN, "opposes"),
        # so does the claim
        ("states", "said", "there are no plans to attack", NO_PLAN, "asserts"),
        ("states", "said", "an attack is planned", NO_PLAN, "denies"),
        ("denies", "denied", "planning an attack", NO_PLAN, "asserts"),
        # plain words that are a denial or a refusal because of the negation in the content
        ("denies", "said", "Russia would not attack", PLAN, "denies"),
        ("denies", "said", "Russia would not attack", NO_PLAN, "asserts"),
        ("opposes", "said", "Russia would never attack", PLAN, "opposes"),
        # the negation stands in the cue, and has turned the act or not
        ("announces", "had no plans", "to attack Ukraine", PLAN, "denies"),
        ("opposes", "does not support", "an attack", PLAN, "opposes"),
        ("doubts", "does not believe", "Russia will attack", PLAN, "doubts"),
        # a refusal is the contrary of the deed
        ("criticises", "criticised", "the refusal to attack", PLAN, "supports"),
        ("opposes", "opposed", "the refusal to attack", PLAN, "supports"),
        ("supports", "welcomed", "a refusal to attack", PLAN, "opposes"),
        # who asks whether something is so says neither
        ("states", "said", "it was provocative to ask whether Russia planned to attack", PLAN, None),
        # no act, or too many negations to tell
        ("", "said", "planning to attack", PLAN, None),
        ("states", "said", "nobody can say that there is no plan", PLAN, None),
    ],
)
def test_the_act_tells_turned_where_the_words_say_the_contrary(
    act: str, cue: str, content: str, claim: str, expected: str | None
) -> None:
    assert position_of(act, cue, content, claim) == expected


@pytest.mark.parametrize(
    ("act", "expected"),
    [("states", ["so"]), ("denies", ["so"]), ("opposes", ["wanted"]), ("promises", ["so", "wanted"])],
)
def test_who_announces_a_deed_wants_it_too(act: str, expected: list[str]) -> None:
    position = position_of(act, "", "an attack", PLAN)
    assert position is not None
    assert list(questions_of(act, position)) == expected


@pytest.mark.parametrize(
    ("one", "other", "opposed"),
    [
        ("asserts", "denies", True),
        ("confirms", "denies", True),
        ("asserts", "doubts", True),
        ("supports", "opposes", True),
        ("asserts", "confirms", False),
        ("denies", "doubts", False),
        # that something is so and that it should not be are no contradiction
        ("asserts", "opposes", False),
        ("denies", "supports", False),
    ],
)
def test_only_answers_to_the_same_question_are_opposed(one: str, other: str, opposed: bool) -> None:
    assert Position(one).opposes(Position(other)) is opposed
    assert Position(other).opposes(Position(one)) is opposed
