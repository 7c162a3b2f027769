"""Merging, splitting, moving, renaming and undoing in the admin, and the queue of suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, ClaimEdit, ClaimPlacement, ClaimSuggestion, Stance
from claims.review import merge_claim, rename_claim
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import address, fields_of

HOSTILE = "<script>alert(1)</script> plans an attack"


@pytest.fixture
def plan(db: None) -> Claim:
    claim = make.claim()
    make.stance(claim=claim)
    make.chain_link(
        stance=make.stance(claim=claim, mention="Putin", cue="told", content="such a move", target="", state="accepted")
    )
    return claim


@pytest.fixture
def invasion(db: None) -> Claim:
    claim = make.claim(text="Russia is going to invade Ukraine")
    make.stance(claim=claim, mention="The US", cue="warned", content="sanctions if Russia attacks", target="")
    return claim


@pytest.fixture
def ana(as_person: SignIn) -> Client:
    return as_person("ana")


def tool(name: str, row: Any, **query: Any) -> str:
    return reverse(f"admin:claims_{name}", args=[row.pk], query=query or None)


def told(response: HttpResponseBase) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def now(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def obeys_the_content_security_policy(html: str) -> bool:
    scripts = re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", html)
    return not scripts and not re.search(r"<[^>]+\s(style|on[a-z]+)=", html)


# Merging -------------------------------------------------------------------------------------------------------------


def test_a_claim_is_merged_after_both_were_seen(ana: Client, plan: Claim, invasion: Claim) -> None:
    assert tool("claim_merge", plan) in ana.get(address(plan)).content.decode()
    assert "Merge the first" not in ana.get(tool("claim_merge", plan)).content.decode()
    seen = ana.get(tool("claim_merge", plan, target=invasion.pk))
    html = seen.content.decode()
    assert "2 stances, 1 of them judged" in html
    assert '<span class="mark-content">' in html
    done = ana.post(tool("claim_merge", plan), fields_of(seen))
    assert done.headers["Location"] == address(invasion)
    assert now(plan).merged_into == invasion
    page = ana.get(address(invasion)).content.decode()
    assert address(ClaimEdit.objects.get()) in page
    assert tool("claim_merge", plan) not in ana.get(address(plan)).content.decode()
    assert "Merge that one" in ana.get(tool("claim_merge", plan)).content.decode()
    assert "Split that one" in ana.get(tool("claim_stances", plan)).content.decode()


def test_a_merge_of_what_somebody_changed_meanwhile_is_refused(ana: Client, plan: Claim, invasion: Claim) -> None:
    form = fields_of(ana.get(tool("claim_merge", plan, target=invasion.pk)))
    rename_claim(now(invasion), "Another wording", user=make.person("leo"))
    answer = ana.post(tool("claim_merge", plan), form)
    assert answer.headers["Location"] == tool("claim_merge", plan, target=invasion.pk)
    assert "Somebody else changed the claim" in told(answer)[0]
    assert now(plan).merged_into is None


@pytest.mark.parametrize("target", ["", "0", "x", "99999999999999999999999", "-1"])
def test_a_forged_target_merges_nothing(target: str, ana: Client, plan: Claim) -> None:
    assert ana.get(tool("claim_merge", plan, target=target)).status_code == 200
    assert ana.post(tool("claim_merge", plan), {"target": target, "version": "1"}).status_code == 404
    assert ana.get(tool("claim_merge", plan, target=plan.pk)).status_code == 200
    assert not ClaimEdit.objects.exists()


# Splitting and moving ------------------------------------------------------------------------------------------------


def ticks(stances: Iterable[Stance]) -> list[str]:
    return [f"{stance.pk}.{stance.version}" for stance in stances]


def test_ticked_stances_are_split_off_after_they_were_seen(ana: Client, plan: Claim) -> None:
    stance = Stance.objects.get(cue_text="told")
    form: dict[str, Any] = fields_of(ana.get(tool("claim_stances", plan)))
    seen = ana.post(tool("claim_stances", plan), {**form, "stance": ticks([stance]), "text": "Ties break down"})
    assert "1 stance of" in seen.content.decode()
    assert not ClaimEdit.objects.exists()
    done = ana.post(tool("claim_stances", plan), {**fields_of(seen), "confirm": "Split"})
    assert done.headers["Location"] == address(plan)
    stance.refresh_from_db()
    assert stance.claim
    assert stance.claim.text == "Ties break down"
    assert ClaimPlacement.objects.get().claim == stance.claim


def test_ticked_stances_are_moved_after_they_were_seen(ana: Client, plan: Claim, invasion: Claim) -> None:
    form: dict[str, Any] = fields_of(ana.get(tool("claim_stances", plan)))
    stances = list(plan.stances.all())
    seen = ana.post(tool("claim_stances", plan), {**form, "stance": ticks(stances), "target": str(invasion.pk)})
    html = seen.content.decode()
    assert "2 stances of" in html
    confirmed: dict[str, Any] = {**fields_of(seen), "stance": re.findall(r'name="stance" value="([\d.]+)"', html)}
    back = ana.post(tool("claim_stances", plan), {**confirmed, "back": "1"}).content.decode()
    assert back.count("checked") == 2
    assert f'<option value="{invasion.pk}" selected>' in back
    ana.post(tool("claim_stances", plan), {**confirmed, "confirm": "1"})
    assert not plan.stances.exists()


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"text": "Ties break down"}, "Tick the stances to move first."),
        ({"stance": True}, "Say where to"),
        ({"stance": True, "text": "Ties break down", "target": True}, "Say where to"),
        ({"stance": True, "text": "x" * 2001}, "at most 2000 characters"),
        ({"stance": True, "text": "Russia plans to attack Ukraine", "confirm": "1"}, "Move the stances there instead"),
        ({"stance": True, "text": "Ties break down", "confirm": "1", "version": "7"}, "Somebody else changed"),
        ({"stance": ["x.y", "5", "999999.1"], "text": "Ties", "confirm": "1"}, "were changed by somebody else"),
        ({"stance": True, "text": "Ties break down", "confirm": "1", "late": True}, "were changed by somebody else"),
    ],
)
def test_what_can_not_be_moved_is_refused_in_words(
    posted: dict[str, Any], words: str, ana: Client, plan: Claim, invasion: Claim
) -> None:
    stances = ticks(plan.stances.all())
    if posted.pop("late", False):
        Stance.objects.update(version=2)
    replaced = {"stance": stances, "target": str(invasion.pk)}
    filled = {name: replaced[name] if value is True else value for name, value in posted.items()}
    answer = ana.post(tool("claim_stances", plan), {"version": "1", **filled})
    assert answer.status_code == 200
    assert any(words in each for each in told(answer))
    assert plan.stances.count() == 2
    assert not ClaimEdit.objects.exists()


def test_stances_are_found_by_their_words(ana: Client, plan: Claim) -> None:
    html = ana.get(tool("claim_stances", plan, q="such a")).content.decode()
    assert html.count('name="stance"') == 1
    assert "No stance has these words" in ana.get(tool("claim_stances", plan, q="nothing")).content.decode()


def test_the_stances_page_needs_as_many_queries_for_many_as_for_one(ana: Client, invasion: Claim) -> None:
    ana.get(tool("claim_stances", invasion))
    with CaptureQueriesContext(connection) as one:
        ana.get(tool("claim_stances", invasion))
    for place in range(5):
        make.stance(claim=invasion, actor_as_printed=f"a{place}", article=make.article(text=f"{make.ARTICLE}{place}\n"))
    with CaptureQueriesContext(connection) as many:
        ana.get(tool("claim_stances", invasion))
    assert len(many) == len(one)


# Renaming and undoing ------------------------------------------------------------------------------------------------


def test_another_text_in_the_form_is_a_rename_that_can_be_undone(ana: Client, plan: Claim) -> None:
    form = fields_of(ana.get(address(plan)))
    ana.post(address(plan), {**form, "text": "Russia means to attack Ukraine"})
    assert (now(plan).text, now(plan).wording_key, now(plan).version) == (
        "Russia means to attack Ukraine",
        plan.wording_key,
        2,
    )
    edit = ClaimEdit.objects.get()
    html = ana.get(address(edit)).content.decode()
    assert "Text: “Russia plans to attack Ukraine” to “Russia means to attack Ukraine”" in html
    assert tool("claimedit_undo", edit) in html
    assert ana.get(tool("claimedit_undo", edit)).status_code == 200
    ana.post(tool("claimedit_undo", edit))
    assert (now(plan).text, now(plan).curated) == (plan.text, False)
    assert tool("claimedit_undo", edit) not in ana.get(address(edit)).content.decode()
    assert "It was undone by ana" in ana.get(tool("claimedit_undo", edit)).content.decode()


def test_text_and_day_are_saved_together(ana: Client, plan: Claim) -> None:
    form = fields_of(ana.get(address(plan)))
    ana.post(address(plan), {**form, "text": "Another wording", "first_seen": "2021-01-01"})
    assert (now(plan).text, str(now(plan).first_seen), now(plan).version) == ("Another wording", "2021-01-01", 3)


def test_an_undo_that_later_edits_build_on_is_refused_in_words(ana: Client, plan: Claim, invasion: Claim) -> None:
    user = make.person("ana")
    first = merge_claim(plan, invasion, user=user)
    merge_claim(now(invasion), make.claim(text="A third claim"), user=user)
    answer = ana.post(tool("claimedit_undo", first))
    assert "Undo first: the merge of" in told(answer)[0]
    assert now(plan).merged_into is not None


# The queue -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def queue(plan: Claim, invasion: Claim) -> list[ClaimSuggestion]:
    """Three open suggestions, the likeliest first."""
    third = make.claim(text="A third claim")
    pairs = [(plan, invasion, 0.9), (plan, third, 0.7), (invasion, third, 0.7)]
    return [make.claim_suggestion(first=one, second=other, score=score) for one, other, score in pairs]


def test_the_queue_is_walked_through_from_the_likeliest(ana: Client, queue: list[ClaimSuggestion]) -> None:
    places = [tool("claimsuggestion_decide", each) for each in queue]
    assert ana.get(reverse("admin:claims_claimsuggestion_queue")).headers["Location"] == places[0]
    assert ana.post(places[0], {"_later": "1"}).headers["Location"] == places[1]
    assert ana.post(places[1], {"_not_same": "1"}).headers["Location"] == places[2]
    last = ana.post(places[2], {"_later": "1"})
    assert last.headers["Location"] == address(ClaimSuggestion, "changelist")
    assert [each.state for each in ClaimSuggestion.objects.order_by("pk")] == ["open", "dismissed", "open"]
    again = ana.post(places[1], {"_reopen": "1"})
    assert again.headers["Location"] == places[1]
    assert ClaimSuggestion.objects.filter(state="open").count() == 3


def test_a_suggestion_without_a_score_is_the_last_in_the_queue(ana: Client, queue: list[ClaimSuggestion]) -> None:
    unscored = make.claim_suggestion(
        first=make.claim(text="A fifth claim"), second=make.claim(text="A sixth claim"), score=None
    )
    places = [tool("claimsuggestion_decide", each) for each in (queue[2], unscored)]
    assert ana.post(places[0], {"_later": "1"}).headers["Location"] == places[1]
    assert ana.post(places[1], {"_later": "1"}).headers["Location"] == address(ClaimSuggestion, "changelist")
    html = ana.get(address(ClaimSuggestion, "changelist")).content.decode()
    assert html.index("Russia is going") < html.index("A fifth claim")


def test_a_claim_without_stances_can_be_deleted_with_what_the_machine_noted(as_person: SignIn) -> None:
    row = make.claim_suggestion()
    make.claim_wording_key(wording=make.claim_wording(claim=row.first))
    as_person("leo").post(address(row.first, "delete"), {"post": "yes"})
    assert not Claim.objects.filter(pk=row.first.pk).exists()


@pytest.mark.parametrize("kept", ["plan", "invasion"])
def test_the_same_merges_into_the_wording_that_is_kept(
    kept: str, ana: Client, queue: list[ClaimSuggestion], plan: Claim, invasion: Claim
) -> None:
    seen = ana.get(tool("claimsuggestion_decide", queue[0]))
    target, source = (plan, invasion) if kept == "plan" else (invasion, plan)
    ana.post(tool("claimsuggestion_decide", queue[0]), {**fields_of(seen), "_same": str(target.pk)})
    assert (now(source).merged_into, now(target).merged_into) == (target, None)
    queue[0].refresh_from_db()
    assert (queue[0].state, queue[0].decided_by) == ("applied", make.person("ana"))
    assert "undo the merge" in ana.get(tool("claimsuggestion_decide", queue[0])).content.decode()


@pytest.mark.parametrize("kept", ["", "0", "x"])
def test_a_forged_choice_merges_nothing(kept: str, ana: Client, queue: list[ClaimSuggestion]) -> None:
    answer = ana.post(tool("claimsuggestion_decide", queue[0]), {"_same": kept})
    assert "others than you saw" in told(answer)[0]
    assert not ClaimEdit.objects.exists()


def test_the_second_of_two_people_at_a_suggestion_is_told(
    ana: Client, as_person: SignIn, queue: list[ClaimSuggestion], plan: Claim
) -> None:
    place = tool("claimsuggestion_decide", queue[0])
    form = fields_of(ana.get(place))
    as_person("leo").post(place, {"_not_same": "1"})
    answer = ana.post(place, {**form, "_same": str(plan.pk)})
    assert answer.headers["Location"] == place
    assert told(answer)[0].startswith("leo has decided this suggestion meanwhile: not the same")
    assert not ClaimEdit.objects.exists()


def test_a_pair_that_is_one_by_now_says_so(
    ana: Client, queue: list[ClaimSuggestion], plan: Claim, invasion: Claim
) -> None:
    Claim.objects.filter(pk=plan.pk).update(merged_into=invasion)
    html = ana.get(tool("claimsuggestion_decide", queue[0])).content.decode()
    assert "The two are one claim by now." in html
    assert "_same" not in html


# Who may, and hostile words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "may"), [("stan", False), ("rita", False), ("ana", True), ("leo", True), ("ada", True), ("root", True)]
)
def test_every_page_and_every_post_asks_for_the_permission(
    name: str, may: bool, as_person: SignIn, plan: Claim, invasion: Claim, queue: list[ClaimSuggestion]
) -> None:
    client = as_person(name)
    edit = rename_claim(make.claim(text="A fourth claim"), "Renamed", user=make.person("root"))
    assert edit
    pages = [
        tool("claim_merge", plan),
        tool("claim_merge", plan, target=invasion.pk),
        tool("claim_stances", plan),
        tool("claimsuggestion_decide", queue[0]),
        tool("claimedit_undo", edit),
    ]
    assert [client.get(each).status_code for each in pages] == [200 if may else 403] * len(pages)
    assert client.get(reverse("admin:claims_claimsuggestion_queue")).status_code == (302 if may else 403)
    posts: list[tuple[str, dict[str, Any]]] = [
        (
            tool("claim_stances", plan),
            {"stance": ticks(plan.stances.all()), "text": "New", "version": "1", "confirm": 1},
        ),
        (tool("claimsuggestion_decide", queue[1]), {"_not_same": "1"}),
        (tool("claim_merge", plan), {"target": invasion.pk, "version": "1", "target_version": "1"}),
        (tool("claimedit_undo", edit), {}),
    ]
    assert [client.post(*each).status_code for each in posts] == [302 if may else 403] * len(posts)
    assert ClaimEdit.objects.count() == (3 if may else 1)
    seen = [address(plan), address(edit), address(ClaimSuggestion, "changelist")]
    for each in seen:
        html = client.get(each).content.decode()
        assert ("/merge/" in html or "/undo/" in html or "/queue/" in html) is (may and each == seen[2])


def test_words_of_articles_and_claims_are_words_on_every_page(ana: Client, plan: Claim) -> None:
    text = make.ARTICLE.replace("Moscow denies planning", f"{HOSTILE} denies planning")
    claim = make.claim(text=HOSTILE)
    stance = make.stance(article=make.article(text=text), claim=claim, mention=HOSTILE, actor=None)
    row = make.claim_suggestion(first=plan, second=claim, reason=HOSTILE)
    posted = {"stance": ticks([stance]), "text": HOSTILE + "!", "version": "1"}
    edit = rename_claim(now(claim), HOSTILE + "?", user=make.person("ana"))
    assert edit
    pages = [
        ana.get(tool("claim_merge", plan, target=claim.pk)),
        ana.get(tool("claim_stances", claim)),
        ana.post(tool("claim_stances", claim), posted),
        ana.get(tool("claimsuggestion_decide", row)),
        ana.get(tool("claimedit_undo", edit)),
        ana.get(address(edit)),
        ana.get(address(claim)),
    ]
    for page in pages:
        html = page.content.decode()
        assert page.status_code == 200
        assert "&lt;script&gt;alert(1)" in html
        assert "<script>alert(1)" not in html
        assert obeys_the_content_security_policy(html)
