"""Changes of position are found where there is one, and nowhere else; what people dismissed stays dismissed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from claims.models import Article, ClaimTopic, PositionChange, Stance
from claims.positions.changes import Found, all_steps, steps_after_import, target_key
from claims.review import dismiss_change, restore_change
from tests import factories as make
from tests.positions.days import article, asserts, denies

pytestmark = pytest.mark.django_db


def look() -> Found:
    found = Found()
    for step in all_steps():
        found += step()
    return found


def listed() -> list[tuple[str, str, int, str, int]]:
    """Whose position changed, from what on which day to what on which day."""
    return [
        (row.actor.name, row.earlier_position, row.earlier_on.day, row.later_position, row.later_on.day)
        for row in PositionChange.objects.order_by("later_on", "actor__name")
    ]


def test_the_opposite_on_a_later_day_is_a_change() -> None:
    earlier, later = denies(1), asserts(9)
    assert look() == Found(added=1)
    assert listed() == [("Russia", "denies", 1, "asserts", 9)]
    change = PositionChange.objects.get()
    assert (change.earlier, change.later, change.claim, change.days) == (earlier, later, make.claim(), 8)
    assert look() == Found()


def test_who_refused_a_deed_and_then_announces_it_has_changed_position() -> None:
    denies(1, act="opposes"), asserts(9, act="announces")
    look()
    assert listed() == [("Russia", "opposes", 1, "asserts", 9)]


def test_only_turns_count_and_each_turn_does() -> None:
    for day in (1, 2, 3):
        denies(day)
    asserts(5), asserts(6), denies(9)
    look()
    assert listed() == [("Russia", "denies", 3, "asserts", 5), ("Russia", "asserts", 6, "denies", 9)]


NONE: dict[str, Callable[[], Any]] = {
    "another actor": lambda: asserts(9, actor=make.actor(name="Japan")),
    "nobody known": lambda: asserts(9, actor=None),
    "another claim": lambda: asserts(9, claim=make.claim(text="Talks go on")),
    "the same day": lambda: asserts(1),
    "the same again": lambda: denies(9),
    "the contrary of the contrary": lambda: asserts(9, content="no attack is planned"),
    "another question": lambda: asserts(9, act="criticises"),
    "a doubt": lambda: asserts(9, act="doubts"),
    "no act": lambda: asserts(9, act=""),
    "a condition": lambda: asserts(9, conditional=True),
    "not sure": lambda: asserts(9, confidence=0.5),
    "rejected": lambda: asserts(9, state="rejected", confidence=1.0),
    "a day with both": lambda: (asserts(9), denies(9, actor_as_printed="it")),
}


@pytest.mark.parametrize("case", NONE)
def test_what_is_no_change(case: str) -> None:
    denies(1)
    NONE[case]()
    look()
    assert listed() == []


def test_what_a_person_accepted_counts_however_unsure_the_machine_was() -> None:
    denies(1, confidence=0.1, state="accepted"), asserts(9, confidence=0.1, state="corrected")
    look()
    assert len(listed()) == 1


def test_a_copy_that_appears_later_turns_nothing_back() -> None:
    first = denies(1).article
    asserts(5)
    copy = denies(9).article
    Article.objects.filter(pk__in=[first.pk, copy.pk]).update(family=make.article_family(original=first))
    look()
    assert listed() == [("Russia", "denies", 1, "asserts", 5)]


def test_stances_on_merged_claims_and_of_merged_actors_count() -> None:
    merged = make.claim(text="An attack is planned", merged_into=make.claim())
    denies(1), asserts(9, claim=merged, actor=make.actor(name="RF", merged_into=make.actor()))
    look()
    assert listed() == [("Russia", "denies", 1, "asserts", 9)]


def test_those_who_speak_for_a_state_change_its_position() -> None:
    russia = make.actor()
    kremlin = make.actor(name="Kremlin", kind="institution", part_of=russia)
    putin = make.role(organisation=russia)
    denies(1, actor=kremlin), asserts(9, actor=putin.actor, role=putin)
    look()
    assert listed() == [("Russia", "denies", 1, "asserts", 9)]
    assert Stance.objects.get(changes_before__isnull=False).actor == putin.actor


def test_one_turn_of_a_state_is_told_once_whoever_spoke_last() -> None:
    denies(1), denies(3, actor=make.actor(name="Kremlin", part_of=make.actor())), asserts(9)
    look()
    assert listed() == [("Russia", "denies", 3, "asserts", 9)]


def test_who_changes_alone_is_named_alone() -> None:
    russia = make.actor()
    kremlin = make.actor(name="Kremlin", kind="institution", part_of=russia)
    denies(1, actor=kremlin), asserts(9, actor=kremlin)
    look()
    assert listed() == [("Kremlin", "denies", 1, "asserts", 9)]


SOURCES: dict[str, tuple[Callable[[], Any], int]] = {
    "its opponent": (lambda: make.actor(name="United States"), 0),
    "nobody known": (lambda: None, 0),
    "an outlet": (lambda: make.actor(name="Reuters", kind="outlet"), 1),
    "a body of its own": (lambda: make.actor(name="Kremlin", part_of=make.actor()), 1),
    "its spokesperson": (lambda: make.role(organisation=make.actor()).actor, 1),
    "itself": (lambda: make.actor(), 1),
}


@pytest.mark.parametrize("case", SOURCES)
def test_what_others_say_that_an_actor_says_is_theirs(case: str) -> None:
    source, changes = SOURCES[case]
    denies(1)
    make.chain_link(stance=asserts(9), actor=source())
    look()
    assert len(listed()) == changes


def test_somebody_out_of_office_speaks_for_himself() -> None:
    putin = make.role()
    denies(1), asserts(9, actor=putin.actor, role=None)
    look()
    assert listed() == []


def test_a_change_that_no_longer_holds_goes_and_one_in_between_takes_its_place() -> None:
    denies(1), asserts(9)
    look()
    asserts(5)
    assert look() == Found(added=1, removed=1)
    assert listed() == [("Russia", "denies", 1, "asserts", 5)]
    Stance.objects.filter(act="denies").update(state="rejected")
    assert look() == Found(removed=1)


def on_sanctions(day: int, side: str, target: str = "Ukraine", **fields: Any) -> Stance:
    """A stance with this side on a target, on a claim of its own that belongs to the topic."""
    claim = make.claim(text=f"Claim {day}")
    ClaimTopic.objects.get_or_create(claim=claim, topic=make.topic(name="Sanctions"))
    return denies(day, side=side, claim=claim, target=target, **fields)


def test_the_other_side_on_the_same_target_of_a_topic_is_a_change() -> None:
    on_sanctions(1, "against", "planning to attack"), on_sanctions(9, "for", "planning to attack")
    look()
    change = PositionChange.objects.get()
    assert listed() == [("Russia", "against", 1, "for", 9)]
    assert (change.claim, change.topic, change.target) == (None, make.topic(name="Sanctions"), "plan to attack")


def test_a_change_on_a_claim_is_not_told_again_of_its_target() -> None:
    ClaimTopic.objects.create(claim=make.claim(), topic=make.topic())
    denies(1, act="opposes", side="against", target="planning to attack")
    denies(9, act="supports", side="for", target="planning to attack")
    look()
    assert PositionChange.objects.get().claim == make.claim()


NO_TURN: dict[str, Callable[[], Any]] = {
    "another target": lambda: on_sanctions(9, "for", "Ukraine"),
    "no target": lambda: on_sanctions(9, "for", ""),
    "neutral": lambda: on_sanctions(9, "neutral", "planning to attack"),
    "another topic": lambda: denies(9, side="for", claim=make.claim(text="Elsewhere"), target="planning to attack"),
}


@pytest.mark.parametrize("case", NO_TURN)
def test_what_is_no_change_of_side(case: str) -> None:
    on_sanctions(1, "against", "planning to attack")
    NO_TURN[case]()
    look()
    assert listed() == []


@pytest.mark.parametrize(("act", "changes"), [("denies", 0), ("opposes", 1)])
def test_being_against_a_deed_of_an_actor_is_not_being_against_the_actor(act: str, changes: int) -> None:
    ukraine = make.actor(name="Ukraine")
    on_sanctions(1, "against", act=act, target_actor=ukraine)
    on_sanctions(9, "for", act="supports", target_actor=ukraine)
    look()
    assert len(listed()) == changes


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the sanctions on Russia", "sanctions on Russia", True),
        ("Its new treaty", "the new treaties", True),
        ("the treaty", "the truce", False),
        ("the", "", True),
    ],
)
def test_targets_are_the_same_by_their_words(one: str, other: str, same: bool) -> None:
    assert (target_key(one) == target_key(other)) is same


def test_an_import_looks_where_its_stances_are() -> None:
    run = make.run()
    denies(1), asserts(9, run=run)
    on_sanctions(11, "against", "planning to attack"), on_sanctions(12, "for", "planning to attack", run=run)
    elsewhere = make.claim(text="Elsewhere")
    denies(1, claim=elsewhere, actor_as_printed="it"), asserts(9, claim=elsewhere, actor_as_printed="it")
    for step in steps_after_import(run.pk):
        step()
    assert sorted(change.later_on.day for change in PositionChange.objects.all()) == [9, 12]
    assert not PositionChange.objects.filter(claim=elsewhere).exists()
    assert steps_after_import(make.run().pk) == []


def test_what_was_dismissed_stays_dismissed_whatever_becomes_of_its_stances() -> None:
    denies(1)
    later = asserts(9)
    look()
    change = PositionChange.objects.get()
    assert dismiss_change([change.pk], user=make.person("ana"), reason=" misread ") == 1
    assert look() == Found()
    # A newer reading of the article replaces the stance by another one with other words.
    later.delete()
    look()
    asserts(9, content="an attack is planned. Moscow")
    assert look() == Found()
    change.refresh_from_db()
    assert (change.dismissed_by, change.reason) == (make.person("ana"), "misread")
    assert change.later == Stance.objects.get(act="states")


def test_a_dismissal_needs_a_reason_and_a_permission_and_can_be_taken_back() -> None:
    denies(1), asserts(9)
    look()
    keys = [PositionChange.objects.get().pk]
    for reason in ("", "  ", "x" * 301):
        with pytest.raises(ValidationError):
            dismiss_change(keys, user=make.person("ana"), reason=reason)
    with pytest.raises(PermissionDenied):
        dismiss_change(keys, user=make.person("rita"), reason="misread")
    assert dismiss_change(keys, user=make.person("ana"), reason="misread") == 1
    assert dismiss_change(keys, user=make.person("leo"), reason="misread too") == 0
    with pytest.raises(PermissionDenied):
        restore_change(keys, user=make.person("rita"))
    assert restore_change(keys, user=make.person("leo")) == 1
    assert PositionChange.objects.get().dismissed_by is None


def test_looking_takes_as_many_queries_for_many_stances_as_for_few(django_assert_max_num_queries: Any) -> None:
    for day in range(1, 29):
        (denies if day % 2 else asserts)(day)
    with django_assert_max_num_queries(10):
        assert look().added == 27
    assert article(1).stances.count() == 1
