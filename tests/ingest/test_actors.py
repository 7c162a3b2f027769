"""The actors of the store as facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from claims.extraction.types import ActorFact, ActorKind, AliasFact, AliasKind, RoleFact
from claims.ingest.actors import keys_by_slug, known_actors
from claims.models import Actor, Alias, Role

pytestmark = pytest.mark.django_db


def actor(slug: str, **values: object) -> Actor:
    return Actor.objects.create(slug=slug, **{"name": slug.title(), "kind": "person", **values})


def test_an_actor_becomes_a_fact_with_its_names_and_offices() -> None:
    russia = actor("russia", kind="state", wikidata_id="Q159")
    kremlin = actor("kremlin", kind="institution", part_of=russia)
    ushakov = actor("ushakov", name="Yuri Ushakov", pronoun="he", description="aide")
    Alias.objects.create(actor=russia, text="Moscow", kind="metonym", valid_from="1991-12-26")
    Role.objects.create(actor=ushakov, title="aide", organisation=kremlin, valid_from="2012-05-01")
    day = dt.date(1991, 12, 26)
    assert known_actors() == [
        ActorFact("kremlin", "Kremlin", ActorKind.INSTITUTION, part_of="russia"),
        ActorFact(
            "russia",
            "Russia",
            ActorKind.STATE,
            wikidata_id="Q159",
            aliases=(AliasFact("Moscow", AliasKind.METONYM, day),),
        ),
        ActorFact(
            "ushakov",
            "Yuri Ushakov",
            ActorKind.PERSON,
            "he",
            description="aide",
            roles=(RoleFact("aide", "kremlin", dt.date(2012, 5, 1)),),
        ),
    ]


def test_what_others_change_while_the_actors_are_read_takes_none_away() -> None:
    one, other = actor("one"), actor("other")
    changed: list[str] = []

    def change(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if not changed and "claims_actor" in sql:
            changed.append(sql)
            Actor.objects.filter(pk=one.pk).update(merged_into=other)
            late = actor("late", part_of=other)
            Alias.objects.create(actor=late, text="Latecomer")
            Role.objects.create(actor=other, title="guest", organisation=late)
        return answer

    with connection.execute_wrapper(change):
        facts = known_actors()
    assert changed
    assert [(fact.slug, fact.roles) for fact in facts] == [("one", ()), ("other", (RoleFact("guest", ""),))]


def test_a_merged_actor_lends_its_names_and_offices_to_the_lasting_one() -> None:
    lasting = actor("nato", kind="organisation")
    middle = actor("alliance", kind="organisation", merged_into=lasting)
    merged = actor("north-atlantic", kind="organisation", merged_into=middle)
    Alias.objects.create(actor=merged, text="N. Atlantic Pact")
    Role.objects.create(actor=merged, title="member", organisation=actor("eu", kind="organisation"))
    chief = actor("chief")
    Role.objects.create(actor=chief, title="head", organisation=merged)
    actor("office", kind="institution", part_of=merged)
    facts = {fact.slug: fact for fact in known_actors()}
    assert sorted(facts) == ["chief", "eu", "nato", "office"]
    assert [alias.text for alias in facts["nato"].aliases] == ["Alliance", "North-Atlantic", "N. Atlantic Pact"]
    assert [role.organisation for role in facts["nato"].roles] == ["eu"]
    assert facts["chief"].roles == (RoleFact("head", "nato"),)
    assert facts["office"].part_of == "nato"


def test_an_actor_of_unknown_kind_is_a_group() -> None:
    actor("they", kind="")
    assert [fact.kind for fact in known_actors()] == [ActorKind.GROUP]


def test_slugs_lead_through_merges_to_the_lasting_actor() -> None:
    third = actor("c")
    second = actor("b", merged_into=third)
    actor("a", merged_into=second)
    assert keys_by_slug(["a", "b", "c", "nobody"]) == {"a": third.pk, "b": third.pk, "c": third.pk}


def test_merges_that_lead_round_in_a_circle_end() -> None:
    one, other = actor("a"), actor("b")
    Actor.objects.filter(pk=one.pk).update(merged_into=other)
    Actor.objects.filter(pk=other.pk).update(merged_into=one)
    assert keys_by_slug(["a", "b"]) == {"a": one.pk, "b": other.pk}
    assert known_actors() == []
