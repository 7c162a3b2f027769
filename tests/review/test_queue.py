"""Which stance is next."""

from __future__ import annotations

import pytest

from claims.models import Stance
from claims.review.queue import Order, in_order, neighbour
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting() -> list[Stance]:
    """Four stances of two articles, two of them alike sure."""
    first, second = (
        make.article(),
        make.article(text="Later\n20220101\nhttps://news.example/2\nMoscow denies it all.\n"),
    )
    return [
        make.stance(article=first, confidence=0.9),
        make.stance(article=first, cue="says", content="it has the right to move troops", target="", confidence=0.2),
        make.stance(article=second, content="it all", target="", confidence=0.5),
        make.stance(article=second, content="it", target="", confidence=0.5),
    ]


@pytest.mark.parametrize(
    ("order", "expected"),
    [(Order.ARTICLE, [0, 1, 2, 3]), (Order.UNSURE, [1, 2, 3, 0]), (Order.NEWEST, [3, 2, 1, 0])],
)
def test_each_order_can_be_walked_in_both_directions(order: Order, expected: list[int], waiting: list[Stance]) -> None:
    rows = Stance.objects.all()
    assert [waiting.index(stance) for stance in in_order(rows, order)] == expected
    for forward, path in ((True, expected), (False, expected[::-1])):
        at, walked = waiting[path[0]], [path[0]]
        while (pk := neighbour(rows, order, at, forward=forward)) is not None:
            at = Stance.objects.get(pk=pk)
            walked.append(waiting.index(at))
        assert walked == path


def test_who_has_judged_a_stance_goes_on_from_where_it_stood(waiting: list[Stance]) -> None:
    Stance.objects.filter(pk=waiting[1].pk).update(state="accepted")
    pending = Stance.objects.filter(state="pending")
    assert neighbour(pending, Order.ARTICLE, waiting[1]) == waiting[2].pk
