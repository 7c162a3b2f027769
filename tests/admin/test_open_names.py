"""The pages on which people say whom printed names mean."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Actor, Alias, NameResolution, Stance
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import address

OPEN = "/admin/claims/nameresolution/open/"
NAME = f"{OPEN}name/?name=Ushakov"


@pytest.fixture
def stances(db: None) -> list[Stance]:
    """Two pending stances that print the name, and one that was judged."""
    return [open_stance(0), open_stance(1), open_stance(2, state="accepted")]


def open_stance(number: int, name: str = "Ushakov", **values: Any) -> Stance:
    text = f"Article {number}\n20220101\nhttps://example.org/\nMoscow denies planning to attack Ukraine\n"
    return make.stance(article=make.article(text=text), actor=None, actor_as_printed=name, **values)


@pytest.fixture
def ushakov(db: None) -> Actor:
    return make.actor(name="Yuri Ushakov", kind="person")


def words(client: Client, page: str) -> str:
    return " ".join(client.get(page).content.decode().split())


def test_an_analyst_finds_the_open_names_from_the_lists(as_person: SignIn, stances: list[Stance]) -> None:
    ana = as_person("ana")
    for model in (Stance, NameResolution):
        assert f'href="{OPEN}"' in words(ana, address(model, "changelist"))
    page = words(ana, OPEN)
    assert "?name=Ushakov" in page
    assert '<span class="mark-cue">denies</span>' in page


def test_one_press_says_who_it_is(as_person: SignIn, stances: list[Stance], ushakov: Actor) -> None:
    ana = as_person("ana")
    page = words(ana, NAME)
    assert "part of its name: Yuri Ushakov" in page
    done = ana.post(NAME, {"candidate": ushakov.pk}, follow=True)
    assert "“Ushakov” is Yuri Ushakov: 2 stances, in 2 articles." in done.content.decode()
    assert [stance.actor for stance in Stance.objects.order_by("pk")] == [ushakov, ushakov, None]
    assert NameResolution.objects.count() == 2
    assert LogEntry.objects.get().object_id == str(ushakov.pk)
    assert ana.get(NAME).status_code == 404


def test_another_actor_can_be_chosen(as_person: SignIn, stances: list[Stance], ushakov: Actor) -> None:
    as_person("ana").post(NAME, {"other": ushakov.pk, "use": "1"})
    assert Stance.objects.filter(actor=ushakov).count() == 2


def test_a_new_actor_is_created_and_the_name_kept_as_alias(as_person: SignIn, stances: list[Stance]) -> None:
    make.alias(actor=make.actor(name="Admiral Ushakov"), text="Ushakov", kind="name")
    form = {
        "create": "1",
        "new_name": "Yuri Ushakov",
        "new_kind": "person",
        "as_alias": "on",
        "alias_kind": "short_name",
    }
    done = as_person("ana").post(NAME, form, follow=True)
    actor = Actor.objects.get(slug="yuri-ushakov")
    assert (actor.kind, actor.curated) == ("person", True)
    assert Alias.objects.get(actor=actor).text == "Ushakov"
    assert Stance.objects.filter(actor=actor).count() == 2
    assert "also a name of Admiral Ushakov" in done.content.decode()


def test_it_can_be_said_of_the_ticked_articles_only(as_person: SignIn, stances: list[Stance], ushakov: Actor) -> None:
    ana = as_person("ana")
    answer = ana.post(NAME, {"candidate": ushakov.pk, "only": "on"})
    assert "Tick the articles" in answer.content.decode()
    ana.post(NAME, {"candidate": ushakov.pk, "only": "on", "articles": [stances[1].article_id]})
    assert list(Stance.objects.filter(actor=ushakov)) == [stances[1]]


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({}, "Choose an actor."),
        ({"use": "1"}, "Choose an actor."),
        ({"use": "1", "other": "x"}, "Choose an actor."),
        ({"candidate": "0"}, "Choose an actor."),
        ({"create": "1", "new_name": " "}, "Give the new actor a name."),
        ({"create": "1", "new_name": "Yuri", "new_kind": "robot"}, ""),
    ],
)
def test_a_choice_of_nobody_is_refused(
    as_person: SignIn, stances: list[Stance], form: dict[str, str], reason: str
) -> None:
    answer = as_person("ana").post(NAME, form)
    assert answer.status_code == 200
    assert reason in answer.content.decode()
    assert not Stance.objects.exclude(actor=None).exists()
    assert not NameResolution.objects.exists()


@pytest.mark.parametrize("name", ["stan", "rita"])
def test_nobody_else_may(as_person: SignIn, stances: list[Stance], ushakov: Actor, name: str) -> None:
    client = as_person(name)
    assert client.get(OPEN).status_code == 403
    assert client.get(NAME).status_code == 403
    assert client.post(NAME, {"candidate": ushakov.pk}).status_code == 403
    assert not NameResolution.objects.exists()


@pytest.mark.parametrize("query", ["", "?name=", "?name=Nobody", "?name=he"])
def test_a_name_that_is_not_open_has_no_page(as_person: SignIn, stances: list[Stance], query: str) -> None:
    open_stance(3, "he")
    assert as_person("ana").get(f"{OPEN}name/{query}").status_code == 404


def test_to_delete_a_resolution_opens_the_name_again(as_person: SignIn, stances: list[Stance], ushakov: Actor) -> None:
    ana = as_person("ana")
    ana.post(NAME, {"candidate": ushakov.pk})
    row = NameResolution.objects.order_by("pk")[0]
    assert ana.post(address(row, "delete"), {"post": "yes"}).status_code == 302
    assert Stance.objects.filter(actor=ushakov).count() == 1
    assert as_person("rita").get(reverse("admin:claims_nameresolution_changelist")).status_code == 200


def test_names_are_text_and_never_markup(as_person: SignIn, db: None) -> None:
    hostile = "<img src=x onerror=alert(1)> \u202eEnvoy"
    open_stance(0, hostile)
    ana = as_person("ana")
    for page in (OPEN, reverse("admin:claims_nameresolution_name", query={"name": hostile})):
        text = ana.get(page).content.decode()
        assert "&lt;img src=x" in text
        assert "<img src=x" not in text
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)


@pytest.mark.parametrize("page", [OPEN, NAME])
def test_more_names_and_places_take_no_more_queries(as_person: SignIn, page: str) -> None:
    ana = as_person("ana")

    def fill(numbers: range) -> None:
        for number in numbers:
            stance = open_stance(number)
            open_stance(number, f"Name {number}")
            make.chain_link(stance=stance, actor=make.actor(name=f"Source {number}"))

    fill(range(2))
    ana.get(page)
    with CaptureQueriesContext(connection) as few:
        ana.get(page)
    fill(range(2, 12))
    with CaptureQueriesContext(connection) as many:
        assert ana.get(page).status_code == 200
    assert len(many) <= len(few) <= 30
