"""A newer reading replaces what is the machine's, proposes beside what is people's, and brings no rejected one back."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import pytest
from django.db.models import Model
from django.utils import timezone

from claims.extraction.types import Act, ActorRef, ArticleText, ExtractedStance, Plover, Side, Span
from claims.ingest.rereading import read_again
from claims.ingest.store import Outcome, Stored, save_article
from claims.models import Actor, Article, Claim, Judgement, Proposal, Run, Stance
from tests import factories as make
from tests.factories import person
from tests.ingest.articles import article
from tests.ingest.engines import LineEngine
from tests.ingest.stores import dump

pytestmark = pytest.mark.django_db

ARTICLE = article(
    "Putin denies an attack is planned.",
    "Biden warns to Putin: sanctions would rupture ties.",
    "Peskov says Putin says the talks go on.",
)


@pytest.fixture
def run() -> Run:
    return Run.objects.create(kind=Run.Kind.IMPORT)


@pytest.fixture
def newer() -> Run:
    return Run.objects.create(kind=Run.Kind.IMPORT)


@pytest.fixture(autouse=True)
def stored(run: Run) -> None:
    assert save_article(ARTICLE, said(), run).outcome is Outcome.IMPORTED


def said(read: ArticleText = ARTICLE) -> list[ExtractedStance]:
    return list(LineEngine("", ()).read([read])[0].stances)


def changed(place: int, **values: Any) -> list[ExtractedStance]:
    """The same stances, the one at ``place`` with other values."""
    stances = said()
    stances[place] = dataclasses.replace(stances[place], **values)
    return stances


def without(place: int) -> list[ExtractedStance]:
    return [stance for number, stance in enumerate(said()) if number != place]


def judge(place: int, state: Stance.State = Stance.State.ACCEPTED, **values: Any) -> Stance:
    """What the stance at ``place`` is after Ana has judged it."""
    stance = Stance.objects.order_by("content_start")[place]
    for name, value in {"state": state, "version": stance.version + 1, **values}.items():
        setattr(stance, name, value)
    stance.save()
    Judgement.objects.create(stance=stance, user=person("ana"), decision=state)
    return stance


def judge_all() -> list[Stance]:
    return [judge(place) for place in range(3)]


def columns(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def reread(stances: Sequence[ExtractedStance], run: Run) -> Stored:
    """Read again, and once more to see that the second time changes nothing."""
    people = {stance.pk: columns(stance) for stance in Stance.objects.judged()}
    result = read_again(ARTICLE, stances, run)
    assert {stance.pk: columns(stance) for stance in Stance.objects.filter(pk__in=people)} == people
    before = dump()
    assert read_again(ARTICLE, stances, run) == Stored(Outcome.UNCHANGED, [])
    assert dump() == before
    return result


def proposals() -> list[tuple[str, Stance | None, Any, Any]]:
    rows = Proposal.objects.order_by("pk")
    return [(row.kind, row.stance, row.payload["content"], row.payload["act"]) for row in rows]


# What is the machine's ------------------------------------------------------------------------------------------------


def test_the_same_reading_changes_nothing(newer: Run) -> None:
    before = [columns(stance) for stance in Stance.objects.order_by("pk")]
    assert read_again(ARTICLE, said(), newer) == Stored(Outcome.UNCHANGED, [])
    assert [columns(stance) for stance in Stance.objects.order_by("pk")] == before


def test_a_stance_that_is_being_coded_stays_and_gets_a_proposal(newer: Run) -> None:
    stance = Stance.objects.order_by("content_start")[1]
    make.coding_unit(stance=stance)
    before = columns(stance)
    assert read_again(ARTICLE, changed(1, act=Act.THREATENS), newer).outcome is Outcome.UPDATED
    assert columns(Stance.objects.get(pk=stance.pk)) == before
    assert [(kind, about, act) for kind, about, _, act in proposals()] == [("change", stance, "threatens")]


def test_the_file_may_have_another_name(newer: Run) -> None:
    renamed = dataclasses.replace(ARTICLE, name="b")
    assert read_again(renamed, said(renamed), newer).outcome is Outcome.UNCHANGED


def test_a_pending_stance_is_read_anew_in_its_row_and_editors_notice(newer: Run) -> None:
    before = Stance.objects.order_by("content_start")[0]
    result = reread(changed(0, act=Act.DOUBTS, side=None, confidence=0.3), newer)
    after = Stance.objects.order_by("content_start")[0]
    assert result.outcome is Outcome.UPDATED
    assert result.stances == [after]
    assert (after.pk, after.act, after.side, after.confidence) == (before.pk, "doubts", "", 0.3)
    assert (after.version, after.run, after.created) == (before.version + 1, newer, before.created)
    assert after.extracted["act"] == "doubts"
    assert not Proposal.objects.exists()


def test_chain_and_addressees_of_a_pending_stance_are_read_anew(newer: Run) -> None:
    stances = changed(1, addressees=(ActorRef("Xi"),))
    stances[2] = dataclasses.replace(stances[2], chain=())
    assert reread(stances, newer).outcome is Outcome.UPDATED
    _, second, third = Stance.objects.order_by("content_start")
    assert [addressee.as_printed for addressee in second.addressees.all()] == ["Xi"]
    assert list(third.chain.all()) == []


def test_pending_stances_come_and_go(newer: Run) -> None:
    shorter = changed(0, content=Span(said()[0].content.start, said()[0].content.end - 8))
    result = reread([*shorter[:1], *shorter[2:]], newer)
    assert result.outcome is Outcome.UPDATED
    assert [stance.content_text for stance in Stance.objects.order_by("content_start")] == [
        "an attack is",
        "the talks go on",
    ]


def test_an_actor_that_became_known_is_found(newer: Run) -> None:
    putin = Actor.objects.create(name="Vladimir Putin", slug="vladimir-putin")
    mention = said()[0].actor.mention
    reread(changed(0, actor=ActorRef("Vladimir Putin", "vladimir-putin", mention)), newer)
    stance = Stance.objects.order_by("content_start")[0]
    assert (stance.actor, stance.actor_as_printed) == (putin, "Putin")


# What is people's ----------------------------------------------------------------------------------------------------


def test_a_judged_stance_that_reads_otherwise_gets_a_proposal_to_change(newer: Run) -> None:
    judged = judge(0)
    result = reread(changed(0, act=Act.DOUBTS), newer)
    assert result.outcome is Outcome.UPDATED
    assert proposals() == [("change", judged, "an attack is planned", "doubts")]
    assert Proposal.objects.get().run == newer


def test_a_judged_stance_that_is_no_longer_read_gets_a_proposal_to_drop(newer: Run) -> None:
    judged = judge(1)
    reread(without(1), newer)
    assert proposals() == [("drop", judged, "sanctions would rupture ties", "warns")]


def test_a_judged_stance_in_other_bounds_is_the_same(newer: Run) -> None:
    judged = judge(0)
    start, end = said()[0].content
    reread(changed(0, content=Span(start, end - 8)), newer)
    assert proposals() == [("change", judged, "an attack is", "denies")]
    assert Stance.objects.count() == 3


def test_what_people_corrected_is_not_proposed_again_while_the_machine_says_what_it_said(newer: Run) -> None:
    judge(0, Stance.State.CORRECTED, act="doubts", content_end=said()[0].content.end - 8, content_text="an attack is")
    assert reread(said(), newer).outcome is Outcome.UNCHANGED
    assert proposals() == []


def test_a_reading_that_came_to_what_people_corrected_proposes_nothing(newer: Run) -> None:
    judge(0, Stance.State.CORRECTED, act="doubts")
    assert reread(changed(0, act=Act.DOUBTS), newer).outcome is Outcome.UNCHANGED
    assert proposals() == []


def test_the_event_of_a_judged_stance_stays_as_people_set_it(newer: Run) -> None:
    judged = judge(0, Stance.State.CORRECTED, plover="consult")
    reread(changed(0, plover=Plover.REJECT), newer)
    assert Stance.objects.get(pk=judged.pk).plover == "consult"
    assert proposals() == [("change", judged, "an attack is planned", "denies")]


def test_an_event_that_was_never_read_before_people_judged_is_no_news(newer: Run) -> None:
    record = Stance.objects.order_by("content_start")[0].extracted
    judge(0, extracted={name: value for name, value in record.items() if name != "plover"})
    assert reread(changed(0, plover=Plover.REJECT), newer).outcome is Outcome.UNCHANGED
    assert proposals() == []


def test_the_event_of_a_pending_stance_is_read_anew(newer: Run) -> None:
    reread(changed(0, plover=Plover.REJECT), newer)
    assert [stance.plover for stance in Stance.objects.order_by("content_start")] == ["reject", None, None]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"act": Act.DOUBTS},
        {"content": Span(said()[0].content.start + 3, said()[0].content.end)},
        {"actor": ActorRef("Vladimir Putin", "", said()[0].actor.mention)},
    ],
)
def test_a_rejected_stance_does_not_come_back(newer: Run, values: dict[str, Any]) -> None:
    judge(0, Stance.State.REJECTED)
    assert reread(changed(0, **values), newer).outcome is Outcome.UNCHANGED
    assert Stance.objects.count() == 3
    assert proposals() == []


def test_a_rejected_stance_that_is_no_longer_read_is_left_alone(newer: Run) -> None:
    judge(0, Stance.State.REJECTED)
    reread(without(0), newer)
    assert proposals() == []


def test_a_stance_that_was_reopened_stays_with_people(newer: Run) -> None:
    reopened = judge(0)
    Judgement.objects.create(stance=reopened, user=person("ana"), decision="reopened")
    Stance.objects.filter(pk=reopened.pk).update(state=Stance.State.PENDING)
    before = columns(Stance.objects.get(pk=reopened.pk))
    reread(changed(0, act=Act.DOUBTS), newer)
    assert columns(Stance.objects.get(pk=reopened.pk)) == before
    assert proposals() == [("change", reopened, "an attack is planned", "doubts")]


def test_a_stance_that_a_person_added_is_neither_changed_nor_dropped(newer: Run) -> None:
    added = judge(0)
    Stance.objects.filter(pk=added.pk).update(run=None, extracted={})
    assert reread(without(0), newer).outcome is Outcome.UNCHANGED
    assert reread(changed(0, act=Act.DOUBTS), newer).outcome is Outcome.UNCHANGED
    assert proposals() == []


def test_new_stances_are_pending_as_long_as_others_are(newer: Run) -> None:
    Stance.objects.order_by("content_start")[1].delete()
    judge(0)
    reread(said(), newer)
    assert proposals() == []
    assert [stance.state for stance in Stance.objects.order_by("content_start")] == ["accepted", "pending", "pending"]


def test_new_stances_of_an_article_that_people_are_through_with_are_proposals(newer: Run) -> None:
    Stance.objects.order_by("content_start")[1].delete()
    judge(0)
    judge(1)
    reread(said(), newer)
    assert proposals() == [("add", None, "sanctions would rupture ties", "warns")]
    assert Stance.objects.count() == 2


def test_of_joint_actors_each_keeps_its_own_judgement(run: Run, newer: Run) -> None:
    joint = article("Both says the talks go on.")
    (both,) = said(joint)
    putin, biden = (
        dataclasses.replace(both, actor=ActorRef(name, "", both.actor.mention)) for name in ("Putin", "Biden")
    )
    save_article(joint, [putin, biden], run)
    row = Article.objects.get(sha256=Article.digest(joint.text))
    judged = row.stances.get(actor_as_printed="Putin")
    judged.state = Stance.State.ACCEPTED
    judged.save()
    Judgement.objects.create(stance=judged, user=person("ana"), decision="accepted")
    changed_putin = dataclasses.replace(putin, act=Act.DOUBTS)
    changed_biden = dataclasses.replace(biden, act=Act.AGREES)
    assert read_again(joint, [changed_biden, changed_putin], newer).outcome is Outcome.UPDATED
    assert proposals() == [("change", judged, "the talks go on", "doubts")]
    assert row.stances.get(actor_as_printed="Biden").act == "agrees"


# Proposals and their fate --------------------------------------------------------------------------------------------


def test_an_open_proposal_that_no_longer_holds_goes(newer: Run) -> None:
    judge(0)
    reread(changed(0, act=Act.DOUBTS), newer)
    assert reread(changed(0, act=Act.BELIEVES), newer).outcome is Outcome.UPDATED
    assert [act for _, _, _, act in proposals()] == ["believes"]
    assert reread(said(), newer).outcome is Outcome.UPDATED
    assert proposals() == []


@pytest.mark.parametrize("state", [Proposal.State.DISMISSED, Proposal.State.APPLIED])
def test_a_decided_proposal_is_not_made_again(newer: Run, state: Proposal.State) -> None:
    judge(0)
    reread(changed(0, act=Act.DOUBTS), newer)
    Proposal.objects.update(state=state, decided_by=person("ana"), decided_at=timezone.now())
    # Another confidence and rule make it no other proposal.
    assert reread(changed(0, act=Act.DOUBTS, confidence=0.1, rule="new"), newer).outcome is Outcome.UNCHANGED
    assert Proposal.objects.get().state == state
    reread(changed(0, act=Act.BELIEVES), newer)
    assert sorted(act for _, _, _, act in proposals()) == ["believes", "doubts"]


def test_a_reading_with_evidence_outside_the_text_fails_and_changes_nothing(newer: Run) -> None:
    before = dump()
    end = len(ARTICLE.text)
    result = read_again(ARTICLE, changed(0, cue=Span(end, end + 1)), newer)
    assert result.outcome is Outcome.FAILED
    assert "has a cue outside the text" in result.reason
    assert dump() == before


def test_what_people_did_to_claims_stays(newer: Run) -> None:
    claim = Claim.objects.get(text="an attack is planned")
    lasting = Claim.objects.create(text="Russia plans an attack", wording_key=Claim.key_for("x"), curated=True)
    Claim.objects.filter(pk=claim.pk).update(merged_into=lasting)
    before = [columns(row) for row in Claim.objects.order_by("pk")]
    reread(changed(0, side=Side.FOR), newer)
    # The wording keeps its own claim, which readers follow to the lasting one: undoing the merge is enough.
    assert Stance.objects.order_by("content_start")[0].claim == claim
    assert [columns(row) for row in Claim.objects.order_by("pk")] == before


def place(place: int, claim: Claim) -> None:
    """What moving the stance at ``place`` to ``claim`` leaves in the store."""
    stance = Stance.objects.order_by("content_start")[place]
    make.claim_placement(stance=stance, claim=claim)
    Stance.objects.filter(pk=stance.pk).update(claim=claim)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"act": Act.DOUBTS},
        {"content": Span(said()[0].content.start + 3, said()[0].content.end)},
        {"actor": ActorRef("Vladimir Putin", "", said()[0].actor.mention)},
    ],
)
def test_a_stance_stays_where_a_person_put_it(newer: Run, values: dict[str, Any]) -> None:
    chosen = make.claim()
    place(0, chosen)
    reread(changed(0, **values), newer)
    first, second, third = Stance.objects.order_by("content_start")
    assert first.claim == chosen
    assert chosen not in (second.claim, third.claim)


def test_a_stance_that_another_reading_sees_elsewhere_is_not_the_one_that_was_placed(newer: Run) -> None:
    place(0, make.claim())
    _, end = said()[0].content
    reread(changed(0, content=Span(end - 7, end)), newer)
    assert not Stance.objects.filter(claim=make.claim()).exists()


def test_of_joint_actors_the_placed_one_keeps_its_place(run: Run, newer: Run) -> None:
    joint = article("Both says the talks go on.")
    (both,) = said(joint)
    putin, biden = (
        dataclasses.replace(both, actor=ActorRef(name, "", both.actor.mention)) for name in ("Putin", "Biden")
    )
    save_article(joint, [putin, biden], run)
    row = Article.objects.get(sha256=Article.digest(joint.text))
    make.claim_placement(stance=row.stances.get(actor_as_printed="Biden"), claim=make.claim())
    read_again(joint, [biden, dataclasses.replace(putin, act=Act.DOUBTS)], newer)
    assert {each.actor_as_printed: each.claim.text for each in row.stances.select_related("claim") if each.claim} == {
        "Biden": make.claim().text,
        "Putin": "the talks go on",
    }
