"""Finding claims, names and articles by words, on either database, whatever way they were written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from claims.actors.merging import merge
from claims.models import Actor, Alias, Article, Claim, Stance
from claims.review import rename_claim
from claims.search import ACTORS, ALIASES, ARTICLES, CLAIMS, STANCES, Index, find, matching, parse
from tests import factories as make

pytestmark = pytest.mark.django_db

MODELS: dict[Index, Any] = {STANCES: Stance, CLAIMS: Claim, ACTORS: Actor, ALIASES: Alias, ARTICLES: Article}


def found(index: Index, text: str) -> list[str]:
    return [str(row) for row in matching(MODELS[index].objects.order_by("pk"), index, parse(text))]


def article(number: int, words: str) -> Article:
    return make.article(text=f"Title {number}\n20220101\nhttps://example.org/{number}\n{words}\n")


def test_every_noun_is_found_by_its_words() -> None:
    make.stance()
    make.alias()
    assert found(CLAIMS, '"to attack" ukr*') == ["Russia plans to attack Ukraine"]
    assert found(ACTORS, "russia") == ["Russia"]
    assert found(ALIASES, "mosc*") == ["Moscow"]
    assert found(ARTICLES, '"own soil" -peace') == ["Kremlin rejects talk of an attack"]
    assert found(ARTICLES, '"talk of an attack"') == ["Kremlin rejects talk of an attack"]
    assert len(found(STANCES, "attack moscow")) == 1


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("Recep Tayyip Erdoğan", "erdogan"),
        ("Recep Tayyip Erdogan", "Erdoğan"),
        ("the U.S. envoy", "U.S."),
        ("the U.S. envoy", "u.s. envoy"),
        ("an anti-war march", "anti-war"),
        ("an anti-war march", "war"),
        ("see example.org/world_news for more", "world news"),
        ("grew by 3.5 percent", "3.5"),
        ("Russia’s army", "russia"),
        ("“peace” he said", "peace"),
        ("<b>bold</b> words", "bold"),
        ("AT&T and others", '"AT&T"'),
        ("Şimşek, Çavuşoğlu", "cavusoglu simsek"),
        ("a 🎉 party", "party"),
        ("Москва отвергает", "москва"),
    ],
)
def test_both_databases_cut_texts_into_the_same_words(words: str, query: str) -> None:
    article(1, words)
    make.claim(text=words)
    assert found(ARTICLES, query) == ["Title 1"]
    assert found(CLAIMS, query) == [words]


def test_what_a_row_is_called_anew_is_found_and_its_old_name_is_not() -> None:
    actor, claim, alias = make.actor(), make.claim(), make.alias()
    rename_claim(claim, "Moscow prepares an invasion", user=make.person("ana"))
    Actor.objects.filter(pk=actor.pk).update(name="Russian Federation")
    alias.text = "Kremlin"
    alias.save()
    assert (found(CLAIMS, "plans"), found(CLAIMS, "invasion")) == ([], ["Moscow prepares an invasion"])
    assert (found(ACTORS, "russia"), found(ACTORS, "federation")) == ([], ["Russian Federation"])
    assert (found(ALIASES, "moscow"), found(ALIASES, "kremlin")) == ([], ["Kremlin"])


def test_a_corrected_headline_is_found() -> None:
    row = article(1, "Nothing new")
    row.title = "Troops withdraw"
    row.save()
    assert (found(ARTICLES, "withdraw"), found(ARTICLES, "nothing withdraw")) == (["Troops withdraw"],) * 2


def test_rows_written_in_bulk_are_found_and_deleted_ones_are_not() -> None:
    actor = make.actor()
    Alias.objects.bulk_create([Alias(actor=actor, text="Muscovy"), Alias(actor=actor, text="Kremlin")])
    assert found(ALIASES, "muscovy") == ["Muscovy"]
    Alias.objects.filter(text="Muscovy").delete()
    assert (found(ALIASES, "muscovy"), found(ALIASES, "kremlin")) == ([], ["Kremlin"])


def test_the_names_of_merged_actors_stay_findable() -> None:
    old = make.actor(name="Russian Federation")
    make.alias(actor=old, text="Rossiya")
    merge(old, make.actor(), user=make.person("leo"))
    assert found(ACTORS, "federation") == ["Russian Federation"]
    assert found(ALIASES, "rossiya") == ["Rossiya"]


@pytest.mark.parametrize(
    "words",
    [
        "x" * 999_000,
        "é" * 900_000,
        "a b c " * 160_000,
        " ".join(f"w{number}" for number in range(130_000)),
        "가나다라마바사 " * 120_000,
        "-".join(f"w{number}" for number in range(130_000)),
        "http://example.org/" * 50_000,
    ],
    ids=["one word", "accents", "letters", "many words", "syllables", "hyphens", "addresses"],
)
def test_an_article_of_a_megabyte_is_stored_and_found_by_its_headline(words: str) -> None:
    article(1, words)
    assert found(ARTICLES, "title") == ["Title 1"]


@pytest.mark.parametrize(
    "query", ["", "-russia", "%", "'; DROP TABLE claims_actor; --", '"', "AND OR NOT NEAR(", "x" * 10_000, "\0", "ª²"]
)
def test_hostile_queries_find_nothing_and_break_nothing(query: str) -> None:
    make.stance()
    assert [found(index, query) for index in MODELS] == [[]] * len(MODELS)


def test_of_very_many_the_newest_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "LOOKED_AT", 2)
    for number in range(100):
        make.claim(text=f"Talks go on, {number}{' rarely' if number in {3, 4, 60} else ''}")
    assert found(CLAIMS, "talks") == ["Talks go on, 98", "Talks go on, 99"]
    assert found(CLAIMS, "rarely") == ["Talks go on, 4 rarely", "Talks go on, 60 rarely"]
    assert found(CLAIMS, "talks 3") == ["Talks go on, 3 rarely"]


@pytest.mark.sqlite
@pytest.mark.parametrize("index", [index for index in MODELS if index is not STANCES], ids=lambda index: index.table)
def test_the_index_agrees_with_the_rows(index: Index) -> None:
    make.alias(text="Muscovy").delete()
    for number in range(3):
        make.stance(
            article=article(number, "Moscow denies planning to attack Ukraine."), claim=make.claim(text=f"C {number}")
        )
    make.alias()
    Claim.objects.update(text="The same")
    Actor.objects.update(name="Nobody")
    Article.objects.update(title="Headline", published_on=dt.date(2022, 1, 1))
    with connection.cursor() as cursor:
        # With a rank of 1, FTS5 compares the index with the table itself, and raises an error.
        cursor.execute(f"INSERT INTO {index.words} ({index.words}, rank) VALUES ('integrity-check', 1)")


@pytest.mark.postgresql
def test_words_are_looked_up_in_the_index() -> None:
    with connection.cursor() as cursor:
        # Of a few rows it would be quicker to read them all.
        cursor.execute("SET LOCAL enable_seqscan = off")
        for index in MODELS:
            cursor.execute(f"EXPLAIN SELECT id FROM {index.table} WHERE words @@ to_tsquery('simple', 'plan')")
            assert f"Bitmap Index Scan on {index.words}" in str(cursor.fetchall())
