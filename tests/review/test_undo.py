"""Taking one's own decisions back, the latest first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.forms import model_to_dict

from claims.models import Judgement, Stance
from claims.review import ConflictError, accept, correct, move_stances, reject, reopen, undo
from claims.review.undo import last_decision
from tests import factories as make

pytestmark = pytest.mark.django_db


def fields(stance: Stance) -> dict[str, object]:
    return model_to_dict(Stance.objects.get(pk=stance.pk))


def undo_latest(name: str = "ana") -> Stance:
    latest = last_decision(make.person(name))
    assert latest is not None
    return undo(latest, user=make.person(name))


DECISIONS: list[Callable[[Stance], object]] = [
    lambda stance: accept([stance], user=make.person("ana")),
    lambda stance: reject([stance], user=make.person("ana"), reason="not a position"),
    lambda stance: correct(stance, {"actor": None, "act": "warns", "target": None}, user=make.person("ana")),
    lambda stance: correct(
        stance, {"said_on": "2022-01-02", "cue": (stance.cue_start, stance.cue_end - 1)}, user=make.person("ana")
    ),
]


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_decision_that_is_taken_back_leaves_the_stance_as_it_was(decide: Callable[[Stance], object]) -> None:
    stance = make.stance()
    before = fields(stance)
    decide(Stance.objects.get(pk=stance.pk))
    assert fields(stance) != before
    undo_latest()
    assert fields(stance) == before


def test_both_decisions_stay_in_the_history() -> None:
    stance = make.stance()
    accept([stance], user=make.person("ana"))
    undo_latest()
    first, second = Judgement.objects.order_by("pk")
    assert (first.decision, second.decision, second.undoes) == ("accepted", "reopened", first)


def test_decisions_are_taken_back_one_after_the_other() -> None:
    one, two = make.stance(), make.stance(content="it has the right to move troops", cue="says", target="")
    accept([one], user=make.person("ana"))
    reject([two], user=make.person("ana"), reason="said twice")
    assert [undo_latest(), undo_latest()] == [two, one]
    assert last_decision(make.person("ana")) is None


def test_a_judged_stance_gets_its_earlier_judgement_back() -> None:
    stance = make.stance()
    accept([stance], user=make.person("leo"))
    stance.refresh_from_db()
    reject([stance], user=make.person("ana"), reason="wrong actor")
    assert undo_latest().state == "accepted"


def test_a_decision_stands_once_somebody_else_has_decided() -> None:
    stance = make.stance()
    accept([stance], user=make.person("ana"))
    stance.refresh_from_db()
    reopen([stance], user=make.person("leo"))
    with pytest.raises(ConflictError):
        undo_latest()
    assert fields(stance)["state"] == "pending"


def test_a_correction_stands_once_the_stance_was_moved_on() -> None:
    stance, chosen = make.stance(), make.claim(text="Talks go on")
    correct(stance, {"claim": chosen}, user=make.person("ana"))
    elsewhere = make.claim(text="Talks end")
    chosen.refresh_from_db()
    move_stances(chosen, [Stance.objects.get(pk=stance.pk)], elsewhere, user=make.person("leo"))
    with pytest.raises(ConflictError):
        undo_latest()
    assert Stance.objects.get(pk=stance.pk).claim == elsewhere


def test_nobody_takes_back_what_others_decided() -> None:
    stance = make.stance()
    accept([stance], user=make.person("leo"))
    with pytest.raises(ConflictError):
        undo(Judgement.objects.get(), user=make.person("ana"))


def test_a_decision_is_taken_back_once() -> None:
    accept([make.stance()], user=make.person("ana"))
    judgement = Judgement.objects.get()
    undo(judgement, user=make.person("ana"))
    with pytest.raises(ConflictError):
        undo(judgement, user=make.person("ana"))


def test_readers_take_nothing_back() -> None:
    accept([make.stance()], user=make.person("ana"))
    with pytest.raises(PermissionDenied):
        undo(Judgement.objects.get(), user=make.person("rita"))
