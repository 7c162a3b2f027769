"""What the admin of every noun keeps to, those to come included."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.admin.base import CuratedAdmin
from claims.models import Actor, Article, Claim, LoadedFact, Outlet, Stance, Topic
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import address, fields_of

MODELS = list(apps.get_app_config("claims").get_models())
BIG = (Actor, Article, Claim, Outlet, Stance, Topic)


def one_of(model: type[models.Model]) -> models.Model:
    """A row of ``model``."""
    rows: dict[str, Any] = {
        "actordistinction": make.actor_distinction,
        "actormerge": lambda: make.actor().merges_out.create(
            target=make.actor(name="Russian Federation"), user=make.person("leo")
        ),
        "articleband": make.article_band,
        "articlefamily": make.article_family,
        "chainlink": make.chain_link,
        "claimedit": make.claim_edit,
        "claimplacement": make.claim_placement,
        "claimsuggestion": make.claim_suggestion,
        "claimtopic": lambda: make.claim().claim_topics.create(topic=make.topic()),
        "claimtopicremoval": lambda: make.claim().topic_removals.create(topic=make.topic(), user=make.person("ana")),
        "claimwording": make.claim_wording,
        "claimwordingkey": make.claim_wording_key,
        "codinground": make.coding_round,
        "codingunit": make.coding_unit,
        "formerslug": make.former_slug,
        "loadedfact": lambda: LoadedFact.objects.create(kind="actor", key="russia"),
        "nameresolution": make.name_resolution,
        "positionchange": make.position_change,
        "runfailure": make.run_failure,
    }
    name = str(model._meta.model_name)
    row: models.Model = rows[name]() if name in rows else getattr(make, name)()
    return row


@pytest.fixture
def root(as_person: SignIn) -> Client:
    return as_person("root")


@pytest.mark.parametrize("model", MODELS)
def test_every_noun_has_an_admin(model: type[models.Model]) -> None:
    assert admin.site.is_registered(model)


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_forms_open_and_obey_the_content_security_policy(model: type[models.Model], root: Client) -> None:
    row = one_of(model)
    pages = ["changelist", "change"]
    if admin.site._registry[model].has_add_permission(_request(root)):
        pages.append("add")
    for page in pages:
        response = root.get(address(row, page))
        assert response.status_code == 200, page
        html = response.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", html), page
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", html), page
        assert "object (" not in html, page


def _request(client: Client) -> Any:
    request: Any = client.get("/admin/").wsgi_request
    return request


@pytest.mark.parametrize("model", MODELS)
def test_no_form_lists_a_big_table_in_a_select(model: type[models.Model], root: Client) -> None:
    row = one_of(model)
    html = root.get(address(row)).content.decode()
    for select in re.findall(r"<select[^>]*>.*?</select>", html, re.DOTALL):
        assert "data-ajax--url" in select or select.count("<option") < 25


MANY: dict[str, Callable[[int], Any]] = {
    "actor": lambda n: make.actor(name=f"Actor {n}", part_of=make.actor(name=f"Whole {n}")),
    "alias": lambda n: make.alias(text=f"Name {n}", actor=make.actor(name=f"Actor {n}")),
    "article": lambda n: make.article(text=f"{make.ARTICLE}{n}\n", outlet=make.outlet(domain=f"{n}.example.org")),
    "chainlink": lambda n: make.chain_link(stance=make.stance(actor_as_printed=f"a{n}")),
    "claim": lambda n: make.claim(text=f"Claim {n}", merged_into=make.claim(text=f"Other claim {n}")),
    "claimedit": lambda n: make.claim_edit(
        claim=make.claim(text=f"Claim {n}"), other=make.claim(text=f"Other claim {n}"), user=make.person("ana")
    ),
    "claimplacement": lambda n: make.claim_placement(
        stance=make.stance(actor_as_printed=f"a{n}"), claim=make.claim(text=f"Claim {n}")
    ),
    "claimsuggestion": lambda n: make.claim_suggestion(
        first=make.claim(text=f"Claim {n}"), second=make.claim(text=f"Other claim {n}")
    ),
    "claimwording": lambda n: make.claim_wording(claim=make.claim(text=f"Claim {n}")),
    "coding": lambda n: make.coding(unit=make.coding_unit(stance=make.stance(actor_as_printed=f"a{n}"))),
    "codinground": lambda n: make.coding_round(name=f"Round {n}"),
    "codingunit": lambda n: make.coding_unit(stance=make.stance(actor_as_printed=f"a{n}")),
    "judgement": lambda n: make.judgement(stance=make.stance(actor_as_printed=f"a{n}")),
    "proposal": lambda n: make.proposal(kind="drop", stance=make.stance(actor_as_printed=f"a{n}")),
    "role": lambda n: make.role(title=f"Title {n}", actor=make.actor(name=f"Actor {n}")),
    "runfailure": lambda n: make.run_failure(run=make.run()),
    "stance": lambda n: make.chain_link(
        stance=make.stance(actor_as_printed=f"a{n}", claim=make.claim(text=f"Claim {n}"))
    ),
}


@pytest.mark.parametrize("name", MANY)
def test_a_list_needs_as_many_queries_for_ten_rows_as_for_one(
    name: str, root: Client, django_assert_num_queries: Any
) -> None:
    model = apps.get_model("claims", name)
    MANY[name](0)
    root.get(address(model, "changelist"))  # fills what Django keeps once
    with CaptureQueriesContext(connection) as one:
        root.get(address(model, "changelist"))
    for number in range(1, 10):
        MANY[name](number)
    with django_assert_num_queries(len(one)):
        assert root.get(address(model, "changelist")).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_no_list_can_be_deleted_at_once(model: type[models.Model], root: Client) -> None:
    assert "delete_selected" not in root.get(address(one_of(model), "changelist")).content.decode()


CURATED = [model for model, options in admin.site._registry.items() if isinstance(options, CuratedAdmin)]
VERSIONED = [*CURATED, Stance]


def test_every_curated_model_is_versioned_in_the_admin() -> None:
    having = {model for model in MODELS if any(each.name == "version" for each in model._meta.get_fields())}
    assert having == set(VERSIONED)


CHANGED = {
    "actor": "description",
    "alias": "text",
    "claim": "text",
    "outlet": "name",
    "role": "title",
    "stance": "office",
    "topic": "description",
}


@pytest.mark.parametrize("model", VERSIONED)
def test_the_second_of_two_people_sees_what_the_first_did_and_keeps_their_input(
    model: type[models.Model], as_person: SignIn
) -> None:
    row = one_of(model)
    field = CHANGED[str(model._meta.model_name)]
    mine, theirs = as_person("ana"), as_person("leo")
    my_form, their_form = fields_of(mine.get(address(row))), fields_of(theirs.get(address(row)))
    assert my_form["version"] == "1"

    assert theirs.post(address(row), {**their_form, field: "what Leo wrote"}).status_code == 302
    answer = mine.post(address(row), {**my_form, field: "what Ana wrote"})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "leo changed this" in html
    assert "now “what Leo wrote”; you have “what Ana wrote”" in html
    assert html.count("; you have ") == 1
    assert getattr(model._default_manager.get(pk=row.pk), field) == "what Leo wrote"

    # Having seen it, Ana decides: what she typed is still there, and saves.
    again = fields_of(answer)
    assert again[field] == "what Ana wrote"
    assert mine.post(address(row), again).status_code == 302
    stored: Any = model._default_manager.get(pk=row.pk)
    assert (getattr(stored, field), stored.version) == ("what Ana wrote", 3)


@pytest.mark.parametrize("model", VERSIONED)
@pytest.mark.parametrize("version", ["", "0", "2"])
def test_a_form_without_the_right_version_saves_nothing(
    model: type[models.Model], version: str, as_person: SignIn
) -> None:
    row = one_of(model)
    field = CHANGED[str(model._meta.model_name)]
    client = as_person("ana")
    form = fields_of(client.get(address(row)))
    assert client.post(address(row), {**form, field: "changed", "version": version}).status_code == 200
    assert getattr(model._default_manager.get(pk=row.pk), field) != "changed"


@pytest.mark.parametrize("model", CURATED)
def test_what_a_person_saves_is_marked_as_theirs(model: type[models.Model], as_person: SignIn) -> None:
    row = one_of(model)
    client = as_person("ana")
    form = fields_of(client.get(address(row)))
    client.post(address(row), {**form, CHANGED[str(model._meta.model_name)]: "changed"})
    stored: Any = model._default_manager.get(pk=row.pk)
    assert (stored.curated, stored.version) == (True, 2)


def test_what_a_person_adds_is_marked_as_theirs(as_person: SignIn) -> None:
    client = as_person("ana")
    form = fields_of(client.get(address(Actor, "add")))
    done = client.post(
        address(Actor, "add"),
        {
            **form,
            "name": "NATO",
            "slug": "nato",
            "kind": "organisation",
            "aliases-TOTAL_FORMS": "1",
            "aliases-0-text": "the alliance",
            "aliases-0-kind": "short_name",
        },
    )
    assert done.status_code == 302
    actor = Actor.objects.get()
    assert (actor.curated, actor.version, actor.aliases.get().curated) == (True, 1, True)


def test_a_new_claim_is_found_again_by_its_wording(as_person: SignIn) -> None:
    client = as_person("ana")
    topic = make.topic()
    form = fields_of(client.get(address(Claim, "add")))
    done = client.post(
        address(Claim, "add"),
        {**form, "text": "Talks will fail", "claim_topics-TOTAL_FORMS": "1", "claim_topics-0-topic": str(topic.pk)},
    )
    assert done.status_code == 302
    claim = Claim.objects.get()
    assert claim.wording_key == Claim.key_for("talks will fail")
    assert claim.claim_topics.get().by_person


def test_an_alias_below_its_actor_can_be_added_and_not_changed(as_person: SignIn) -> None:
    alias = make.alias()
    client = as_person("ana")
    form = fields_of(client.get(address(alias.actor)))
    assert "aliases-0-text" not in form
    client.post(
        address(alias.actor),
        {**form, "aliases-0-id": str(alias.pk), "aliases-0-actor": str(alias.actor.pk), "aliases-0-text": "Forged"},
    )
    alias.refresh_from_db()
    assert alias.text == "Moscow"


def test_deleting_an_actor_with_stances_says_what_stands_in_the_way(as_person: SignIn) -> None:
    stance = make.stance()
    client = as_person("leo")
    page = client.get(address(stance.actor, "delete"))
    assert "1 stance" in page.content.decode()
    client.post(address(stance.actor, "delete"), {"post": "yes"})
    assert Actor.objects.filter(stances=stance).exists()


def test_deleting_an_actor_that_nothing_names_works(as_person: SignIn) -> None:
    alias = make.alias()
    client = as_person("leo")
    assert client.post(address(alias.actor, "delete"), {"post": "yes"}).status_code == 302
    assert not Actor.objects.exists()


def test_typing_a_name_finds_actors_by_any_of_their_names_and_no_merged_ones(as_person: SignIn) -> None:
    alias = make.alias()
    make.alias(actor=make.actor(name="RF", merged_into=alias.actor), text="Moscow region")
    client = as_person("ana")
    answer = client.get(
        "/admin/autocomplete/",
        {"term": "mosc", "app_label": "claims", "model_name": "stance", "field_name": "actor"},
    )
    assert [each["text"] for each in answer.json()["results"]] == ["Russia"]


def test_typing_a_name_gives_the_likeliest_first(as_person: SignIn) -> None:
    for name in ("Bank of Russia", "Russian Academy", "Russia", "Belarus"):
        make.alias(actor=make.actor(name=name), text=f"the russian side of {name}")
    answer = as_person("ana").get(
        "/admin/autocomplete/",
        {"term": "russia", "app_label": "claims", "model_name": "stance", "field_name": "actor"},
    )
    found = [each["text"] for each in answer.json()["results"]]
    assert found == ["Russia", "Russian Academy", "Bank of Russia", "Belarus"]


def test_a_list_stands_under_the_noun_it_lists(root: Client) -> None:
    page = root.get("/admin/claims/stance/").content.decode()
    assert "<h1>Stances</h1>" in page
    assert "Select stance to change" not in page
