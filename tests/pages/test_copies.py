"""Copies count once, and say that they are copies."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from claims.models import Article
from claims.selectors import originals, visible_stances
from tests import factories as make

pytestmark = pytest.mark.django_db


def printed(day: int, *, family: Article | None = None, state: str = "pending") -> Article:
    """An article with a stance of Russia's; a copy of the article ``family``, where it is given."""
    text = f"Title {day}\n202201{day:02}\nhttps://example.org/{day}\nMoscow denies planning to attack Ukraine.\n"
    row = make.article(text=text, published_on=dt.date(2022, 1, day))
    if family is not None:
        row.family = make.article_family(original=family)
        Article.objects.filter(pk__in=[row.pk, family.pk]).update(family=row.family)
    make.stance(article=row, state=state)
    return row


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.fixture
def first() -> Article:
    """The original of three; beside the family stands a story of its own."""
    original = printed(1)
    printed(2, family=original)
    printed(3, family=original)
    printed(4)
    return original


def test_pages_say_how_many_articles_are_originals(rita: Client, first: Article) -> None:
    assert "4 stances in 4 articles, 2 originals, " in words(rita, f"/claims/{make.claim().pk}/")
    assert '<dt>articles, 2 originals</dt><dd><a href="?#stances-title">4</a></dd>' in words(rita, "/actors/russia/")


def test_the_front_page_counts_originals(rita: Client, first: Article) -> None:
    counts = rita.get("/").context["counts"]
    assert (counts["articles"], counts["originals"]) == (4, 2)
    assert "2 of these are originals" in words(rita, "/")
    assert [(actor.slug, number) for actor, number in rita.get("/").context["most_covered"]] == [("russia", 2)]


def test_where_all_are_originals_nothing_is_said_of_it(rita: Client) -> None:
    printed(1)
    assert '<dt>article</dt><dd><a href="?#stances-title">1</a></dd>' in words(rita, "/actors/russia/")
    assert "originals" not in words(rita, "/")


def test_a_copy_counts_also_where_its_original_is_not_among_the_stances(first: Article) -> None:
    copies = visible_stances().exclude(article=first)
    assert copies.aggregate(number=originals()) == {"number": 2}


def test_the_pages_of_a_family_say_so(rita: Client, first: Article) -> None:
    assert "The earliest of 3 articles that are copies" in words(rita, f"/articles/{first.pk}/")
    copy = words(rita, f"/articles/{Article.objects.get(title='Title 3').pk}/")
    assert "One of 3 articles that are copies" in copy
    assert f'<a href="/articles/{first.pk}/"><bdi>Title 1</bdi></a>' in copy
    assert "copies of one another" not in words(rita, f"/articles/{Article.objects.get(title='Title 4').pk}/")


def test_the_public_is_not_led_to_an_original_that_it_may_not_see(public: Client) -> None:
    original = printed(1)
    copy = printed(2, family=original, state="accepted")
    page = words(public, f"/articles/{copy.pk}/")
    assert "<bdi>Title 1</bdi>" in page
    assert f'href="/articles/{original.pk}/"' not in page
