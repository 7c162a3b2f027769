"""Merging actors: what follows, what is refused, and that an undo restores everything."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from claims.actors.distinctions import tell_apart
from claims.actors.following import following
from claims.actors.merging import merge, undo
from claims.ingest.actors import known_actors
from claims.models import Actor, ActorMerge, Stance
from claims.selectors import stances_of
from tests import factories as make
from tests.actors.whole_store import whole_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def russia() -> Actor:
    return make.actor()


@pytest.fixture
def federation(russia: Actor) -> Actor:
    """A second row for Russia, with something of every sort that can hang on an actor."""
    actor = make.actor(name="Russian Federation", wikidata_id="Q159")
    make.actor(name="RF", merged_into=actor)
    make.alias(actor=actor, text="the federation", kind="short_name")
    make.role(actor=actor, title="member", organisation=make.actor(name="UN"))
    make.role(actor=make.actor(name="Envoy"), title="envoy", organisation=actor)
    make.actor(name="Duma", part_of=actor)
    stance = make.stance(actor=actor, state="accepted")
    make.judgement(stance=stance)
    make.stance(actor=russia, actor_as_printed="Russia", target_actor=actor)
    make.chain_link(stance=stance, actor=actor)
    make.addressee(stance=stance, actor=actor)
    make.name_resolution(actor=actor)
    return actor


def test_a_merge_moves_no_row_and_readers_follow_it(russia: Actor, federation: Actor) -> None:
    before = set(stances_of(federation))
    merged = merge(federation, russia, user=make.person("leo"))
    assert set(Stance.objects.filter(actor=federation)) == before
    assert set(stances_of(russia)) == set(Stance.objects.all())
    assert (merged.source, merged.target, merged.user.username) == (federation, russia, "leo")
    facts = {fact.slug: fact for fact in known_actors()}
    assert "russian-federation" not in facts
    assert {alias.text for alias in facts["russia"].aliases} >= {"the federation", "Russian Federation", "RF"}


def test_what_would_follow_is_counted(federation: Actor) -> None:
    assert {row.label: row.number for row in following(federation)} == {
        "stances": 1,
        "of them judged": 1,
        "places in chains": 1,
        "places as addressee": 1,
        "stances with it as target": 1,
        "aliases": 1,
        "roles": 1,
        "roles held in it": 1,
        "actors that are part of it": 1,
        "actors merged into it before": 1,
        "names resolved to it": 1,
    }


def test_what_was_merged_before_is_one_step_away(russia: Actor, federation: Actor) -> None:
    merge(federation, russia, user=make.person("leo"))
    assert Actor.objects.get(name="RF").merged_into == russia


def test_an_undo_restores_the_whole_store(russia: Actor, federation: Actor) -> None:
    make.person("leo")
    before = whole_store(without="ActorMerge")
    merged = merge(federation, russia, user=make.person("leo"))
    assert whole_store(without="ActorMerge") != before
    undo(merged, user=make.person("leo"))
    assert whole_store(without="ActorMerge") == before
    assert ActorMerge.objects.get().undone_at is not None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_merges_of_merges_are_undone_in_any_order(russia: Actor, federation: Actor, order: tuple[int, int]) -> None:
    leo, union = make.person("leo"), make.actor(name="Union")
    before = whole_store(without="ActorMerge")
    merges = [merge(federation, russia, user=leo), merge(russia, union, user=leo)]
    assert set(Actor.objects.filter(merged_into=union).values_list("name", flat=True)) == {
        "RF",
        "Russia",
        "Russian Federation",
    }
    for number in order:
        undo(merges[number], user=leo)
    assert whole_store(without="ActorMerge") == before


def test_what_was_merged_anew_meanwhile_stays_where_it_is(russia: Actor, federation: Actor) -> None:
    leo, abbreviation = make.person("leo"), Actor.objects.get(name="RF")
    Actor.objects.filter(pk=abbreviation.pk).update(merged_into=None)
    first = merge(abbreviation, federation, user=leo)
    second = merge(federation, russia, user=leo)
    undo(first, user=leo)
    merge(abbreviation, russia, user=leo)
    undo(second, user=leo)
    abbreviation.refresh_from_db()
    assert abbreviation.merged_into == russia


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("Russia", "Russia", "into itself"),
        ("RF", "Russia", "RF was merged into Russian Federation already"),
        ("Russia", "RF", "RF was merged into Russian Federation already"),
        ("Duma", "Russian Federation", "Duma is part of Russian Federation"),
        ("Russian Federation", "Duma", "Duma is part of Russian Federation"),
        # through another part
        ("Russian Federation", "Committee", "Committee is part of Russian Federation"),
        ("Russian Federation", "Belarus", "are not the same"),
        # told apart of a row that was merged into it
        ("RF old", "Belarus", "are not the same"),
    ],
)
def test_some_merges_are_refused(russia: Actor, federation: Actor, source: str, target: str, reason: str) -> None:
    make.actor(name="Committee", part_of=Actor.objects.get(name="Duma"))
    tell_apart(make.actor(name="Belarus"), federation, user=make.person("leo"))
    Actor.objects.filter(pk=federation.pk).update(merged_into=make.actor(name="RF old")) if source == "RF old" else None
    before = whole_store()
    with pytest.raises(ValidationError, match=reason):
        merge(Actor.objects.get(name=source), Actor.objects.get(name=target), user=make.person("leo"))
    assert whole_store() == before


@pytest.mark.parametrize("name", ["ana", "rita", "stan"])
def test_only_leads_merge_undo_and_tell_apart(russia: Actor, federation: Actor, name: str) -> None:
    person = make.person(name)
    with pytest.raises(PermissionDenied):
        merge(federation, russia, user=person)
    with pytest.raises(PermissionDenied):
        tell_apart(federation, russia, user=person)
    merged = merge(federation, russia, user=make.person("leo"))
    with pytest.raises(PermissionDenied):
        undo(merged, user=person)
    assert ActorMerge.objects.get().undone_at is None


def test_a_merge_is_undone_once(russia: Actor, federation: Actor) -> None:
    merged = merge(federation, russia, user=make.person("leo"))
    undo(merged, user=make.person("leo"))
    with pytest.raises(ValidationError, match="undone already"):
        undo(merged, user=make.person("leo"))


def test_an_undo_that_would_double_a_wikidata_id_says_so(russia: Actor, federation: Actor) -> None:
    merged = merge(federation, russia, user=make.person("leo"))
    Actor.objects.filter(pk=russia.pk).update(wikidata_id="Q159")
    before = whole_store()
    with pytest.raises(ValidationError, match="Q159"):
        undo(merged, user=make.person("leo"))
    assert whole_store() == before
