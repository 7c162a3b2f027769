"""The pages on which people merge actors, undo it, and tell actors apart."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from claims.admin.actor import ActorAdmin
from claims.models import Actor, ActorDistinction, ActorMerge
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import address

DUPLICATES = "/admin/claims/actor/duplicates/"


@pytest.fixture
def pair(db: None) -> tuple[Actor, Actor]:
    return make.actor(name="Yury Ushakov", kind="person"), make.actor(name="Yuri Ushakov", kind="person")


def merge_address(source: Actor, target: Actor | None = None) -> str:
    return reverse("admin:claims_actor_merge", args=[source.pk]) + (f"?target={target.pk}" if target else "")


def test_a_lead_sees_what_would_follow_before_anything_is_merged(as_person: SignIn, pair: tuple[Actor, Actor]) -> None:
    source, target = pair
    make.stance(actor=source)
    make.alias(actor=source, text="Ushakov <b>aide</b>", kind="name")
    leo = as_person("leo")
    assert source.name in leo.get(merge_address(source)).content.decode()
    page = html.unescape(re.sub(r"<[a-z/][^>]*>", " ", leo.get(merge_address(source, target)).content.decode()))
    words = " ".join(page.split())
    assert "stances 1 0" in words
    assert "aliases 1: Ushakov <b>aide</b>" in words
    assert not ActorMerge.objects.exists()


def test_a_lead_merges_and_undoes(as_person: SignIn, pair: tuple[Actor, Actor]) -> None:
    source, target = pair
    leo = as_person("leo")
    done = leo.post(merge_address(source), {"target": target.pk}, follow=True)
    merged = ActorMerge.objects.get()
    assert (merged.source, merged.target, merged.user.username) == (source, target, "leo")
    assert address(merged) in done.content.decode()
    assert "Undo this merge" in leo.get(address(merged)).content.decode()
    leo.post(reverse("admin:claims_actormerge_undo", args=[merged.pk]))
    source.refresh_from_db()
    assert source.merged_into is None
    assert "Undo this merge" not in leo.get(address(merged)).content.decode()
    assert LogEntry.objects.filter(user__username="leo").count() == 3


def test_merges_are_undone_from_their_list(as_person: SignIn, pair: tuple[Actor, Actor]) -> None:
    leo = as_person("leo")
    leo.post(merge_address(pair[0]), {"target": pair[1].pk})
    merged = ActorMerge.objects.get()
    leo.post(address(ActorMerge, "changelist"), {"action": "undo_selected", "_selected_action": [merged.pk]})
    merged.refresh_from_db()
    assert merged.undone_at is not None


@pytest.mark.parametrize("name", ["stan", "rita", "ana"])
def test_nobody_else_may(as_person: SignIn, pair: tuple[Actor, Actor], name: str) -> None:
    as_person("leo").post(merge_address(pair[0]), {"target": pair[1].pk})
    merged, client = ActorMerge.objects.get(), as_person(name)
    other = make.actor()
    assert client.get(merge_address(other, pair[1])).status_code == 403
    assert client.post(merge_address(other), {"target": pair[1].pk}).status_code == 403
    assert client.get(DUPLICATES).status_code == 403
    assert client.post(DUPLICATES, {"one": other.pk, "other": pair[1].pk}).status_code == 403
    assert client.post(reverse("admin:claims_actormerge_undo", args=[merged.pk])).status_code == 403
    client.post(address(ActorMerge, "changelist"), {"action": "undo_selected", "_selected_action": [merged.pk]})
    assert ActorMerge.objects.filter(undone_at=None).count() == 1
    assert not ActorDistinction.objects.exists()


def test_reading_changes_nothing(as_person: SignIn, pair: tuple[Actor, Actor]) -> None:
    leo = as_person("leo")
    leo.post(merge_address(pair[0]), {"target": pair[1].pk})
    assert leo.get(reverse("admin:claims_actormerge_undo", args=[ActorMerge.objects.get().pk])).status_code == 405
    leo.get(f"{DUPLICATES}?one={pair[0].pk}&other={pair[1].pk}")
    assert not ActorDistinction.objects.exists()


@pytest.mark.parametrize("target", ["", "0", "x", "self"])
def test_a_wrong_target_is_refused_in_words(as_person: SignIn, pair: tuple[Actor, Actor], target: str) -> None:
    chosen = str(pair[0].pk) if target == "self" else target
    page = as_person("leo").post(merge_address(pair[0]), {"target": chosen})
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert not ActorMerge.objects.exists()


def test_what_speaks_against_a_merge_is_said(as_person: SignIn, pair: tuple[Actor, Actor]) -> None:
    Actor.objects.filter(pk=pair[0].pk).update(kind="state", wikidata_id="Q1")
    Actor.objects.filter(pk=pair[1].pk).update(wikidata_id="Q2")
    page = as_person("leo").get(merge_address(*pair)).content.decode()
    assert "Yury Ushakov is a state, Yuri Ushakov a person." in page
    assert "two things: Q1 and Q2" in page


def test_a_pair_kept_apart_is_not_proposed_again(as_person: SignIn, pair: tuple[Actor, Actor]) -> None:
    leo = as_person("leo")
    assert "almost alike" in leo.get(DUPLICATES).content.decode()
    leo.post(DUPLICATES, {"one": pair[0].pk, "other": pair[1].pk, "note": "his brother"})
    distinction = ActorDistinction.objects.get()
    assert (distinction.user.username, distinction.note) == ("leo", "his brother")
    assert "almost alike" not in leo.get(DUPLICATES).content.decode()
    assert "are not the same" in leo.get(merge_address(*pair)).content.decode()
    leo.post(address(distinction, "delete"), {"post": "yes"})
    assert "almost alike" in leo.get(DUPLICATES).content.decode()


def test_names_are_text_and_never_markup(as_person: SignIn) -> None:
    for slug in ("a", "b"):
        make.actor(name="<img src=x onerror=alert(1)>", slug=slug, kind="person")
    leo = as_person("leo")
    one, other = Actor.objects.order_by("slug")
    for page in (DUPLICATES, merge_address(one, other)):
        text = leo.get(page).content.decode()
        assert "&lt;img src=x" in text
        assert "<img src=x" not in text
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)


def test_saving_an_actors_form_does_not_undo_a_merge_made_meanwhile(as_person: SignIn) -> None:
    source, target = make.actor(), make.actor(name="Union")
    loaded = Actor.objects.get(pk=source.pk)
    Actor.objects.filter(pk=source.pk).update(merged_into=target)
    request = as_person("leo").get("/admin/").wsgi_request
    options = ActorAdmin(Actor, admin.site)
    options.save_model(request, loaded, options.get_form(request)(), True)
    source.refresh_from_db()
    assert source.merged_into == target
