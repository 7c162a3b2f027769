"""Drawing a sample and assigning it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from claims.coding import Plan, make_round
from claims.coding.make_round import draw
from claims.models import Coding, CodingRound, CodingUnit, Stance
from tests import factories as make

module = import_module("claims.coding.make_round")
pytestmark = pytest.mark.django_db


@pytest.fixture
def leo() -> User:
    return make.person("leo")


@pytest.fixture
def stances() -> list[Stance]:
    return [make.stance(actor_as_printed=f"It {number}", run=make.run()) for number in range(20)]


def plan(**changed: Any) -> Plan:
    return Plan(**{"name": "January", "coders": [make.person("ana"), make.person("leo")], "seed": 7, **changed})


def test_each_stance_is_assigned_to_each_coder(leo: User, stances: list[Stance]) -> None:
    made = make_round(Stance.objects.all(), plan(size=5), user=leo)
    assert (made.assigned is not None, made.units.count(), made.created_by) == (True, 5, leo)
    assert [unit.order for unit in made.units.order_by("order")] == [1, 2, 3, 4, 5]
    for coder in ("ana", "leo"):
        assert Coding.objects.filter(coder__username=coder, verdict="", at=None).count() == 5


def test_batches_leave_nothing_out(leo: User, stances: list[Stance], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 3)
    made = make_round(Stance.objects.all(), plan(), user=leo)
    assert list(made.units.order_by("order").values_list("order", flat=True)) == list(range(1, 21))
    assert set(made.units.values_list("stance", flat=True)) == {stance.pk for stance in stances}


def test_the_seed_decides_what_is_drawn(stances: list[Stance]) -> None:
    one, again, other = (draw(Stance.objects.all(), 6, seed) for seed in (1, 1, 2))
    assert one == again != other
    assert len(set(one)) == 6


def test_every_stance_is_as_likely_as_another(stances: list[Stance]) -> None:
    times = dict.fromkeys((stance.pk for stance in stances), 0)
    for seed in range(300):
        for key in draw(Stance.objects.all(), 5, seed):
            times[key] += 1
    # Expected are 75; a chance of one in thousands lies beyond 45 and 105.
    assert all(45 < number < 105 for number in times.values())


def test_it_stands_in_the_order_of_articles() -> None:
    later = make.stance(
        article=make.article(text="A\n20220101\nhttps://a.example/\nMoscow denies planning to attack Ukraine.\n")
    )
    first = make.stance()
    rows = draw(Stance.objects.all(), None, 0)
    assert rows == [stance.pk for stance in sorted((later, first), key=lambda each: each.article_id)]


def test_the_machines_reading_is_what_it_said_whatever_people_made_of_it(leo: User) -> None:
    minister = make.actor(name="Sergey Lavrov", kind="person")
    extracted = {
        "actor_slug": minister.slug,
        "act": "warns",
        "side": None,
        "quotation": "direct",
        "negated": True,
        "spans": {"mention": None, "cue": [1, 4], "content": [5, 9], "target": [6, 8]},
    }
    stance = make.stance(extracted=extracted, state="corrected", act="denies", run=make.run())
    make.stance(actor_as_printed="It", run=None, state="accepted")
    make_round(Stance.objects.all(), plan(), user=leo)
    machine = Coding.objects.get(coder=None)
    assert machine.unit.stance == stance
    assert (machine.verdict, machine.actor, machine.act, machine.side) == ("stance", minister, "warns", "")
    assert (machine.quotation, machine.negated, machine.mention_start) == ("direct", True, None)
    assert (machine.cue_start, machine.cue_end, machine.target_start, machine.target_end) == (1, 4, 6, 8)
    # What the coders are shown is what the machine found, not what people made of it.
    assert (machine.unit.content_start, machine.unit.content_end) == (5, 9)


def test_a_pending_stance_without_a_record_is_the_machines_as_it_stands(leo: User) -> None:
    stance = make.stance(run=make.run())
    make_round(Stance.objects.all(), plan(), user=leo)
    machine = Coding.objects.get(coder=None)
    assert (machine.actor, machine.act, machine.content_start) == (stance.actor, "denies", stance.content_start)


@pytest.mark.parametrize("name", ["rita", "ana"])
def test_only_who_leads_makes_rounds(name: str, stances: list[Stance]) -> None:
    with pytest.raises(PermissionDenied):
        make_round(Stance.objects.all(), plan(), user=make.person(name))
    assert not CodingRound.objects.exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"coders": ["ana"]}, "two coders or more"),
        ({"coders": ["ana", "rita"]}, "may not code"),
        ({"size": 0}, "Draw from 1"),
        ({"size": 10_001}, "Draw from 1"),
        ({"name": " "}, "cannot be blank"),
    ],
)
def test_what_is_no_plan_is_refused(changed: dict[str, Any], message: str, leo: User, stances: list[Stance]) -> None:
    if "coders" in changed:
        changed = {"coders": [make.person(name) for name in changed["coders"]]}
    with pytest.raises(ValidationError, match=message):
        make_round(Stance.objects.all(), plan(**changed), user=leo)
    assert not CodingRound.objects.exists()


def test_nothing_and_too_much_are_no_sample(leo: User, stances: list[Stance], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError, match="No stance is left"):
        make_round(Stance.objects.none(), plan(), user=leo)
    monkeypatch.setattr(module, "MOST", 19)
    with pytest.raises(ValidationError, match="more than 19 stances"):
        make_round(Stance.objects.all(), plan(), user=leo)


def test_the_database_refuses_what_is_no_coding() -> None:
    unit = make.coding_unit()
    wrong: list[dict[str, Any]] = [
        {"verdict": "perhaps"},
        {"verdict": "stance", "cue_start": None, "cue_end": None},
        {"verdict": "none", "act": "denies"},
        {"verdict": "", "act": "denies"},
        {"verdict": "stance", "act": "sings"},
        {"verdict": "stance", "target_start": 5, "target_end": 3},
        {"verdict": "none", "at": None},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            make.coding(unit=unit, **values)
    make.coding(unit=unit)
    make.coding(unit=unit, coder=None, verdict="stance")
    for coder in (make.person("ana"), None):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.coding(unit=unit, coder=coder)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.coding_unit(stance=unit.stance)
    with pytest.raises(IntegrityError), transaction.atomic():
        CodingUnit.objects.filter(pk=unit.pk).update(decided_by=make.person("leo"))
