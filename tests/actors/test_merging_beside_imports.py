"""Merging while an import runs loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from claims.actors.merging import merge
from claims.extraction.types import ActorFact, ActorKind, ArticleText, ExtractedStance
from claims.ingest.store import Outcome, Stored, save_article, writing
from claims.models import Actor, Run
from claims.selectors import stances_of
from tests import factories as make
from tests.ingest.articles import article, write_articles
from tests.ingest.engines import LineEngine
from tests.ingest.stores import share

#: What an import knows that began before the merge.
FACTS = [ActorFact("federation", "Federation", ActorKind.STATE)]

ARTICLES = 20
#: What another process does until it is told to stop; at the end the two are one.
MERGE_AND_UNDO = """
import select, sys, django
django.setup()
from django.contrib.auth.models import User
from claims.actors.merging import merge, undo
from claims.models import Actor
user, pair = User.objects.get(), [Actor.objects.get(slug=slug) for slug in ("putin", "vladimir-putin")]
while not select.select([sys.stdin], [], [], 0.02)[0]:
    undo(merge(*pair, user=user), user=user)
merge(*pair, user=user)
"""


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


@pytest.mark.django_db(transaction=True)
def test_merging_and_undoing_while_another_process_imports_loses_nothing(tmp_path: Path) -> None:
    make.actor(name="Putin", kind="person")
    make.actor(name="Vladimir Putin", kind="person")
    make.person("root")
    store = share(tmp_path, "merging")
    write_articles(tmp_path / "articles", ARTICLES, slow=True)
    importing = store.start("--batch-size=3", "--processes=0", "--verbosity=0", str(tmp_path / "articles"))
    environment = {**os.environ, "DATABASE_URL": store.url, "DJANGO_SETTINGS_MODULE": "tests.ingest.fake_settings"}
    merging = subprocess.Popen(
        [sys.executable, "-c", MERGE_AND_UNDO], env=environment, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, text=True
    )
    _, errors = importing.communicate(timeout=120)
    merging.communicate("done", timeout=120)
    assert (importing.returncode, errors, merging.returncode) == (0, "", 0)
    assert store.query("SELECT count(*) FROM claims_runfailure") == [(0,)]
    assert store.query("SELECT count(*) FROM claims_article") == [(ARTICLES,)]
    [(merges,)] = store.query("SELECT count(*) FROM claims_actormerge")
    assert merges > 3
    printed = dict(
        store.query(
            "SELECT coalesce(survivor.slug, actor.slug), count(*) FROM claims_stance AS stance "
            "LEFT JOIN claims_actor AS actor ON actor.id = stance.actor_id "
            "LEFT JOIN claims_actor AS survivor ON survivor.id = actor.merged_into_id "
            "WHERE stance.actor_as_printed = 'Putin' GROUP BY 1"
        )
    )
    assert list(printed) == ["vladimir-putin"]
