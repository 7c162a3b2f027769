"""What judging does to a stance, and what it leaves behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from claims.models import Judgement, Stance
from claims.review import ConflictError, Outcome, accept, correct, reject, reopen
from tests import factories as make

pytestmark = pytest.mark.django_db


def accepted(stance: Stance, name: str = "ana") -> Outcome:
    return accept([stance], user=make.person(name))


def rejected(stance: Stance, name: str = "ana") -> Outcome:
    return reject([stance], user=make.person(name), reason="not a stance")


def reopened(stance: Stance, name: str = "ana") -> Outcome:
    return reopen([stance], user=make.person(name))


def corrected(stance: Stance, name: str = "ana") -> bool:
    return correct(stance, {"act": "warns"}, user=make.person(name))


def stored(stance: Stance) -> Stance:
    return Stance.objects.get(pk=stance.pk)


TRANSITIONS = [
    # from, transition, to
    ("pending", accepted, "accepted"),
    ("pending", rejected, "rejected"),
    ("pending", corrected, "corrected"),
    ("pending", reopened, "pending"),
    ("accepted", accepted, "accepted"),
    ("accepted", rejected, "rejected"),
    ("accepted", corrected, "corrected"),
    ("accepted", reopened, "pending"),
    ("corrected", accepted, "corrected"),
    ("corrected", rejected, "rejected"),
    ("corrected", corrected, "corrected"),
    ("corrected", reopened, "pending"),
    ("rejected", accepted, "accepted"),
    ("rejected", rejected, "rejected"),
    ("rejected", corrected, "corrected"),
    ("rejected", reopened, "pending"),
]


@pytest.mark.parametrize(("before", "transition", "after"), TRANSITIONS)
def test_each_decision_leads_from_each_state_to_its_own(
    before: str, transition: Callable[[Stance], Outcome | bool], after: str
) -> None:
    stance = make.stance(state=before)
    transition(stance)
    assert stored(stance).state == after
    done = before != after or transition is corrected
    assert Judgement.objects.count() == done
    assert stored(stance).version == stance.version == 1 + done


def test_a_judgement_says_who_decided_what_and_what_was_before() -> None:
    stance = make.stance()
    reject([stance], user=make.person("ana"), reason="  wrong actor ")
    judgement = Judgement.objects.get()
    assert (judgement.stance, judgement.user, judgement.decision) == (stance, make.person("ana"), "rejected")
    assert judgement.note == "wrong actor"
    assert judgement.changes == {"state": {"before": "pending", "after": "rejected"}}
    assert not judgement.blind


def test_a_correction_says_which_fields_changed() -> None:
    stance = make.stance(said_on=None)
    ukraine = make.actor(name="Ukraine")
    values = {"act": "warns", "actor": ukraine, "said_on": dt.date(2021, 12, 30), "negated": False}
    assert correct(stance, values, user=make.person("ana"), note="read again")
    judgement = Judgement.objects.get()
    assert judgement.note == "read again"
    assert judgement.changes == {
        "act": {"before": "denies", "after": "warns"},
        "actor": {"before": make.actor().pk, "after": ukraine.pk},
        "said_on": {"before": None, "after": "2021-12-30"},
        "state": {"before": "pending", "after": "corrected"},
    }


def test_a_corrected_span_takes_its_words_from_the_article() -> None:
    stance = make.stance()
    text = stance.article.text
    start = text.index("attack Ukraine")
    assert correct(stance, {"content": (start, start + 14), "target": None}, user=make.person("ana"))
    row = stored(stance)
    assert (row.content_text, row.content_start, row.target_text, row.target_start) == (
        "attack Ukraine",
        start,
        "",
        None,
    )


@pytest.mark.parametrize("offsets", [(-5, 3), (5, 5), (9, 3), (0, 100_000)])
def test_a_span_that_is_not_in_the_article_is_refused(offsets: tuple[int, int]) -> None:
    stance = make.stance()
    with pytest.raises(ValidationError):
        correct(stance, {"content": offsets}, user=make.person("ana"))
    assert stored(stance).state == "pending"


def test_a_correction_into_another_stance_is_refused() -> None:
    first, second = make.stance(), make.stance(actor_as_printed="Russia")
    assert first.actor_as_printed == "Moscow"
    with pytest.raises(ValidationError, match="has a stance with this actor, cue and content already"):
        correct(second, {"actor_as_printed": "Moscow"}, user=make.person("ana"))


def test_a_correction_to_an_unknown_act_is_refused() -> None:
    with pytest.raises(ValidationError):
        correct(make.stance(), {"act": "shouts"}, user=make.person("ana"))


@pytest.mark.parametrize("name", ["state", "confidence", "extracted", "article"])
def test_what_is_not_for_people_to_correct_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        correct(make.stance(), {name: None}, user=make.person("ana"))


def test_a_correction_that_changes_nothing_is_none() -> None:
    stance = make.stance()
    assert not correct(stance, {"act": "denies", "actor": stance.actor}, user=make.person("ana"))
    assert not Judgement.objects.exists()


def test_the_machines_own_reading_stays_beside_a_correction() -> None:
    stance = make.stance(extracted={"act": "denies"})
    correct(stance, {"act": "warns"}, user=make.person("ana"))
    assert stored(stance).extracted == {"act": "denies"}


@pytest.mark.parametrize("transition", [accepted, rejected])
def test_of_two_people_the_second_changes_nothing_and_is_told(transition: Callable[[Stance], Outcome]) -> None:
    mine = make.stance()
    theirs = stored(mine)
    corrected(theirs, "leo")
    outcome = transition(mine)
    assert (outcome.done, outcome.conflicts) == ([], [mine])
    assert stored(mine).state == "corrected"
    assert Judgement.objects.get().user.username == "leo"


def test_the_second_of_two_corrections_is_shown_the_first() -> None:
    mine = make.stance()
    corrected(stored(mine), "leo")
    with pytest.raises(ConflictError) as error:
        correct(mine, {"act": "states"}, user=make.person("ana"))
    assert error.value.stance.act == "warns"
    assert Judgement.objects.count() == 1


@pytest.mark.parametrize("transition", [accepted, rejected, corrected, reopened])
@pytest.mark.parametrize("name", ["rita", "stan"])
def test_who_may_not_judge_judges_nothing(transition: Callable[[Stance, str], object], name: str) -> None:
    stance = make.stance(state="pending" if transition is not reopened else "accepted")
    with pytest.raises(PermissionDenied):
        transition(stance, name)
    assert stored(stance).version == 1
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_rejection_needs_a_reason(reason: str) -> None:
    with pytest.raises(ValidationError):
        reject([make.stance()], user=make.person("ana"), reason=reason)
    assert not Judgement.objects.exists()


def test_many_are_judged_at_once_and_each_has_its_judgement() -> None:
    rows = [make.stance(actor_as_printed=f"a{number}") for number in range(7)]
    accepted(rows[0])
    outcome = accept(Stance.objects.order_by("pk").iterator(chunk_size=2), user=make.person("ana"), blind=True)
    assert (len(outcome.done), len(outcome.unchanged), len(outcome.conflicts)) == (6, 1, 0)
    assert Judgement.objects.filter(blind=True).count() == 6
    assert set(Stance.objects.values_list("state", flat=True)) == {"accepted"}


def test_a_new_actor_brings_the_office_it_held_on_the_day() -> None:
    stance, role = make.stance(), make.role()
    assert correct(stance, {"actor": role.actor}, user=make.person("ana"))
    stance.refresh_from_db()
    assert (stance.role, stance.office) == (role, "president")


def test_a_chosen_role_brings_its_title_unless_another_is_written() -> None:
    role = make.role()
    for office, expected in ((None, "president"), ("head of state", "head of state")):
        stance = make.stance(actor=role.actor, actor_as_printed=expected)
        values = {"role": role} if office is None else {"role": role, "office": office}
        correct(stance, values, user=make.person("ana"))
        stance.refresh_from_db()
        assert (stance.role, stance.office) == (role, expected)


def test_nobody_holds_the_office_of_somebody_else() -> None:
    with pytest.raises(ValidationError, match="an office of Vladimir Putin"):
        correct(make.stance(), {"role": make.role()}, user=make.person("ana"))
