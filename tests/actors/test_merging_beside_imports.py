"""Merging while an import runs loses nothing."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from claims.actors.merging import merge, undo
from claims.extraction.types import ActorFact, ActorKind, ArticleText, ExtractedStance
from claims.ingest.store import Outcome, Stored, save_article, writing
from claims.models import Actor, Run, Stance
from claims.selectors import stances_of
from tests import factories as make
from tests.ingest.articles import article
from tests.ingest.engines import LineEngine

#: What an import knows that began before the merge.
FACTS = [ActorFact("federation", "Federation", ActorKind.STATE)]


def read(number: int) -> tuple[ArticleText, list[ExtractedStance]]:
    text = article(f"Federation denies attack number {number} is planned.", url=f"https://example.org/{number}")
    return text, list(LineEngine("", FACTS).read([text])[0].stances)


def store(number: int, run: Run) -> Stored:
    with writing():
        return save_article(*read(number), run)


@pytest.fixture
def pair() -> tuple[Actor, Actor]:
    return make.actor(name="Federation"), make.actor()


def test_an_import_that_began_before_the_merge_writes_to_the_one_that_stays(
    db: None, pair: tuple[Actor, Actor]
) -> None:
    run = make.run()
    merge(*pair, user=make.person("leo"))
    assert store(1, run).outcome is Outcome.IMPORTED
    assert [stance.actor for stance in stances_of(pair[1])] == [pair[1]]


def test_what_is_still_written_to_the_old_row_is_read_at_the_one_that_stays(
    db: None, pair: tuple[Actor, Actor]
) -> None:
    merge(*pair, user=make.person("leo"))
    late = make.stance(actor=pair[0])
    assert list(stances_of(pair[1])) == [late]


@pytest.mark.postgresql
def test_merging_and_undoing_while_another_connection_imports_loses_nothing(
    transactional_db: None, pair: tuple[Actor, Actor]
) -> None:
    run, leo, outcomes, number = make.run(), make.person("leo"), list[Outcome](), 60

    def import_all() -> None:
        outcomes.extend(store(each, run).outcome for each in range(number))
        connection.close()

    importing = threading.Thread(target=import_all)
    importing.start()
    merges = 0
    while importing.is_alive():
        undo(merge(*pair, user=leo), user=leo)
        merges += 1
    importing.join()
    merge(*pair, user=leo)
    assert merges > 5
    assert outcomes == [Outcome.IMPORTED] * number
    assert Stance.objects.count() == stances_of(pair[1]).count() == number
