"""Judging many stances at the shell: what is picked, in whose name, and what is left alone."""

from __future__ import annotations

import io
from argparse import ArgumentTypeError
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from claims.management.judging import share
from claims.models import Judgement, Stance
from claims.review import accept, reject_all, reopen_all
from tests import factories as make

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def states() -> dict[str, int]:
    return dict(Counter(Stance.objects.values_list("state", flat=True)))


@pytest.fixture
def four(db: None) -> list[Stance]:
    """Two unsure ones, a sure one, and an unsure one that Leo has accepted."""
    make.person("ana")
    found = [
        make.stance(actor_as_printed=f"It {n}", confidence=confidence) for n, confidence in enumerate((0.1, 0.2, 0.9))
    ]
    judged = make.stance(actor_as_printed="He", confidence=0.1, act="warns")
    accept([judged], user=make.person("leo"))
    return [*found, judged]


def test_pending_ones_are_rejected_for_a_reason_and_judged_ones_stay(four: list[Stance]) -> None:
    asked = ("reject_stances", "--user", "ana", "--reason", "too unsure", "--below", "0.5")
    assert "2 stances would be rejected" in run(*asked, "--dry-run")
    assert states() == {"pending": 3, "accepted": 1}
    assert "2 rejected" in run(*asked)
    assert states() == {"pending": 1, "rejected": 2, "accepted": 1}
    assert set(Judgement.objects.filter(decision="rejected").values_list("user__username", "note")) == {
        ("ana", "too unsure")
    }
    assert "0 rejected" in run(*asked)


def test_judged_ones_are_reopened_by_state_and_person(four: list[Stance]) -> None:
    accept([four[0]], user=make.person("ana"))
    assert "1 stances would be reopened" in run(
        "reopen_stances", "--user", "ana", "--state", "accepted", "--judged-by", "leo", "--dry-run"
    )
    assert "1 reopened" in run("reopen_stances", "--user", "ana", "--state", "accepted", "--act", "warns")
    assert states() == {"pending": 3, "accepted": 1}
    assert four[3].judgements.filter(decision="reopened").get().user == make.person("ana")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("reject_stances", "--user", "ana", "--reason", "x"), "Say which"),
        (("reject_stances", "--user", "ana", "--reason", " ", "--below", "1"), "Say why"),
        (("reject_stances", "--user", "nobody", "--reason", "x", "--below", "1"), "Nobody is called"),
        (("reject_stances", "--user", "ana", "--reason", "x", "--actor", "none"), "No actor has the slug"),
        (("reopen_stances", "--user", "ana", "--state", "accepted", "--judged-by", "nobody"), "Nobody is called"),
    ],
)
def test_wrong_options_judge_nothing(four: list[Stance], arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(CommandError, match=words) as caught:
        run(*arguments)
    assert caught.value.returncode == 2
    assert states() == {"pending": 3, "accepted": 1}


@pytest.mark.parametrize(
    "arguments",
    [
        ("reject_stances", "--user", "rita", "--reason", "x", "--below", "1"),
        ("reopen_stances", "--user", "rita", "--state", "accepted"),
    ],
)
def test_who_may_not_judge_judges_nothing(four: list[Stance], arguments: tuple[str, ...]) -> None:
    make.person("rita")
    with pytest.raises(CommandError, match="may not judge") as caught:
        run(*arguments)
    assert caught.value.returncode == 1
    assert states() == {"pending": 3, "accepted": 1}


def test_the_bulk_forms_count(four: list[Stance]) -> None:
    ana = make.person("ana")
    watched: list[int] = []
    rejected = reject_all(Stance.objects.all(), user=ana, reason="x", watch=watched.append)
    assert (rejected.done, rejected.conflicts, watched) == (3, 0, [3])
    reopened = reopen_all(Stance.objects.filter(state="rejected"), user=ana)
    assert (reopened.done, states()) == (3, {"pending": 3, "accepted": 1})


@pytest.mark.parametrize("text", ["-0.1", "1.1", "half", "nan"])
def test_a_share_lies_between_0_and_1(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="no number from 0 to 1"):
        share(text)
