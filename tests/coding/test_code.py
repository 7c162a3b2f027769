"""Coding: what is written down, by whom, and when no longer."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from claims.coding import code
from claims.coding.queue import (
    Which,
    assigned_to,
    neighbours,
    next_to_code,
    progress_by_coder,
    progress_of,
    progress_of_units,
    units_of,
)
from claims.models import Coding, Judgement
from claims.review import RefusedError
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return make.person("ana")


@pytest.fixture
def coding(ana: User) -> Coding:
    return make.coding()


def values(coding: Coding, **changed: Any) -> dict[str, Any]:
    unit = coding.unit
    own = {"actor": None, "act": "denies", "side": "", "quotation": "indirect", "negated": False}
    spans = {"cue": (unit.cue_start, unit.cue_end), "content": (unit.content_start, unit.content_end)}
    return {**own, **spans, "mention": (0, 3), "target": None, **changed}


def test_a_coding_changes_nothing_of_the_stance(ana: User, coding: Coding) -> None:
    stance = coding.unit.stance
    code(coding, values(coding, act="warns"), user=ana, note=" hm ")
    coding.refresh_from_db()
    assert (coding.verdict, coding.act, coding.mention_start, coding.mention_end) == ("stance", "warns", 0, 3)
    assert (coding.target_start, coding.note, coding.at is not None) == (None, "hm", True)
    before = stance.version
    stance.refresh_from_db()
    assert (stance.act, stance.state, stance.version) == ("denies", "pending", before)
    assert not Judgement.objects.exists()


def test_no_stance_has_no_values_and_can_be_coded_anew(ana: User, coding: Coding) -> None:
    code(coding, values(coding), user=ana)
    code(coding, None, user=ana)
    coding.refresh_from_db()
    assert (coding.verdict, coding.act, coding.cue_start) == ("none", "", None)


@pytest.mark.parametrize("name", ["leo", "rita", "root"])
def test_only_to_whom_it_is_assigned_may_code(name: str, coding: Coding) -> None:
    with pytest.raises(PermissionDenied):
        code(coding, None, user=make.person(name))


def test_who_may_no_longer_code_does_not(coding: Coding, ana: User) -> None:
    ana.groups.clear()
    with pytest.raises(PermissionDenied):
        code(coding, None, user=User.objects.get(pk=ana.pk))


@pytest.mark.parametrize("wrong", [{"content": (5, 5)}, {"content": (0, 10**6)}, {"cue": None}, {"act": "sings"}])
def test_what_is_no_stance_is_refused(ana: User, coding: Coding, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        code(coding, values(coding, **wrong), user=ana)
    assert not Coding.objects.exclude(verdict="").exists()


def test_what_is_closed_decided_or_not_ready_can_not_be_coded(ana: User, coding: Coding) -> None:
    coding_round, unit = coding.unit.round, coding.unit
    now = timezone.now()
    for row, columns in (
        (coding_round, {"closed": now}),
        (coding_round, {"closed": None, "assigned": None}),
        (unit, {"decided_at": now, "decided_by": make.person("leo")}),
    ):
        type(row)._default_manager.filter(pk=row.pk).update(**columns)
        with pytest.raises(RefusedError):
            code(coding, None, user=ana)
        type(coding_round)._default_manager.update(closed=None, assigned=now)


def test_the_next_is_the_next_that_is_not_coded(ana: User) -> None:
    for number, verdict in enumerate(["none", "", "none", ""]):
        make.coding(unit=make.coding_unit(stance=make.stance(actor_as_printed=f"It {number}")), verdict=verdict)
    own = assigned_to(ana, make.coding_round())
    assert (progress_of(own), next_to_code(own), next_to_code(own, behind=2)) == ((4, 2), 2, 4)
    assert next_to_code(own, behind=4) == 2
    assert (neighbours(own, 1), neighbours(own, 2), neighbours(own, 4)) == ((None, 2), (1, 3), (3, None))
    own.update(verdict="none", at=timezone.now())
    assert next_to_code(own) is None


def test_how_far_a_round_is(ana: User) -> None:
    leo = make.person("leo")
    for number, verdicts in enumerate([("none", ""), ("none", "none"), ("", ""), ("none", "none")]):
        unit = make.coding_unit(stance=make.stance(actor_as_printed=f"It {number}"))
        for coder, verdict in zip((ana, leo), verdicts, strict=True):
            make.coding(unit=unit, coder=coder, verdict=verdict)
        make.coding(unit=unit, coder=None, verdict="stance")
    coding_round = make.coding_round()
    coding_round.units.filter(order=4).update(decided_by=leo, decided_at=timezone.now())
    assert progress_by_coder(coding_round) == [(ana, (4, 3)), (leo, (4, 2))]
    assert progress_of_units(coding_round) == (4, 2, 1, 1)
    assert [unit.order for unit in units_of(coding_round, Which.WAITING)] == [1, 3]
    coding_round.closed = timezone.now()
    assert progress_of_units(coding_round) == (4, 0, 3, 1)
