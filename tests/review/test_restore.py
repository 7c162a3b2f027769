"""Restoring: what a stance was after an earlier decision, as one more decision."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims.models import Judgement, Stance
from claims.review import ConflictError, accept, correct, reject, reopen, restore
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> tuple[Stance, list[Judgement]]:
    """Accepted by Ana, made a warning and then a demand by Leo, rejected by Ana, reopened by Leo."""
    stance = make.stance(act="denies")
    ana, leo = make.person("ana"), make.person("leo")
    accept([stance], user=ana)
    correct(stance, {"act": "warns"}, user=leo)
    correct(stance, {"act": "demands", "side": "for"}, user=leo)
    reject([stance], user=ana, reason="not a stance")
    reopen([stance], user=leo)
    return stance, list(Judgement.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("which", "act", "side", "state"),
    [
        (0, "denies", "against", "accepted"),
        (1, "warns", "against", "corrected"),
        (2, "demands", "for", "corrected"),
        (3, "demands", "for", "rejected"),
    ],
)
def test_the_stance_is_again_what_it_was(
    judged: tuple[Stance, list[Judgement]], which: int, act: str, side: str, state: str
) -> None:
    stance, judgements = judged
    outcome = restore(judgements[which], user=make.person("ana"), version=stance.version)
    stored = Stance.objects.get(pk=stance.pk)
    assert (stored.act, stored.side, stored.state, stored.version) == (act, side, state, stance.version + 1)
    assert outcome.done == [stored]
    last = Judgement.objects.latest("pk")
    assert (last.user.get_username(), last.decision) == ("ana", state)
    assert last.note.startswith("restored to ")


def test_restoring_what_is_so_already_decides_nothing(judged: tuple[Stance, list[Judgement]]) -> None:
    stance, judgements = judged
    assert restore(judgements[-1], user=make.person("ana"), version=stance.version).unchanged == [stance]
    assert Judgement.objects.count() == len(judgements)


def test_a_restoration_can_be_restored_over(judged: tuple[Stance, list[Judgement]]) -> None:
    stance, judgements = judged
    restore(judgements[0], user=make.person("ana"), version=stance.version)
    restore(judgements[3], user=make.person("leo"), version=stance.version + 1)
    stored = Stance.objects.get(pk=stance.pk)
    assert (stored.act, stored.side, stored.state) == ("demands", "for", "rejected")


def test_who_saw_an_older_version_is_told(judged: tuple[Stance, list[Judgement]]) -> None:
    stance, judgements = judged
    with pytest.raises(ConflictError):
        restore(judgements[0], user=make.person("ana"), version=stance.version - 1)
    assert Stance.objects.get(pk=stance.pk).state == "pending"


def test_readers_may_not(judged: tuple[Stance, list[Judgement]]) -> None:
    stance, judgements = judged
    with pytest.raises(PermissionDenied):
        restore(judgements[0], user=make.person("rita"), version=stance.version)
