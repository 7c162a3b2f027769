"""A slug that an actor or a topic had stays its own, whoever writes to the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.actors.resolutions import create_actor
from claims.extraction.facts import TopicFact
from claims.extraction.types import ActorFact, ActorKind
from claims.ingest.facts import load_facts
from claims.models import Actor, FormerSlug, Topic
from tests import factories as make

pytestmark = pytest.mark.django_db

NOUNS = ["actor", "topic"]


def renamed(noun: str, *slugs: str) -> Actor | Topic:
    """A row of ``noun`` that had the first of ``slugs``, then each of the others."""
    makers: dict[str, Callable[..., Actor | Topic]] = {"actor": make.actor, "topic": make.topic}
    row = makers[noun](slug=slugs[0], name=slugs[0])
    for slug in slugs[1:]:
        type(row)._default_manager.filter(pk=row.pk).update(slug=slug)
    row.refresh_from_db()
    return row


def former(row: Actor | Topic) -> set[str]:
    return set(row.former_slugs.values_list("slug", flat=True))


@pytest.mark.parametrize("noun", NOUNS)
def test_each_slug_that_a_row_had_is_kept_without_the_writer_knowing(noun: str) -> None:
    row = renamed(noun, "turkey", "tuerkei", "turkiye")
    assert former(row) == {"turkey", "tuerkei"}
    assert abs(timezone.now() - row.former_slugs.latest("at").at).total_seconds() < 60


@pytest.mark.parametrize("noun", NOUNS)
def test_a_change_of_something_else_leaves_none(noun: str) -> None:
    row = renamed(noun, "turkey")
    row.name = "Türkiye"
    row.save()
    assert former(row) == set()


@pytest.mark.parametrize("noun", NOUNS)
def test_a_row_may_take_its_own_slug_back(noun: str) -> None:
    assert former(renamed(noun, "turkey", "turkiye", "turkey")) == {"turkiye"}


@pytest.mark.parametrize("noun", NOUNS)
def test_no_other_row_takes_it_by_a_rename(noun: str) -> None:
    renamed(noun, "turkey", "turkiye")
    other = renamed(noun, "the-bird")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(other)._default_manager.filter(pk=other.pk).update(slug="turkey")


@pytest.mark.parametrize("model", [Actor, Topic])
def test_no_new_row_takes_it(model: type[Actor] | type[Topic]) -> None:
    renamed(model._meta.model_name or "", "turkey", "turkiye")
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.create(slug="turkey", name="Another")
    with pytest.raises(ValidationError, match="was the address of"):
        model(slug="turkey", name="Another").full_clean()


def test_actors_and_topics_do_not_stand_in_each_others_way() -> None:
    renamed("actor", "turkey", "turkiye")
    assert make.topic(slug="turkey", name="Turkey").slug == "turkey"


def test_a_slug_that_somebody_set_free_can_be_taken() -> None:
    renamed("actor", "turkey", "turkiye")
    FormerSlug.objects.get(slug="turkey").delete()
    assert make.actor(slug="turkey", name="The bird").slug == "turkey"


def test_the_slug_made_up_for_a_new_actor_is_no_former_one() -> None:
    renamed("actor", "turkey", "turkiye")
    assert create_actor("Turkey", "state").slug == "turkey-2"


def test_facts_with_a_former_slug_are_refused_with_the_reason() -> None:
    renamed("actor", "turkey", "turkiye")
    renamed("topic", "gas", "natural-gas")
    loaded = load_facts(
        [ActorFact(slug="turkey", name="Turkey", kind=ActorKind.STATE)],
        [TopicFact(slug="gas", name="Gas", description="", patterns=("gas",))],
    )
    assert [failure.reason for failure in loaded.refusals] == [
        "The slug was that of another actor, and old links still lead there.",
        "The slug was that of another topic, and old links still lead there.",
    ]
