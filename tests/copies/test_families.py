"""Families of articles: found as articles come in, whichever comes first, and counted once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.copies.families import join, sketches
from claims.models import Article, ArticleBand, ArticleFamily
from tests import factories as make
from tests.copies.stories import OTHER, SAME_EVENT, WIRE, article, body_lines

pytestmark = pytest.mark.django_db


def store(body: str, day: int = 1, **fields: object) -> Article:
    """An article of March 2022 with this body, compared with what is there."""
    number = Article.objects.count()
    text = article(body, headline=f"Headline {number}", date=f"202203{day:02}", address=f"site{number}")
    row: Article = make.article(text=text, published_on=dt.date(2022, 3, day), **fields)
    join(sketches([row.pk]))
    row.refresh_from_db()
    return row


def families() -> set[frozenset[int]]:
    return {frozenset(family.articles.values_list("pk", flat=True)) for family in ArticleFamily.objects.all()}


def test_copies_form_a_family_and_others_stay_alone() -> None:
    wire, copy, other, event = store(WIRE), store(body_lines(9), 2), store(OTHER), store(SAME_EVENT)
    assert families() == {frozenset({wire.pk, copy.pk})}
    assert (other.family, event.family) == (None, None)


def test_the_original_is_the_earliest_published_whenever_it_comes_in() -> None:
    late, copy = store(WIRE, 5), store(WIRE + "\nMore.", 7)
    assert ArticleFamily.objects.get().original == late
    early = store(body_lines(10), 2)
    family = ArticleFamily.objects.get()
    assert family.original == early
    assert set(family.articles.all()) == {late, copy, early}


def test_of_one_day_the_agencys_own_is_the_original() -> None:
    store(WIRE)
    agency = store(WIRE + "\nMore.", outlet=make.outlet(name="Reuters", domain="reuters.com"))
    assert ArticleFamily.objects.get().original == agency


def test_an_article_that_two_families_are_copies_of_unites_them() -> None:
    halves = WIRE.split("\n")
    first, second = "\n".join(halves[:6]), "\n".join(halves[6:])
    for body in (first, second):
        store(body), store(body + "\nEnd.", 2)
    assert ArticleFamily.objects.count() == 2
    store(WIRE, 3)
    assert len(families().pop()) == 5
    assert ArticleFamily.objects.count() == 1


def test_a_text_that_says_nothing_new_is_compared_with_nobody_later() -> None:
    first, same = store(WIRE), store(WIRE + "\nEnd.")
    assert set(ArticleBand.objects.values_list("article", flat=True)) == {first.pk}
    assert same.family is not None


def test_comparing_again_changes_nothing() -> None:
    for body in (WIRE, WIRE + "\nEnd.", OTHER):
        store(body)
    before = list(Article.objects.order_by("pk").values("pk", "family", "sketch_scheme"))
    assert join(sketches(list(Article.objects.values_list("pk", flat=True)))) == 0
    assert list(Article.objects.order_by("pk").values("pk", "family", "sketch_scheme")) == before


def test_what_another_import_compared_meanwhile_is_left_alone() -> None:
    row = store(OTHER)
    Article.objects.update(sketch_scheme=0)
    mine = sketches([row.pk])
    join(sketches([row.pk]))
    with CaptureQueriesContext(connection) as asked:
        assert join(mine) == 0
    assert len(asked) <= 2


def test_a_copy_costs_as_many_queries_in_a_store_of_many_copies_as_of_one() -> None:
    def cost(body: str) -> int:
        row = make.article(text=article(body, address=f"cost{Article.objects.count()}"))
        found = sketches([row.pk])
        with CaptureQueriesContext(connection) as asked:
            join(found)
        return len(asked)

    store(WIRE)
    cost(WIRE + "\nOne.")
    few = cost(WIRE + "\nTwo.")
    for number in range(10):
        store(f"{WIRE}\nEnd {number}.")
        store(f"{OTHER}\nEnd {number}.")
    assert cost(WIRE + "\nThree.") <= few
