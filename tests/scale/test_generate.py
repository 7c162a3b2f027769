"""Made-up stores: as many rows as asked for, by the rules of the database, the same each time."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.models import Count

from claims.models import Actor, Article, Judgement, Outlet, Stance
from claims.scale.generate import Size, generate
from claims.scale.rows import insert
from tests.factories import person
from tests.scale.conftest import ACTORS, STANCES

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("made_up")
def test_there_are_as_many_as_asked_for() -> None:
    assert Stance.objects.count() == STANCES
    assert Actor.objects.count() == ACTORS
    assert Judgement.objects.count() == Stance.objects.judged().count() > 0


@pytest.mark.usefixtures("made_up")
def test_a_few_actors_have_most_of_the_stances() -> None:
    numbers = [row["number"] for row in Stance.objects.values("actor").annotate(number=Count("pk"))]
    top = sorted(numbers, reverse=True)[: ACTORS // 10]
    assert sum(top) > STANCES / 2


@pytest.mark.usefixtures("made_up")
def test_evidence_is_the_articles_own_words() -> None:
    for stance in Stance.objects.select_related("article")[:50]:
        assert stance.article.text[stance.content_start : stance.content_end] == stance.content_text
        assert stance.article.text[stance.mention_start : stance.mention_end] == stance.actor.name  # type: ignore[union-attr]


def test_the_same_seed_makes_the_same_articles() -> None:
    generate(connection, Size(60, 20), person("ana").pk, seed=7)
    first = list(Article.objects.order_by("pk").values_list("sha256", flat=True))
    assert len(set(first)) == 3


def test_new_rows_get_keys_that_are_free() -> None:
    insert(Outlet, [{"id": 5, "name": "Herald", "domain": "herald.example.org"}], connection)
    assert Outlet.objects.create(name="Post", domain="post.example.org").pk == 6


def test_rules_hold_for_made_up_rows_too() -> None:
    with pytest.raises(IntegrityError):
        insert(Outlet, [{"id": 1, "name": "", "domain": ""}], connection)


@pytest.mark.parametrize(("stances", "actors"), [(0, 20), (10, 1)])
def test_a_store_of_nothing_is_refused(stances: int, actors: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        Size(stances, actors)


def test_the_command_leaves_a_store_that_has_articles_alone() -> None:
    out = io.StringIO()
    call_command("make_stances", "--stances", "100", "--actors", "20", stdout=out, stderr=io.StringIO())
    assert "100 stances" in out.getvalue()
    with pytest.raises(CommandError, match="has articles"):
        call_command("make_stances", "--stances", "100", stdout=out)


@pytest.mark.usefixtures("made_up")
def test_the_doctor_finds_nothing_wrong() -> None:
    out = io.StringIO()
    call_command("doctor", stdout=out)
    assert "evidence" in out.getvalue()
