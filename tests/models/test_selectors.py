"""What the store answers, merges included."""

from __future__ import annotations

import itertools

import pytest

from claims.models import Actor, Stance
from claims.selectors import canonical, merged_ids, stances_of, visible_stances
from tests import factories as make

pytestmark = pytest.mark.django_db


def chain_of_merges(*names: str) -> list[Actor]:
    """Actors of which each is merged into the next."""
    rows = [make.actor(name=name) for name in names]
    for row, following in itertools.pairwise(rows):
        row.merged_into = following
        row.save()
    return rows


def test_readers_follow_merges_to_their_end() -> None:
    first, second, last = chain_of_merges("RF", "Russian Federation", "Russia")
    assert canonical(first) == canonical(second) == canonical(last) == last
    assert merged_ids(last) == {first.pk, second.pk, last.pk}
    assert merged_ids(second) == {first.pk, second.pk}


def test_a_circle_of_merges_ends() -> None:
    first, last = chain_of_merges("A", "B")
    last.merged_into = first
    last.save()
    assert canonical(first) == first
    assert merged_ids(first) == {first.pk, last.pk}


def test_the_stances_of_an_actor_include_those_of_rows_merged_into_it() -> None:
    old, new = chain_of_merges("Russian Federation", "Russia")
    stances = {
        make.stance(actor=old, actor_as_printed="a"),
        make.stance(actor=new, actor_as_printed="b"),
    }
    make.stance(actor=make.actor(name="Ukraine"), actor_as_printed="c")
    assert set(stances_of(new)) == stances


def test_readers_see_all_but_rejected_stances() -> None:
    rows = {state: make.stance(state=state, actor_as_printed=state) for state in Stance.State.values}
    assert set(visible_stances()) == set(rows.values()) - {rows["rejected"]}
    assert set(Stance.objects.pending()) == {rows["pending"]}
    assert set(Stance.objects.judged()) == set(rows.values()) - {rows["pending"]}


def test_a_list_of_stances_names_its_rows_without_further_queries(django_assert_num_queries: object) -> None:
    make.stance(target_actor=make.actor(name="Ukraine"))
    with django_assert_num_queries(1):  # type: ignore[operator]
        for row in visible_stances():
            assert [str(row.actor), str(row.claim), str(row.article.outlet), str(row.target_actor)]
