"""Many edits in any order: undone from the last to the first, the store goes back through all its states."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from pytest_django import Settings

from claims.models import Claim, ClaimEdit, ClaimPlacement, Stance
from claims.review import RefusedError, accept, merge_claim, move_stances, rename_claim, split_claim, undo_edit
from claims.selectors import merged_ids
from tests import factories as make
from tests.ingest.articles import write_articles
from tests.review.test_claim_edits import whole_store

pytestmark = pytest.mark.django_db

EDITS = 10


@pytest.fixture
def ana() -> User:
    return make.person("ana")


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, ana: User) -> Path:
    """Articles that are imported, a third of their stances judged."""
    write_articles(tmp_path, 12)
    make.topic(name="War", patterns=["attack"])
    read(tmp_path, "LineEngine", settings)
    accept(Stance.objects.filter(pk__in=list(Stance.objects.values_list("pk", flat=True))[::3]), user=ana)
    return tmp_path


def read(folder: Path, engine: str, settings: Settings) -> None:
    settings.STANCE_ENGINE = f"tests.ingest.engines.{engine}"
    call_command("import_articles", str(folder), "--processes=0", "--again", verbosity=0)


def edit_something(dice: random.Random, number: int, ana: User) -> ClaimEdit | None:
    """One edit of what there is; None where the dice chose what can't be done."""
    claims = list(Claim.objects.filter(merged_into=None).order_by("pk"))
    claim, other = dice.sample(claims, 2)
    stances = list(Stance.objects.filter(claim__in=merged_ids(claim)).order_by("pk"))
    ticked = dice.sample(stances, dice.randint(0, min(4, len(stances))))
    try:
        match dice.choice(("merge", "split", "split", "move", "move", "rename")):
            case "merge" if len(claims) > 3:
                return merge_claim(claim, other, user=ana)
            case "split":
                return split_claim(claim, ticked, f"Claim number {number}", user=ana)
            case "move":
                return move_stances(claim, ticked, other, user=ana)
            case _:
                return rename_claim(claim, f"Wording number {number}", user=ana)
    except RefusedError:
        return None


@pytest.mark.parametrize("seed", range(6))
def test_undoing_all_goes_back_through_every_state(seed: int, folder: Path, ana: User) -> None:
    dice = random.Random(seed)
    states, edits = [], []
    for number in itertools.count():
        before = whole_store()
        edit = edit_something(dice, number, ana)
        if edit is None:
            assert whole_store() == before
        else:
            states.append(before)
            edits.append(edit)
        if len(edits) == EDITS:
            break
    for edit, state in zip(reversed(edits), reversed(states), strict=True):
        undo_edit(edit, user=ana)
        assert whole_store() == state


@pytest.mark.parametrize("seed", range(6))
def test_all_is_undone_after_newer_versions_have_read_everything_again(
    seed: int, folder: Path, ana: User, settings: Settings
) -> None:
    claims = set(Claim.objects.values_list("text", flat=True))
    dice = random.Random(seed)
    edits = [edit for number in range(2 * EDITS) if (edit := edit_something(dice, number, ana))]
    assert edits
    read(folder, "ContraryEngine", settings)
    for edit in reversed(edits):
        undo_edit(edit, user=ana)
    assert not ClaimPlacement.objects.exists()
    assert not Claim.objects.exclude(merged_into=None).exists()
    read(folder, "LineEngine", settings)
    worded = Stance.objects.pending().values_list("claim__text", "content_text")
    assert [claim for claim, content in worded if claim != content] == []
    assert claims <= set(Claim.objects.values_list("text", flat=True))
