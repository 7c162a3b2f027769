"""Deciding on codings: the log has it, the rules of judging hold, and nobody is passed over."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from claims.coding import close, decide, decide_agreed, discard, go_on
from claims.coding.compare import coded, differing, ends_of_merges
from claims.coding.decide import values_of
from claims.models import Coding, CodingRound, CodingUnit, Judgement, Stance
from claims.review import ConflictError, RefusedError
from tests import factories as make

module = import_module("claims.coding.decide")
pytestmark = pytest.mark.django_db


@pytest.fixture
def leo() -> User:
    return make.person("leo")


@pytest.fixture
def unit() -> CodingUnit:
    """A stance that Ana and Leo coded: he sees a warning where she sees a denial."""
    unit = make.coding_unit()
    common = {"unit": unit, "verdict": "stance", "side": "against", "quotation": "indirect", "actor": unit.stance.actor}
    make.coding(coder=make.person("ana"), act="denies", **common)
    make.coding(coder=make.person("leo"), act="warns", **common)
    return unit


def coding_of(unit: CodingUnit, name: str) -> Coding:
    return unit.codings.get(coder__username=name)


def test_what_the_lead_takes_is_a_correction_in_the_log(leo: User, unit: CodingUnit) -> None:
    decide(unit, values_of(coding_of(unit, "leo")), user=leo, version=1, note="he is right")
    unit.refresh_from_db()
    assert (unit.stance.act, unit.stance.state, unit.decided_by) == ("warns", "corrected", leo)
    judgement = Judgement.objects.get()
    assert (judgement.user, judgement.decision, judgement.note) == (
        leo,
        "corrected",
        "he is right (coding round January)",
    )
    assert judgement.changes["act"] == {"before": "denies", "after": "warns"}


def test_what_is_so_already_is_accepted_once(leo: User, unit: CodingUnit) -> None:
    stance = unit.stance
    values = {**(values_of(coding_of(unit, "ana")) or {})}
    for span in ("mention", "target"):
        values[span] = (getattr(stance, f"{span}_start"), getattr(stance, f"{span}_end"))
    assert decide(unit, values, user=leo, version=1).state == "accepted"
    assert decide(unit, values, user=leo, version=2).state == "accepted"
    assert Judgement.objects.count() == 1


def test_no_stance_is_rejected_with_the_round_as_the_reason(leo: User, unit: CodingUnit) -> None:
    decide(unit, None, user=leo, version=1)
    assert Stance.objects.get().state == "rejected"
    assert Judgement.objects.get().note == "coding round January"


@pytest.mark.parametrize("name", ["stan", "rita", "ana"])
def test_only_who_leads_decides(name: str, unit: CodingUnit) -> None:
    with pytest.raises(PermissionDenied):
        decide(unit, None, user=make.person(name), version=1)
    with pytest.raises(PermissionDenied):
        decide_agreed(unit.round, user=make.person(name))
    assert not Judgement.objects.exists()


def test_who_saw_an_older_stance_decides_nothing(leo: User, unit: CodingUnit) -> None:
    with pytest.raises(ConflictError):
        decide(unit, None, user=leo, version=7)
    unit.refresh_from_db()
    assert (unit.decided_at, Stance.objects.get().state) == (None, "pending")


def test_what_is_no_stance_decides_nothing(leo: User, unit: CodingUnit) -> None:
    with pytest.raises(ValidationError):
        decide(unit, {"content": (0, 10**6)}, user=leo, version=1)
    unit.refresh_from_db()
    assert unit.decided_at is None


def test_nobody_is_passed_over_until_the_round_is_closed(leo: User, unit: CodingUnit) -> None:
    unit.codings.filter(coder=leo).delete()
    make.coding(unit=unit, coder=leo)
    with pytest.raises(RefusedError, match="Not coded yet by leo"):
        decide(unit, None, user=leo, version=1)
    close(unit.round, user=leo)
    decide(unit, None, user=leo, version=1)


def test_what_nobody_coded_is_not_decided(leo: User) -> None:
    unit = make.coding_unit(round=make.coding_round(closed=timezone.now()))
    make.coding(unit=unit)
    make.coding(unit=unit, coder=None, verdict="stance")
    with pytest.raises(RefusedError, match="Nobody has coded"):
        decide(unit, None, user=leo, version=1)


def agreed_unit(number: int, *, state: str = "pending", verdict: str = "stance") -> CodingUnit:
    unit = make.coding_unit(stance=make.stance(actor_as_printed=f"It {number}", state=state))
    values = {"act": "warns", "actor": unit.stance.actor} if verdict == "stance" else {}
    for name in ("ana", "leo"):
        make.coding(unit=unit, coder=make.person(name), verdict=verdict, **values)
    make.coding(unit=unit, coder=None, verdict="stance", act="denies")
    return unit


def test_what_all_agree_on_is_decided_at_once(leo: User, unit: CodingUnit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not what people differ in, what somebody has still to code, and what was judged meanwhile."""
    monkeypatch.setattr(module, "BATCH", 2)
    stance, none, judged = agreed_unit(1), agreed_unit(2, verdict="none"), agreed_unit(3, state="accepted")
    waiting = make.coding_unit(stance=make.stance(actor_as_printed="It 4"))
    make.coding(unit=waiting, verdict="none")
    make.coding(unit=waiting, coder=leo)
    assert decide_agreed(unit.round, user=leo) == 2
    assert [each.stance.state for each in CodingUnit.objects.filter(decided_at__isnull=False)] == [
        "corrected",
        "rejected",
    ]
    stance.stance.refresh_from_db()
    assert stance.stance.act == "warns"
    assert set(Judgement.objects.values_list("stance", flat=True)) == {stance.stance_id, none.stance_id}
    assert Judgement.objects.first().note == "all agree (coding round January)"  # type: ignore[union-attr]
    judged.refresh_from_db()
    assert judged.decided_at is None
    assert decide_agreed(unit.round, user=leo) == 0


def test_no_more_are_decided_at_once_than_a_request_can(leo: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    for number in range(5):
        agreed_unit(number)
    coding_round = make.coding_round()
    assert [decide_agreed(coding_round, user=leo) for _ in range(4)] == [2, 2, 1, 0]


def test_a_round_is_closed_and_gone_on_with(leo: User) -> None:
    coding_round = make.coding_round()
    close(coding_round, user=leo)
    assert CodingRound.objects.get().closed is not None
    go_on(coding_round, user=leo)
    assert CodingRound.objects.get().closed is None


def test_only_a_round_without_a_word_of_people_is_thrown_away(leo: User, unit: CodingUnit) -> None:
    with pytest.raises(RefusedError, match="is kept"):
        discard(unit.round, user=leo)
    assert CodingRound.objects.get().assigned is not None
    Coding.objects.all().delete()
    make.coding(unit=unit)
    make.coding(unit=unit, coder=None, verdict="stance")
    discard(CodingRound.objects.get(), user=leo)
    assert not CodingRound.objects.exists()
    assert Stance.objects.exists()


@pytest.mark.parametrize("step", [close, go_on, discard])
def test_only_who_leads_ends_rounds(step: Any) -> None:
    coding_round = make.coding_round()
    with pytest.raises(PermissionDenied):
        step(coding_round, user=make.person("ana"))
    assert CodingRound.objects.get().closed is None


def differences(unit: CodingUnit) -> list[str]:
    return differing(coded(unit.codings.all()), ends_of_merges())


def test_differences_are_those_of_people(unit: CodingUnit) -> None:
    make.coding(unit=unit, coder=None, verdict="stance", side="for")
    assert differences(unit) == ["act"]


def test_who_finds_no_stance_differs_in_nothing_else(unit: CodingUnit) -> None:
    own = coding_of(unit, "leo")
    own.delete()
    make.coding(unit=unit, coder=make.person("leo"), verdict="none")
    assert differences(unit) == ["verdict"]


def test_an_actor_and_whom_it_was_merged_into_are_the_same(unit: CodingUnit) -> None:
    own = coding_of(unit, "leo")
    own.actor, own.act = make.actor(name="Russian Federation", merged_into=unit.stance.actor), "denies"
    own.save()
    assert differences(unit) == []


def test_open_actors_are_told_by_their_words(unit: CodingUnit) -> None:
    text = unit.stance.article.text
    for name, words in (("ana", "Moscow"), ("leo", "The US")):
        own = coding_of(unit, name)
        own.actor, own.act = None, "denies"
        own.mention_start = text.index(words)
        own.mention_end = own.mention_start + len(words)
        own.save()
    assert differences(unit) == ["actor", "mention"]
    own.mention_start = text.rindex("Moscow")
    own.mention_end = own.mention_start + len("Moscow")
    own.save()
    assert differences(unit) == ["mention"]
