"""``manage.py assign_topics``: what it does, says and returns."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from claims.models import ClaimTopic
from tests import factories as make

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> dict[str, int]:
    """The figures that the command prints."""
    out = io.StringIO()
    call_command("assign_topics", *arguments, stdout=out, stderr=io.StringIO())
    rows = (line.rsplit(maxsplit=1) for line in out.getvalue().splitlines())
    return {name.strip(): int(figure) for name, figure in rows if figure.isdigit()}


def test_it_assigns_all_claims_and_says_how_many() -> None:
    make.topic()
    make.claim()
    make.claim(text="Talks go on")
    assert run() == {"claims": 2, "added": 1, "taken back": 0}
    assert ClaimTopic.objects.get().claim.text == "Russia plans to attack Ukraine"
    assert run() == {"claims": 2, "added": 0, "taken back": 0}


def test_a_rehearsal_changes_nothing() -> None:
    make.topic()
    make.claim()
    assert run("--dry-run")["added"] == 1
    assert not ClaimTopic.objects.exists()


def test_it_keeps_to_the_topics_that_are_named() -> None:
    make.topic()
    other = make.topic(name="Ukraine", patterns=["Ukraine"])
    make.claim()
    run("--topic", "ukraine")
    assert ClaimTopic.objects.get().topic == other


def test_a_topic_that_is_not_there_is_told() -> None:
    with pytest.raises(CommandError, match="no topic nowhere") as told:
        run("--topic", "nowhere")
    assert told.value.returncode == 2


def test_many_claims_are_taken_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.management.commands.assign_topics.BATCH", 2)
    make.topic(patterns=["attack"])
    for number in range(5):
        make.claim(text=f"Attack {number}")
    assert run()["added"] == 5
