"""Merging, splitting, moving and renaming claims: what each does, and that undoing it restores every row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from claims.decisions import kept_apart
from claims.models import (
    Claim,
    ClaimEdit,
    ClaimPlacement,
    ClaimSuggestion,
    ClaimTopic,
    ClaimTopicRemoval,
    PositionChange,
    Stance,
)
from claims.review import (
    ChangedMeanwhileError,
    RefusedError,
    accept,
    apply_suggestion,
    correct,
    dismiss_change,
    dismiss_suggestion,
    merge_claim,
    move_stances,
    plan_merge,
    rename_claim,
    reopen_suggestion,
    split_claim,
    undo_edit,
)
from claims.review.changes import VOLATILE
from claims.selectors import canonical, merged_ids
from tests import factories as make
from tests.actors.whole_store import whole_store as every_row

pytestmark = pytest.mark.django_db

INVADE = "Russia is going to invade Ukraine"
RIGHT = "Russia has the right to move troops"


def whole_store() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the log of edits, without the numbers that only ever go up."""
    return {
        model: [{name: value for name, value in row.items() if name not in VOLATILE} for row in rows]
        for model, rows in every_row(without="ClaimEdit").items()
    }


def now(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


@pytest.fixture
def plan() -> Claim:
    """A claim with a pending and an accepted stance, two topics, one of them by hand, and one it was taken out of."""
    claim = make.claim(first_seen=dt.date(2021, 12, 1))
    make.stance(claim=claim)
    judged = make.stance(claim=claim, mention="Ushakov", cue="told", content="such a move", target="")
    accept([judged], user=make.person("ana"))
    make.stance(claim=make.claim(text="Somebody else's claim"), actor_as_printed="Another")
    make.claim_wording(claim=claim, text="planning to attack Ukraine")
    ClaimTopic.objects.create(claim=claim, topic=make.topic(), by_person=True)
    ClaimTopic.objects.create(claim=claim, topic=make.topic(name="Troops"))
    ClaimTopicRemoval.objects.create(claim=claim, topic=make.topic(name="Sanctions"), user=make.person("ana"))
    return claim


@pytest.fixture
def invasion() -> Claim:
    """The same claim in other words, with a stance, a topic that both have, and a suggestion that it is the same."""
    claim = make.claim(text=INVADE)
    make.stance(claim=claim, mention="The US", cue="warned", content="sanctions if Russia attacks", target="")
    ClaimTopic.objects.create(claim=claim, topic=make.topic())
    return claim


@pytest.fixture
def suggestion(plan: Claim, invasion: Claim) -> ClaimSuggestion:
    return make.claim_suggestion(first=plan, second=invasion)


def stances_of(claim: Claim) -> list[Stance]:
    return list(Stance.objects.filter(claim__in=merged_ids(claim)).order_by("pk"))


def new_wording(text: str) -> str:
    """``text``, and the second time something else."""
    return text + " again" * ClaimEdit.objects.count()


def merged(plan: Claim, invasion: Claim) -> ClaimEdit:
    return merge_claim(now(plan), now(invasion), user=make.person("ana"))


def split(plan: Claim, invasion: Claim) -> ClaimEdit:
    return split_claim(now(plan), stances_of(plan)[:1], new_wording(RIGHT), user=make.person("ana"))


def moved(plan: Claim, invasion: Claim) -> ClaimEdit:
    return move_stances(now(plan), stances_of(plan), now(invasion), user=make.person("ana"))


def renamed(plan: Claim, invasion: Claim) -> ClaimEdit:
    edit = rename_claim(now(plan), new_wording("Russia means to attack Ukraine"), user=make.person("ana"))
    assert edit is not None
    return edit


EDITS = [merged, split, moved, renamed]
Edit = Callable[[Claim, Claim], ClaimEdit]


# Undo ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edit", EDITS)
def test_undoing_restores_every_row(edit: Edit, plan: Claim, invasion: Claim, suggestion: ClaimSuggestion) -> None:
    before = whole_store()
    done = edit(plan, invasion)
    assert whole_store() != before
    undone = undo_edit(done, user=make.person("leo"))
    assert whole_store() == before
    assert (undone.undone_by, undone.user) == (make.person("leo"), make.person("ana"))
    assert undone.undone_at is not None


@pytest.mark.parametrize("second", EDITS)
@pytest.mark.parametrize("first", EDITS)
def test_two_edits_are_undone_in_turn(
    first: Edit, second: Edit, plan: Claim, invasion: Claim, suggestion: ClaimSuggestion
) -> None:
    stages = [whole_store()]
    done = [first(plan, invasion)]
    stages.append(whole_store())
    if first is merged:
        # What is merged away can't be edited: the second edit is one of the claim that stays.
        plan, invasion = invasion, make.claim(text="A third claim")
        stages[-1] = whole_store()
    elif first is moved:
        plan, invasion = invasion, plan
    done.append(second(plan, invasion))
    undo_edit(done[1], user=make.person("ana"))
    assert whole_store() == stages[1]
    undo_edit(done[0], user=make.person("ana"))
    if first is merged:
        Claim.objects.filter(text="A third claim").delete()
    assert whole_store() == stages[0]


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_undone_is_not_undone_again(edit: Edit, plan: Claim, invasion: Claim) -> None:
    done = edit(plan, invasion)
    undo_edit(done, user=make.person("ana"))
    with pytest.raises(RefusedError, match="undone already"):
        undo_edit(done, user=make.person("ana"))


def refused(edit: ClaimEdit, words: str) -> None:
    """Undoing ``edit`` is refused in ``words``, and changes nothing."""
    before = whole_store()
    with pytest.raises(RefusedError, match=words):
        undo_edit(edit, user=make.person("ana"))
    assert whole_store() == before
    assert ClaimEdit.objects.get(pk=edit.pk).undone_at is None


def test_a_rename_under_a_later_rename_stays(plan: Claim, invasion: Claim) -> None:
    first = renamed(plan, invasion)
    second = rename_claim(now(plan), "A third wording", user=make.person("leo"))
    assert second
    refused(first, rf"was changed since \(text\)\. Undo first: the rename of .* \(number {second.pk}\)")
    undo_edit(second, user=make.person("ana"))
    undo_edit(first, user=make.person("ana"))
    assert now(plan).text == plan.text


def test_a_merge_under_a_later_merge_stays(plan: Claim, invasion: Claim) -> None:
    first = merged(plan, invasion)
    second = merge_claim(now(invasion), make.claim(text="A third claim"), user=make.person("ana"))
    refused(first, "was changed since .*Undo first: the merge of")
    undo_edit(second, user=make.person("ana"))
    undo_edit(first, user=make.person("ana"))


def test_a_split_stays_once_people_work_with_the_new_claim(plan: Claim, invasion: Claim) -> None:
    edit = split(plan, invasion)
    new = Claim.objects.get(text=RIGHT)
    topic = ClaimTopic.objects.create(claim=new, topic=make.topic(name="Rights"), by_person=True)
    refused(edit, "1 topics were given to it since")
    topic.delete()
    further = move_stances(now(invasion), stances_of(invasion), new, user=make.person("ana"))
    refused(edit, "1 stances were put under it since.* Undo first: the move of stances")
    undo_edit(further, user=make.person("ana"))
    later = move_stances(new, stances_of(new), now(invasion), user=make.person("ana"))
    refused(edit, "1 of its stances belong to another claim by now")
    undo_edit(later, user=make.person("ana"))
    undo_edit(edit, user=make.person("ana"))


def test_a_move_stays_once_somebody_corrected_the_claim(plan: Claim, invasion: Claim) -> None:
    edit = moved(plan, invasion)
    stance = stances_of(invasion)[0]
    correct(stance, {"claim": make.claim(text="A third claim")}, user=make.person("ana"))
    refused(edit, "1 of its stances belong to another claim by now")


def test_undoing_a_split_gives_back_what_runs_put_there_since(plan: Claim, invasion: Claim) -> None:
    edit = split(plan, invasion)
    new = Claim.objects.get(text=RIGHT)
    found = make.stance(claim=new, actor_as_printed="A newer one", run=make.run())
    ClaimTopic.objects.create(claim=new, topic=make.topic(name="By pattern"))
    make.claim_suggestion(first=invasion, second=new)
    wording = make.claim_wording(claim=new, text="Moscow may move troops")
    make.position_change(claim=new, earlier=found, later=found)
    undo_edit(edit, user=make.person("ana"))
    assert not Claim.objects.filter(pk=new.pk).exists()
    found.refresh_from_db()
    wording.refresh_from_db()
    assert found.claim == wording.claim == plan


def test_a_split_stays_once_somebody_dismissed_a_change_on_the_new_claim(plan: Claim, invasion: Claim) -> None:
    edit = split(plan, invasion)
    new = Claim.objects.get(text=RIGHT)
    (stance,) = stances_of(new)
    change = make.position_change(claim=new, earlier=stance, later=stance)
    dismiss_change([change.pk], user=make.person("ana"), reason="misread")
    refused(edit, "1 changes of position on it were dismissed since")


def test_a_topic_that_a_person_took_over_since_stays(plan: Claim, invasion: Claim) -> None:
    edit = merged(plan, invasion)
    ClaimTopic.objects.filter(claim=invasion, topic=make.topic(name="Troops")).update(by_person=True)
    undo_edit(edit, user=make.person("ana"))
    assert ClaimTopic.objects.filter(claim=invasion, topic=make.topic(name="Troops"), by_person=True).exists()


def test_a_day_that_a_run_found_since_stays(plan: Claim, invasion: Claim) -> None:
    edit = merged(plan, invasion)
    Claim.objects.filter(pk=invasion.pk).update(first_seen=dt.date(2020, 1, 1))
    undo_edit(edit, user=make.person("ana"))
    assert now(invasion).first_seen == dt.date(2020, 1, 1)


# Merging -------------------------------------------------------------------------------------------------------------


def test_a_merge_is_soft_and_gives_the_lasting_claim_what_the_other_had(
    plan: Claim, invasion: Claim, suggestion: ClaimSuggestion
) -> None:
    foretold = plan_merge(plan, invasion)
    edit = merged(plan, invasion)
    assert (foretold.stances, foretold.judged, foretold.claims, foretold.topics) == (2, 1, 0, 1)
    assert canonical(now(plan)) == invasion
    assert Stance.objects.filter(claim=plan).count() == 2
    assert now(invasion).first_seen == dt.date(2021, 12, 1)
    assert dict(invasion.claim_topics.values_list("topic__name", "by_person")) == {
        "Attack on Ukraine": True,
        "Troops": False,
    }
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by) == ("applied", make.person("ana"))
    assert edit.summary == f"“{plan.text}” into “{INVADE}”"


def test_a_merge_does_not_bring_back_a_topic_that_a_person_took_away(plan: Claim, invasion: Claim) -> None:
    ClaimTopicRemoval.objects.create(claim=invasion, topic=make.topic(name="Troops"))
    assert plan_merge(plan, invasion).topics == 0
    merged(plan, invasion)
    assert not invasion.claim_topics.filter(topic__name="Troops").exists()


def test_a_merged_claim_is_always_one_step_from_the_one_that_lasts(plan: Claim, invasion: Claim) -> None:
    third = make.claim(text="A third claim")
    merge_claim(third, now(plan), user=make.person("ana"))
    assert plan_merge(now(plan), invasion).claims == 1
    merged(plan, invasion)
    assert (now(third).merged_into, now(plan).merged_into) == (invasion, invasion)


def test_a_merge_of_a_pair_that_was_kept_apart_overrules_that_until_it_is_undone(plan: Claim, invasion: Claim) -> None:
    row = make.claim_suggestion(first=plan, second=invasion, state="dismissed")
    edit = merged(plan, invasion)
    assert kept_apart() == set()
    undo_edit(edit, user=make.person("leo"))
    assert kept_apart() == {(plan.pk, invasion.pk)}
    assert ClaimSuggestion.objects.get(pk=row.pk).decided_at == row.decided_at


def test_a_claim_is_not_merged_into_itself_or_twice(plan: Claim, invasion: Claim) -> None:
    with pytest.raises(RefusedError, match="into itself"):
        merge_claim(plan, plan, user=make.person("ana"))
    merged(plan, invasion)
    with pytest.raises(RefusedError, match="is merged into another"):
        merge_claim(now(plan), make.claim(text="A third claim"), user=make.person("ana"))
    with pytest.raises(RefusedError, match="is merged into another"):
        merge_claim(now(invasion), now(plan), user=make.person("ana"))


@pytest.mark.parametrize("edit", [merged, moved])
def test_a_change_that_was_dismissed_stays_so_on_the_other_claim(edit: Edit, plan: Claim, invasion: Claim) -> None:
    earlier, later = stances_of(plan)
    dismissed = make.position_change(claim=plan, earlier=earlier, later=later)
    dismiss_change([dismissed.pk], user=make.person("ana"), reason="misread")
    before = whole_store()
    done = edit(plan, invasion)
    dismissed.refresh_from_db()
    assert dismissed.claim == invasion
    undo_edit(done, user=make.person("ana"))
    assert whole_store() == before


def test_a_change_that_the_other_claim_lists_itself_is_left_alone(plan: Claim, invasion: Claim) -> None:
    earlier, later = stances_of(plan)
    both = [make.position_change(claim=claim, earlier=earlier, later=later) for claim in (plan, invasion)]
    dismiss_change([change.pk for change in both], user=make.person("ana"), reason="misread")
    merged(plan, invasion)
    assert {change.claim for change in PositionChange.objects.all()} == {plan, invasion}


def test_a_change_that_is_gone_since_keeps_nothing_from_being_undone(plan: Claim, invasion: Claim) -> None:
    earlier, later = stances_of(plan)
    change = make.position_change(claim=plan, earlier=earlier, later=later)
    dismiss_change([change.pk], user=make.person("ana"), reason="misread")
    edit = merged(plan, invasion)
    change.delete()
    undo_edit(edit, user=make.person("ana"))
    assert now(plan).merged_into is None


# Splitting and moving ------------------------------------------------------------------------------------------------


def test_a_split_makes_a_claim_with_the_topics_of_the_old_one_and_keeps_the_two_apart(
    plan: Claim, invasion: Claim
) -> None:
    stance, other = stances_of(plan)
    edit = split(plan, invasion)
    new = Claim.objects.get(text=RIGHT)
    assert (new.wording_key, new.curated, new.first_seen) == (Claim.key_for(RIGHT), True, stance.article.published_on)
    assert stances_of(new) == [stance]
    assert stances_of(plan) == [other]
    assert set(new.topics.all()) == set(plan.topics.all())
    assert new.topic_removals.get().topic.name == "Sanctions"
    assert kept_apart([new.pk]) == {(plan.pk, new.pk)}
    assert (edit.claim, edit.other, edit.summary) == (
        plan,
        new,
        f"1 stance of “{plan.text}” to the new claim “{RIGHT}”",
    )


def test_a_move_changes_the_claim_and_no_judgement(plan: Claim, invasion: Claim) -> None:
    pending, judged = stances_of(plan)
    moved(plan, invasion)
    assert [(each.pk, each.state, each.version) for each in stances_of(invasion)] == [
        (pending.pk, "pending", 2),
        (judged.pk, "accepted", 3),
        (stances_of(invasion)[2].pk, "pending", 1),
    ]
    assert list(ClaimPlacement.objects.values_list("claim", "user")) == [(invasion.pk, make.person("ana").pk)] * 2


def test_a_stance_that_was_placed_before_is_placed_anew(plan: Claim, invasion: Claim) -> None:
    moved(plan, invasion)
    before = whole_store()
    third = make.claim(text="A third claim")
    stances = [each for each in stances_of(invasion) if each.cue_text == "denies"]
    edit = move_stances(now(invasion), stances, third, user=make.person("leo"))
    row = ClaimPlacement.objects.get(claim=third)
    assert (row.user, row.content_start) == (make.person("leo"), stances[0].content_start)
    undo_edit(edit, user=make.person("ana"))
    third.delete()
    assert whole_store() == before


@pytest.mark.parametrize(("worded", "follows"), [("", True), ("Moscow goes to war", True), ("shared", False)])
def test_a_wording_follows_its_stances_once_none_is_left(
    worded: str, follows: bool, plan: Claim, invasion: Claim
) -> None:
    pending, judged = stances_of(plan)
    Stance.objects.filter(pk=pending.pk).update(extracted={"claim": worded} if worded else {})
    if not follows:
        Stance.objects.filter(pk=judged.pk).update(extracted={"claim": worded})
    row = make.claim_wording(claim=plan, text=worded or pending.content_text)
    before = whole_store()
    edit = split(plan, invasion)
    row.refresh_from_db()
    assert row.claim.text == (RIGHT if follows else plan.text)
    undo_edit(edit, user=make.person("ana"))
    assert whole_store() == before


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("", ValidationError, "cannot be blank"),
        ("  ", ValidationError, "cannot be blank"),
        ("x" * 2001, ValidationError, "at most 2000 characters"),
        ("russia plans to  attack Ukraine.", RefusedError, "There is a claim with this wording already"),
    ],
)
def test_a_split_needs_a_wording_of_its_own(
    text: str, error: type[Exception], words: str, plan: Claim, invasion: Claim
) -> None:
    before = whole_store()
    with pytest.raises(error, match=words):
        split_claim(plan, stances_of(plan)[:1], text, user=make.person("ana"))
    assert whole_store() == before


def test_only_stances_of_the_claim_are_moved(plan: Claim, invasion: Claim) -> None:
    strange = stances_of(invasion)
    with pytest.raises(RefusedError, match="don't belong to this claim"):
        move_stances(plan, strange, make.claim(text="A third claim"), user=make.person("ana"))
    with pytest.raises(RefusedError, match="No stance is ticked"):
        move_stances(plan, [], invasion, user=make.person("ana"))
    with pytest.raises(RefusedError, match="belong to this claim already"):
        move_stances(plan, stances_of(plan), plan, user=make.person("ana"))


# Renaming ------------------------------------------------------------------------------------------------------------


def test_a_rename_keeps_the_key_of_the_first_wording(plan: Claim, invasion: Claim) -> None:
    renamed(plan, invasion)
    row = now(plan)
    assert (row.text, row.wording_key) == ("Russia means to attack Ukraine", Claim.key_for(plan.text))
    assert (row.curated, row.version) == (True, 2)
    assert rename_claim(row, row.text, user=make.person("ana")) is None


@pytest.mark.parametrize("text", ["", "x" * 2001])
def test_a_rename_needs_a_wording(text: str, plan: Claim) -> None:
    with pytest.raises(ValidationError):
        rename_claim(plan, text, user=make.person("ana"))
    assert now(plan).text == plan.text


# Suggestions ---------------------------------------------------------------------------------------------------------


def test_applying_a_suggestion_merges_and_undoing_opens_it_again(
    plan: Claim, invasion: Claim, suggestion: ClaimSuggestion
) -> None:
    before = whole_store()
    edit = apply_suggestion(suggestion, invasion, plan, user=make.person("ana"))
    assert canonical(now(invasion)) == plan
    undo_edit(edit, user=make.person("ana"))
    assert whole_store() == before


def test_dismissing_a_suggestion_is_remembered_under_all_rows_and_can_be_taken_back(
    plan: Claim, invasion: Claim, suggestion: ClaimSuggestion
) -> None:
    third = make.claim(text="A third claim")
    same = make.claim_suggestion(first=invasion, second=third)
    merge_claim(third, plan, user=make.person("ana"))
    assert dismiss_suggestion(same, user=make.person("leo")) == 2
    assert kept_apart() == {(plan.pk, invasion.pk)}
    with pytest.raises(ChangedMeanwhileError, match="leo has decided this suggestion meanwhile: not the same"):
        dismiss_suggestion(suggestion, user=make.person("ana"))
    with pytest.raises(ChangedMeanwhileError, match="leo has decided"):
        apply_suggestion(suggestion, now(plan), now(invasion), user=make.person("ana"))
    reopen_suggestion(suggestion, user=make.person("ana"))
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by, suggestion.decided_at) == ("open", None, None)
    with pytest.raises(ChangedMeanwhileError):
        reopen_suggestion(suggestion, user=make.person("ana"))


def test_a_suggestion_merges_only_its_own_claims(plan: Claim, invasion: Claim, suggestion: ClaimSuggestion) -> None:
    with pytest.raises(RefusedError, match="not the claims that the suggestion is about"):
        apply_suggestion(suggestion, plan, make.claim(text="A third claim"), user=make.person("ana"))


# Two people, and people without the permission -----------------------------------------------------------------------


@pytest.mark.parametrize("edit", EDITS)
def test_the_second_of_two_people_is_told(edit: Edit, plan: Claim, invasion: Claim) -> None:
    """Ana has everything on screen; Leo renames both claims and judges the stances; then Ana goes on."""
    old_plan, old_invasion, old_stances = now(plan), now(invasion), stances_of(plan)
    for claim in (plan, invasion):
        rename_claim(now(claim), f"{claim.text}, it is said", user=make.person("leo"))
    accept(old_stances[:1], user=make.person("leo"))
    attempts: dict[Edit, Callable[[], object]] = {
        merged: lambda: merge_claim(old_plan, now(invasion), user=make.person("ana")),
        split: lambda: split_claim(old_plan, stances_of(plan), RIGHT, user=make.person("ana")),
        moved: lambda: move_stances(now(plan), stances_of(plan), old_invasion, user=make.person("ana")),
        renamed: lambda: rename_claim(old_plan, "Another wording", user=make.person("ana")),
    }
    before = whole_store()
    with pytest.raises(ChangedMeanwhileError, match="Somebody else changed the claim"):
        attempts[edit]()
    assert whole_store() == before


def test_stances_that_changed_meanwhile_are_not_moved(plan: Claim, invasion: Claim) -> None:
    loaded = stances_of(plan)
    loaded[0].version -= 1
    before = whole_store()
    with pytest.raises(ChangedMeanwhileError, match="1 of the 2 stances were changed"):
        move_stances(plan, loaded, invasion, user=make.person("ana"))
    gone = Stance(pk=0, version=1)
    with pytest.raises(ChangedMeanwhileError, match="1 of the 1 stances"):
        split_claim(plan, [gone], RIGHT, user=make.person("ana"))
    assert whole_store() == before


@pytest.mark.parametrize("edit", EDITS)
def test_whoever_has_a_row_open_notices_edit_and_undo(edit: Edit, plan: Claim, invasion: Claim) -> None:
    def versions() -> list[tuple[str, int, int]]:
        return [
            (model.__name__, pk, version)
            for model in (Claim, Stance)
            for pk, version in model._default_manager.order_by("pk").values_list("pk", "version")
        ]

    before = versions()
    done = edit(plan, invasion)
    touched = {(each["model"].title(), each["pk"]) for each in done.changes if each["before"] is not None}
    undo_edit(done, user=make.person("ana"))
    for (noun, pk, version), (_, _, now_) in zip(before, versions(), strict=True):
        assert now_ == version + (2 if (noun, pk) in touched else 0)


@pytest.mark.parametrize("name", ["rita", "stan"])
@pytest.mark.parametrize("edit", EDITS)
def test_who_may_not_edit_claims_edits_none(
    edit: Edit, name: str, plan: Claim, invasion: Claim, suggestion: ClaimSuggestion
) -> None:
    done = edit(plan, invasion)
    before = whole_store()
    user = make.person(name)
    attempts: list[Callable[[], object]] = [
        lambda: merge_claim(plan, invasion, user=user),
        lambda: split_claim(plan, stances_of(plan), RIGHT, user=user),
        lambda: move_stances(plan, stances_of(plan), invasion, user=user),
        lambda: rename_claim(plan, "Another wording", user=user),
        lambda: undo_edit(done, user=user),
        lambda: apply_suggestion(suggestion, plan, invasion, user=user),
        lambda: dismiss_suggestion(suggestion, user=user),
        lambda: reopen_suggestion(suggestion, user=user),
    ]
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert whole_store() == before
