"""Accepting in bulk: the preview, the page beside the list, the command."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from claims.models import Judgement, Stance
from claims.review import accept_above, preview
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import fields_of

PAGE = "/admin/claims/stance/accept-above/"
CONTENTS = ("planning to attack Ukraine", "it has the right to move troops")


@pytest.fixture
def ana(db: None) -> Client:
    client = Client()
    client.force_login(make.person("ana"))
    return client


@pytest.fixture
def three(db: None) -> list[Stance]:
    """Two that wait, a sure and an unsure one, and a sure one that is rejected."""
    return [
        make.stance(confidence=0.95),
        make.stance(confidence=0.6, cue="says", content=CONTENTS[1], target="", act="states"),
        make.stance(confidence=0.99, actor_as_printed="the Kremlin", state="rejected"),
    ]


def states() -> list[str]:
    return list(Stance.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize(("above", "number"), [(0.0, 2), (0.6, 2), (0.61, 1), (0.95, 1), (0.96, 0)])
def test_the_preview_counts_what_waits_from_a_confidence_on(three: list[Stance], above: float, number: int) -> None:
    seen = preview(Stance.objects.all(), above)
    assert (seen.number, len(seen.shown), sum(number for _, number in seen.acts)) == (number, number, number)
    assert states() == ["pending", "pending", "rejected"]


def test_each_gets_a_judgement_as_if_alone(three: list[Stance]) -> None:
    user = make.person("ana")
    seen = preview(Stance.objects.all(), 0.9)
    accepted = accept_above(Stance.objects.all(), 0.9, user=user, last=seen.last, note="sure")
    assert (accepted.done, accepted.conflicts) == (1, 0)
    assert states() == ["accepted", "pending", "rejected"]
    judgement = Judgement.objects.get()
    assert (judgement.stance, judgement.user, judgement.note) == (three[0], user, "sure")
    assert judgement.changes == {"state": {"before": "pending", "after": "accepted"}}


def test_what_comes_in_after_the_preview_is_left_out(three: list[Stance]) -> None:
    accept_above(Stance.objects.all(), 0.0, user=make.person("ana"), last=three[0].pk)
    assert states() == ["accepted", "pending", "rejected"]


def test_more_than_a_batch_is_accepted_whole(three: list[Stance], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.review.bulk.BATCH", 1)
    steps: list[int] = []
    accept_above(Stance.objects.all(), 0.0, user=make.person("ana"), last=three[-1].pk, watch=steps.append)
    assert (states(), steps) == (["accepted", "accepted", "rejected"], [1, 1])


def test_readers_may_not(three: list[Stance], as_person: SignIn) -> None:
    with pytest.raises(PermissionDenied):
        accept_above(Stance.objects.all(), 0.0, user=make.person("rita"), last=9)
    assert as_person("stan").get(PAGE).status_code == 403
    assert as_person("stan").post(PAGE, {"above": "0", "number": "9", "last": "9"}).status_code == 403
    assert states() == ["pending", "pending", "rejected"]


def confirmed(client: Client, query: str) -> Any:
    """Look at the preview for ``query`` and confirm it."""
    shown = client.get(f"{PAGE}?{query}")
    return client.post(f"{PAGE}?{query}", fields_of(shown), follow=True)


def test_the_page_shows_before_it_accepts_and_leads_to_the_desk(ana: Client, three: list[Stance]) -> None:
    shown = ana.get(f"{PAGE}?above=0.9")
    assert "1 stance would be accepted" in shown.content.decode()
    assert states() == ["pending", "pending", "rejected"]
    answer = confirmed(ana, "above=0.9")
    assert "1 accepted." in answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith("/admin/claims/stance/desk/")
    assert states() == ["accepted", "pending", "rejected"]


def test_the_filters_of_the_list_hold(ana: Client, three: list[Stance]) -> None:
    confirmed(ana, "above=0&act__exact=states")
    assert states() == ["pending", "accepted", "rejected"]


def test_when_there_are_more_by_now_it_is_shown_again(ana: Client, three: list[Stance]) -> None:
    answer = ana.post(PAGE, {"above": "0", "number": "1", "last": "999999999"})
    assert "There are more of them by now" in answer.content.decode()
    assert states() == ["pending", "pending", "rejected"]


@pytest.mark.parametrize("above", ["x", "-1", "1.5", "nan"])
def test_a_confidence_that_is_none_is_said(ana: Client, three: list[Stance], above: str) -> None:
    assert ana.get(PAGE, {"above": above}).status_code == 422


def test_too_many_are_left_to_the_command(ana: Client, three: list[Stance], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.bulk.MOST", 1)
    assert "accept_stances" in ana.get(f"{PAGE}?above=0").content.decode()
    ana.post(PAGE, {"above": "0", "number": "2", "last": "999999999"})
    assert states() == ["pending", "pending", "rejected"]


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("accept_stances", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_the_command_tells_first_and_accepts_then(three: list[Stance]) -> None:
    make.person("ana")
    assert "1 stances would be accepted" in run("--above", "0.9", "--user", "ana", "--dry-run")
    assert states() == ["pending", "pending", "rejected"]
    assert "1 accepted" in run("--above", "0.9", "--user", "ana")
    assert states() == ["accepted", "pending", "rejected"]


@pytest.mark.parametrize(
    ("options", "after"),
    [
        (["--act", "states"], ["pending", "accepted", "rejected"]),
        (["--actor", "russia"], ["accepted", "accepted", "rejected"]),
        (["--since", "2999-01-01"], ["pending", "pending", "rejected"]),
        (["--until", "1999-01-01"], ["pending", "pending", "rejected"]),
    ],
)
def test_options_of_the_command_narrow(three: list[Stance], options: list[str], after: list[str]) -> None:
    make.person("ana")
    run("--above", "0", "--user", "ana", *options)
    assert states() == after


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--above", "0.9", "--user", "nobody"], 2),
        (["--above", "0.9", "--user", "rita"], 1),
        (["--above", "0.9", "--user", "ana", "--actor", "nobody"], 2),
    ],
)
def test_the_command_says_what_is_wrong(three: list[Stance], arguments: list[str], status: int) -> None:
    make.person("ana")
    make.person("rita")
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert caught.value.returncode == status
    assert states() == ["pending", "pending", "rejected"]
