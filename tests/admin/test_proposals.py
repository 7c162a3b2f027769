"""Proposals of later runs: compared with what people have, applied in a person's name, or dismissed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from claims.models import Article, Judgement, Proposal, Stance
from claims.review import ChangedMeanwhileError, ConflictError
from claims.review.decide_proposal import GONE, apply_proposal, dismiss_proposals
from tests import factories as make
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db


def record(article: Article, **changed: Any) -> dict[str, Any]:
    """What extraction would read in ``article``: Moscow denies planning to attack Ukraine."""

    def spot(words: str) -> list[int]:
        start = article.text.index(words)
        return [start, start + len(words)]

    read = {
        "actor": "Russia",
        "actor_slug": "russia",
        "mention": "Moscow",
        "act": "denies",
        "side": "against",
        "cue": "denies",
        "content": "planning to attack Ukraine",
        "spans": {
            "mention": spot("Moscow"),
            "cue": spot("denies"),
            "content": spot("planning to attack Ukraine"),
            "target": None,
        },
        "quotation": "indirect",
        "said_on": None,
    }
    return {**read, **changed}


@pytest.fixture
def ana(as_person: SignIn) -> Client:
    return as_person("ana")


def changing(stance: Stance) -> Proposal:
    payload = record(stance.article, act="doubts", side="neutral")
    return make.proposal(article=stance.article, kind="change", stance=stance, payload=payload)


def decide(client: Client, proposal: Proposal, button: str, **more: object) -> Any:
    address = reverse("admin:claims_article_decide_proposals", args=[proposal.article_id])
    return client.post(address, {"proposal": proposal.pk, button: "1", **more}, follow=True)


def test_a_new_stance_is_added_as_accepted() -> None:
    make.actor()
    article = make.article()
    proposal = make.proposal(article=article, payload=record(article))
    stance = apply_proposal(proposal, user=make.person("ana"))
    assert (stance.actor, stance.act, stance.state) == (make.actor(), "denies", "accepted")
    assert stance.content_text == "planning to attack Ukraine"
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("applied", make.person("ana"))
    assert Judgement.objects.get().note == f"as run {proposal.run_id} proposed"


def test_a_changed_reading_is_taken_as_a_correction() -> None:
    stance = make.stance(state="accepted", actor=make.actor())
    apply_proposal(changing(stance), user=make.person("ana"))
    stance.refresh_from_db()
    assert (stance.act, stance.side, stance.state) == ("doubts", "neutral", "corrected")


def test_what_is_no_longer_found_is_rejected_and_kept() -> None:
    stance = make.stance(state="accepted")
    proposal = make.proposal(article=stance.article, kind="drop", stance=stance)
    apply_proposal(proposal, user=make.person("ana"))
    stance.refresh_from_db()
    assert stance.state == "rejected"
    assert Judgement.objects.get().note == GONE


def test_one_is_decided_once() -> None:
    proposal = changing(make.stance(state="accepted"))
    assert dismiss_proposals([proposal], user=make.person("ana")) == 1
    assert dismiss_proposals([proposal], user=make.person("leo")) == 0
    with pytest.raises(ChangedMeanwhileError):
        apply_proposal(proposal, user=make.person("leo"))
    assert not Judgement.objects.exists()


def test_a_stance_that_somebody_changed_since_is_left_alone() -> None:
    proposal = changing(make.stance(state="accepted", version=3))
    with pytest.raises(ConflictError):
        apply_proposal(proposal, user=make.person("ana"), version=2)
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_what_the_store_refuses_stays_open() -> None:
    article = make.article()
    proposal = make.proposal(article=article, payload=record(article, act="mumbles"))
    with pytest.raises(ValidationError):
        apply_proposal(proposal, user=make.person("ana"))
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_readers_may_look_and_not_decide(as_person: SignIn) -> None:
    proposal = changing(make.stance(state="accepted"))
    rita = make.person("rita")
    with pytest.raises(PermissionDenied):
        apply_proposal(proposal, user=rita)
    with pytest.raises(PermissionDenied):
        dismiss_proposals([proposal], user=rita)
    assert decide(as_person("stan"), proposal, "dismiss").status_code == 403
    page = reverse("admin:claims_article_proposals", args=[proposal.article_id])
    assert as_person("stan").get(page).status_code == 403


def test_the_page_sets_both_readings_side_by_side(ana: Client) -> None:
    proposal = changing(make.stance(state="accepted", actor=make.actor()))
    html = ana.get(reverse("admin:claims_article_proposals", args=[proposal.article_id])).content.decode()
    assert "Read otherwise" in html
    assert "<td><bdi>“denies”</bdi></td><td><bdi>“doubts”</bdi></td>" in html


def test_buttons_apply_and_dismiss(ana: Client) -> None:
    stance = make.stance(state="accepted", actor=make.actor())
    first = changing(stance)
    assert "Applied" in decide(ana, first, "apply", version=stance.version).content.decode()
    second = make.proposal(article=stance.article, kind="drop", stance=stance)
    assert "Dismissed." in decide(ana, second, "dismiss").content.decode()
    third = make.proposal(article=stance.article, kind="drop", stance=stance, payload={"line": 2})
    assert "1 dismissed." in decide(ana, third, "dismiss_all", shown=[third.pk]).content.decode()
    assert set(Proposal.objects.values_list("state", flat=True)) == {"applied", "dismissed"}


def test_an_older_sight_of_the_stance_is_told(ana: Client) -> None:
    stance = make.stance(state="accepted", version=3)
    assert "just now" in decide(ana, changing(stance), "apply", version=2).content.decode()


def test_the_desk_says_that_a_later_run_proposes_something(ana: Client) -> None:
    proposal = changing(make.stance(state="accepted"))
    make.stance(cue="says", content="it has the right to move troops", target="")
    page = ana.get("/admin/claims/stance/desk/").content.decode()
    assert "1 proposal of a later run" in page
    assert reverse("admin:claims_article_proposals", args=[proposal.article_id]) in page


def test_what_differs_in_sources_alone_can_only_be_dismissed(ana: Client) -> None:
    stance = make.stance(actor=make.actor(), target="", state="accepted")
    same = make.proposal(article=stance.article, kind="change", stance=stance, payload=record(stance.article))
    page = ana.get(reverse("admin:claims_article_proposals", args=[stance.article_id])).content.decode()
    assert "sources or addressees" in page
    assert 'name="apply"' not in page
    assert "Dismiss it." in decide(ana, same, "apply", version=stance.version).content.decode()
    assert Proposal.objects.get().state == "open"
    decide(ana, same, "dismiss")
    assert Proposal.objects.get().state == "dismissed"
