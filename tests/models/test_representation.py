"""Who speaks for an actor: bodies that are part of it, and people in office at the time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from claims.models import Actor, Stance
from claims.selectors import represented_by, visible_stances
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def russia() -> Actor:
    """Russia, its Kremlin, its Putin; Ushakov and a press office at the Kremlin; a spokesman there; and one retired."""
    russia = make.actor()
    kremlin = make.actor(name="Kremlin", kind="institution", part_of=russia)
    press = make.actor(name="Press office", kind="institution", part_of=kremlin)
    president = make.role(organisation=russia)
    aide = make.role(title="aide", actor=make.actor(name="Yuri Ushakov", kind="person"), organisation=kremlin)
    spokesman = make.role(title="spokesman", actor=make.actor(name="Peskov", kind="person"), organisation=press)
    for number, (actor, role) in enumerate(
        [
            (russia, None),
            (kremlin, None),
            (press, None),
            (president.actor, president),
            (aide.actor, aide),
            (spokesman.actor, spokesman),
            # Putin when he was in no office, and somebody else.
            (president.actor, None),
            (make.actor(name="Japan"), None),
        ]
    ):
        make.stance(actor=actor, role=role, actor_as_printed=f"{actor.name} {number}")
    return russia


def holders(russia: Actor, depth: int, **inclusion: bool) -> list[str]:
    stances = represented_by(russia, depth, **inclusion).includes(visible_stances())
    return sorted(f"{stance.actor}, {stance.role.title}" if stance.role else str(stance.actor) for stance in stances)


@pytest.mark.parametrize(
    ("depth", "inclusion", "expected"),
    [
        (0, {}, ["Russia"]),
        (1, {}, ["Kremlin", "Russia", "Vladimir Putin, president"]),
        (2, {}, ["Kremlin", "Press office", "Russia", "Vladimir Putin, president", "Yuri Ushakov, aide"]),
        (
            3,
            {},
            [
                "Kremlin",
                "Peskov, spokesman",
                "Press office",
                "Russia",
                "Vladimir Putin, president",
                "Yuri Ushakov, aide",
            ],
        ),
        # the bodies' own words left out, not the people in their offices
        (2, {"bodies": False}, ["Russia", "Vladimir Putin, president", "Yuri Ushakov, aide"]),
        (2, {"people": False}, ["Kremlin", "Press office", "Russia"]),
        (2, {"people": False, "bodies": False}, ["Russia"]),
    ],
)
def test_depth_and_inclusion_are_a_choice(
    russia: Actor, depth: int, inclusion: dict[str, bool], expected: list[str]
) -> None:
    assert holders(russia, depth, **inclusion) == expected


def test_merged_rows_speak_for_those_they_were_merged_into(russia: Actor) -> None:
    old = make.actor(name="Russian Federation", merged_into=russia)
    ministry = make.actor(name="Foreign ministry", part_of=old)
    make.stance(actor=make.actor(name="MFA", merged_into=ministry), actor_as_printed="MFA")
    role = make.role(title="envoy", actor=make.actor(name="Envoy", kind="person"), organisation=old)
    make.stance(actor=role.actor, role=role, actor_as_printed="envoy")
    assert {"MFA", "Envoy, envoy"} <= set(holders(russia, 1))


def test_a_body_that_was_merged_away_no_longer_speaks_for_its_state(russia: Actor) -> None:
    Actor.objects.filter(name="Kremlin").update(merged_into=make.actor(name="Japan"))
    assert not {"Kremlin", "Press office", "Yuri Ushakov, aide"} & set(holders(russia, 3))


def test_parts_that_lead_round_in_a_circle_end(russia: Actor) -> None:
    Actor.objects.filter(pk=russia.pk).update(part_of=Actor.objects.get(name="Press office"))
    assert len(holders(russia, 3)) == 6


def test_the_number_of_queries_depends_on_the_depth_alone(russia: Actor, django_assert_num_queries: Any) -> None:
    for number in range(20):
        body = make.actor(name=f"Body {number}", part_of=russia)
        make.role(title="head", actor=make.actor(name=f"Head {number}", kind="person"), organisation=body)
    for depth, queries in ((0, 1), (1, 4), (2, 6), (3, 7)):
        with django_assert_num_queries(queries):
            represented_by(russia, depth)
    representation = represented_by(russia, 3)
    with django_assert_num_queries(1):
        list(representation.includes(Stance.objects.all()))


def test_whoever_spoke_out_of_office_speaks_for_nobody(russia: Actor) -> None:
    retired = make.role(
        title="minister",
        actor=make.actor(name="Igor", kind="person"),
        organisation=russia,
        valid_until=dt.date(2019, 1, 1),
    )
    make.stance(actor=retired.actor, actor_as_printed="Igor")
    assert "Igor" not in holders(russia, 3)
