"""Which position a stance takes on its claim."""

from __future__ import annotations

import pytest

from claims.positions.position import Position, position_of

PLAN = "Russia plans to attack Ukraine"


@pytest.mark.parametrize(
    ("act", "content", "claim", "expected"),
    [
        ("states", "Russia plans to attack", PLAN, "asserts"),
        ("warns", "Russia could attack any day", PLAN, "asserts"),
        ("confirms", "the plan to attack", PLAN, "confirms"),
        ("denies", "planning to attack Ukraine", PLAN, "denies"),
        ("doubts", "Russia will attack", PLAN, "doubts"),
        ("supports", "an attack", PLAN, "supports"),
        ("demands", "an attack", PLAN, "supports"),
        ("criticises", "the attack", PLAN, "opposes"),
        # the content says the contrary of the claim
        ("states", "there are no plans to attack", PLAN, "denies"),
        ("states", "Russia won't attack", PLAN, "denies"),
        ("denies", "it has never planned an attack", PLAN, "asserts"),
        ("demands", "that Russia not attack", PLAN, "opposes"),
        # so does the claim
        ("states", "there are no plans to attack", "Russia has no plans to attack Ukraine", "asserts"),
        ("states", "an attack is planned", "Russia has no plans to attack Ukraine", "denies"),
        # no act, or too many negations to tell
        ("", "planning to attack", PLAN, None),
        ("states", "nobody can say that there is no plan", PLAN, None),
    ],
)
def test_the_act_tells_turned_where_the_content_says_the_contrary(
    act: str, content: str, claim: str, expected: str | None
) -> None:
    assert position_of(act, content, claim) == expected


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
