"""Topics in the admin: patterns one a line, a preview of what they gather, and what people decide by hand."""

from __future__ import annotations

import pytest

from claims.models import Claim, ClaimTopic, ClaimTopicRemoval, Topic
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import address, fields_of

PREVIEW = "/admin/claims/topic/preview/"


def test_patterns_stand_one_a_line_and_are_stored_as_a_list(as_person: SignIn) -> None:
    topic = make.topic(patterns=["attack Ukraine", "invade Ukraine"])
    client = as_person("ana")
    form = fields_of(client.get(address(topic)))
    assert form["patterns"] == "attack Ukraine\ninvade Ukraine"
    client.post(address(topic), {**form, "patterns": " attack   Ukraine\r\n\r\n@russia + war\r\nattack Ukraine\r\n"})
    assert Topic.objects.get().patterns == ["attack Ukraine", "@russia + war"]


def test_a_line_that_is_no_pattern_is_refused_with_the_reason(as_person: SignIn) -> None:
    topic = make.topic()
    client = as_person("ana")
    form = fields_of(client.get(address(topic)))
    answer = client.post(address(topic), {**form, "patterns": "war + \n@Not a slug"})
    html = answer.content.decode()
    assert "has a part without a word" in html
    assert "small letters, digits and hyphens" in html
    assert Topic.objects.get().patterns == ["attack Ukraine"]


def test_saving_new_patterns_assigns_the_claims_at_once(as_person: SignIn) -> None:
    topic = make.topic(patterns=["embargo"])
    make.claim()
    client = as_person("ana")
    form = fields_of(client.get(address(topic)))
    answer = client.post(address(topic), {**form, "patterns": "attack Ukraine"}, follow=True)
    assert "Claims put into the topic: 1; taken out: 0." in answer.content.decode()
    assert [claim.text for claim in topic.claims.all()] == ["Russia plans to attack Ukraine"]


def test_in_a_big_store_they_wait_for_the_command(as_person: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.topic.ASSIGNED_AT_ONCE", 0)
    topic = make.topic(patterns=["embargo"])
    make.claim()
    client = as_person("ana")
    form = fields_of(client.get(address(topic)))
    answer = client.post(address(topic), {**form, "patterns": "attack Ukraine"}, follow=True)
    assert "manage.py assign_topics" in answer.content.decode()
    assert not topic.claims.exists()


@pytest.mark.parametrize(
    ("name", "status"), [("stan", 403), ("rita", 403), ("ana", 200), ("leo", 200), ("ada", 200), ("root", 200)]
)
def test_who_may_ask_for_a_preview(name: str, status: int, as_person: SignIn) -> None:
    assert as_person(name).post(PREVIEW, {"patterns": "attack"}).status_code == status


def test_a_preview_is_posted_and_writes_nothing(as_person: SignIn) -> None:
    topic = make.topic()
    make.claim()
    client = as_person("ana")
    assert client.get(PREVIEW).status_code == 405
    client.post(PREVIEW, {"patterns": "attack", "topic": str(topic.pk)})
    assert not ClaimTopic.objects.exists()


@pytest.mark.parametrize("topic", ["", "x", "-1", "9" * 30])
def test_a_preview_of_a_topic_that_is_not_there_is_one_of_a_new_topic(topic: str, as_person: SignIn) -> None:
    make.claim()
    html = as_person("ana").post(PREVIEW, {"patterns": "attack", "topic": topic}).content.decode()
    assert "<strong>1</strong> of all 1 claim" in html


@pytest.mark.parametrize("headers", [{}, {"X-Requested-With": "fetch"}])
def test_a_preview_shows_claims_escaped_on_a_page_and_as_a_part(headers: dict[str, str], as_person: SignIn) -> None:
    make.claim(text="<script>alert(1)</script> attack")
    answer = as_person("ana").post(PREVIEW, {"patterns": "attack\n<b>attack</b>"}, headers=headers)
    html = answer.content.decode()
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
    assert "&lt;b&gt;attack" in html
    assert ("<html" in html) is (headers == {})


def test_the_button_is_for_those_who_may_change_topics(as_person: SignIn) -> None:
    topic = make.topic()
    assert PREVIEW in as_person("ana").get(address(topic)).content.decode()
    assert PREVIEW not in as_person("rita").get(address(topic)).content.decode()


def claim_form(claim: Claim, client: object) -> dict[str, str]:
    return fields_of(client.get(address(claim)))  # type: ignore[attr-defined]


def test_taking_a_topic_off_a_claim_is_remembered_and_putting_it_back_forgets_that(as_person: SignIn) -> None:
    claim, topic = make.claim(), make.topic()
    ClaimTopic.objects.create(claim=claim, topic=topic)
    client = as_person("ana")
    client.post(address(claim), {**claim_form(claim, client), "claim_topics-0-DELETE": "on"})
    assert not ClaimTopic.objects.exists()
    assert ClaimTopicRemoval.objects.get().user == make.person("ana")
    client.post(
        address(claim),
        {**claim_form(claim, client), "claim_topics-TOTAL_FORMS": "1", "claim_topics-0-topic": str(topic.pk)},
    )
    assert ClaimTopic.objects.get().by_person
    assert not ClaimTopicRemoval.objects.exists()


def test_deleting_an_assignment_is_remembered_and_deleting_the_memory_is_possible(as_person: SignIn) -> None:
    row = ClaimTopic.objects.create(claim=make.claim(), topic=make.topic())
    client = as_person("ana")
    client.post(address(row, "delete"), {"post": "yes"})
    removal = ClaimTopicRemoval.objects.get()
    assert removal.user == make.person("ana")
    assert client.post(address(removal, "delete"), {"post": "yes"}).status_code == 302
    assert not ClaimTopicRemoval.objects.exists()
