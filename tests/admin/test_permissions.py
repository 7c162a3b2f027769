"""Who may do what in the admin, by group: each page and each way to write."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.test import Client

from claims.models import (
    Actor,
    Alias,
    Article,
    Claim,
    Coding,
    CodingRound,
    CodingUnit,
    FormerSlug,
    Judgement,
    Role,
    Run,
    Stance,
    Topic,
)
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import address, fields_of

EXCHANGED = (Actor, Alias, Claim, Role, Stance, Topic)
CAST = ("stan", "rita", "ana", "leo", "ada")


def status(client: Client, row: Any, page: str) -> int:
    return client.get(address(row, page)).status_code


@pytest.mark.parametrize("model", EXCHANGED)
@pytest.mark.parametrize(
    ("name", "can_import", "can_export"),
    [
        ("stan", False, False),
        ("rita", False, True),
        ("ana", False, True),
        ("leo", True, True),
        ("ada", True, True),
        ("root", True, True),
    ],
)
def test_import_and_export_need_their_own_permissions(
    model: type[models.Model], name: str, can_import: bool, can_export: bool, as_person: SignIn
) -> None:
    client = as_person(name)
    assert status(client, model, "import") == (200 if can_import else 403)
    assert status(client, model, "export") == (200 if can_export else 403)
    assert client.post(address(model, "export"), {"format": "0"}).status_code == (200 if can_export else 403)
    assert client.post(address(model, "import"), {"format": "0"}).status_code == (200 if can_import else 403)
    forged = {"import_file_name": "x", "original_file_name": "x", "format": "0"}
    assert client.post(address(model, "process_import"), forged).status_code == (200 if can_import else 403)
    assert status(client, model, "process_import") == 405


@pytest.mark.parametrize("model", [Actor, Alias, Article, Claim, Run, Stance, Topic, Judgement])
def test_staff_without_a_permission_sees_nothing(model: type[models.Model], as_person: SignIn) -> None:
    assert status(as_person("stan"), model, "changelist") == 403
    for name in CAST[1:]:
        assert status(as_person(name), model, "changelist") == 200


@pytest.mark.parametrize(
    ("name", "may"),
    [("stan", False), ("rita", False), ("ana", True), ("leo", True), ("ada", True)],
)
def test_who_judges_in_the_form_and_by_actions(name: str, may: bool, as_person: SignIn) -> None:
    client = as_person(name)
    root = as_person("root")
    one, other = make.stance(), make.stance(actor_as_printed="It")
    form = fields_of(root.get(address(one)))
    client.post(address(one), {**form, "_accept": "1"})
    action = {"action": "accept_selected", "_selected_action": [other.pk], "reason": ""}
    client.post(address(Stance, "changelist"), action)
    states = set(Stance.objects.values_list("state", flat=True))
    assert states == ({"accepted"} if may else {"pending"})
    assert Judgement.objects.count() == (2 if may else 0)


@pytest.mark.parametrize("name", ["rita", "stan"])
def test_readers_change_no_actor(name: str, as_person: SignIn) -> None:
    actor = make.actor()
    form = fields_of(as_person("root").get(address(actor)))
    assert as_person(name).post(address(actor), {**form, "name": "Changed"}).status_code == 403
    assert Actor.objects.get().name == "Russia"


def test_readers_see_a_stance_without_a_button(as_person: SignIn) -> None:
    stance = make.stance()
    html = as_person("rita").get(address(stance)).content.decode()
    assert "planning to attack Ukraine" in html
    assert "_accept" not in html
    assert 'name="version"' not in html


@pytest.mark.parametrize("name", [*CAST, "root"])
@pytest.mark.parametrize("model", [Article, Run, Judgement, Stance])
def test_nobody_adds_or_deletes_what_is_kept(model: type[models.Model], name: str, as_person: SignIn) -> None:
    row = make.judgement(stance=make.stance(run=make.run())).stance
    rows: dict[type[models.Model], Any] = {
        Stance: row,
        Article: row.article,
        Run: row.run,
        Judgement: row.judgements.get(),
    }
    client = as_person(name)
    assert status(client, model, "add") == 403
    assert client.post(address(rows[model], "delete"), {"post": "yes"}).status_code == 403
    assert model._default_manager.exists()


def test_a_superuser_is_out_of_an_administrators_reach(as_person: SignIn) -> None:
    root, ada = make.person("root"), make.person("ada")
    client = as_person("ada")
    assert client.get(address(root)).status_code == 302  # as if there were no such user
    form = fields_of(client.get(address(ada)))
    client.post(address(ada), {**form, "is_superuser": "on", "user_permissions": ["1"]})
    ada.refresh_from_db()
    assert not ada.is_superuser
    assert not ada.user_permissions.exists()
    assert "root" not in client.get(address(User, "changelist")).content.decode()


def test_an_administrator_puts_people_into_groups(as_person: SignIn) -> None:
    rita = make.person("rita")
    client = as_person("ada")
    form = fields_of(client.get(address(rita)))
    group = make.person("ana").groups.get()
    assert client.post(address(rita), {**form, "groups": [group.pk]}).status_code == 302
    assert [each.name for each in rita.groups.all()] == ["analyst"]


def test_every_group_may_see_every_noun_but_what_is_coded_blind(as_person: SignIn) -> None:
    client = as_person("rita")
    for model in admin.site._registry:
        if model._meta.app_label == "claims":
            expected = 403 if model in (Coding, CodingRound, CodingUnit) else 200
            assert status(client, model, "changelist") == expected, model


@pytest.mark.parametrize(
    ("name", "rounds", "codings"),
    [("stan", 403, 403), ("rita", 403, 403), ("ana", 200, 403), ("leo", 200, 200), ("ada", 200, 200)],
)
def test_who_codes_sees_rounds_and_only_who_leads_what_was_coded(
    name: str, rounds: int, codings: int, as_person: SignIn
) -> None:
    coding = make.coding()
    client = as_person(name)
    assert status(client, CodingRound, "changelist") == rounds
    for row in (coding, coding.unit):
        assert status(client, type(row), "changelist") == codings
        assert status(client, row, "change") == codings


def test_anonymous_visitors_are_sent_to_the_sign_in(db: None) -> None:
    for page in ("changelist", "import", "export"):
        answer = Client().get(address(Stance, page))
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/login/")


@pytest.mark.parametrize(("name", "may"), [("rita", False), ("ana", False), ("leo", True), ("ada", True)])
def test_leads_set_former_slugs_free_and_nobody_writes_them(name: str, may: bool, as_person: SignIn) -> None:
    row = make.former_slug()
    client = as_person(name)
    assert status(client, row, "changelist") == 200
    assert status(client, row, "add") == 403
    client.post(address(row, "delete"), {"post": "yes"})
    assert FormerSlug.objects.exists() is not may
