"""Two connections edit claims, or one does while another imports: nothing is lost, and nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from claims.ingest.rereading import read_again
from claims.ingest.store import save_article, writing
from claims.models import Claim, ClaimEdit, ClaimPlacement, Stance
from claims.review import RefusedError, dismiss_suggestion, merge_claim, move_stances, undo_edit
from claims.review.decide_suggestion import apply_suggestion
from tests import factories as make
from tests.ingest.articles import article
from tests.ingest.engines import ContraryEngine, LineEngine

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*writes: Callable[[], object]) -> list[object]:
    """What each of ``writes`` gives or raises, each on a connection of its own, begun together."""
    start = threading.Barrier(len(writes))
    results: list[object] = [None] * len(writes)

    def execute(place: int, write: Callable[[], object]) -> None:
        start.wait()
        try:
            results[place] = write()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=execute, args=each) for each in enumerate(writes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def now(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def test_of_two_people_who_merge_a_pair_both_ways_round_one_is_told() -> None:
    one, other = make.claim(), make.claim(text="Russia is going to invade Ukraine")
    ana, leo = make.person("ana"), make.person("leo")
    for _ in range(10):
        results = at_once(
            lambda: merge_claim(now(one), now(other), user=ana), lambda: merge_claim(now(other), now(one), user=leo)
        )
        (edit,) = [each for each in results if isinstance(each, ClaimEdit)]
        assert sum(isinstance(each, RefusedError) for each in results) == 1
        assert Claim.objects.exclude(merged_into=None).count() == 1
        undo_edit(edit, user=ana)


def test_of_two_people_at_a_suggestion_one_decides() -> None:
    row = make.claim_suggestion()
    ana, leo = make.person("ana"), make.person("leo")
    for _ in range(10):
        results = at_once(
            lambda: apply_suggestion(row, now(row.first), now(row.second), user=ana),
            lambda: dismiss_suggestion(row, user=leo),
        )
        assert sum(isinstance(each, RefusedError) for each in results) == 1, results
        row.refresh_from_db()
        assert (row.state == "applied") is (now(row.first).merged_into is not None)
        for edit in ClaimEdit.objects.filter(undone_at=None):
            undo_edit(edit, user=ana)
        row.state, row.decided_by, row.decided_at = "open", None, None
        row.save()


def test_moving_while_the_article_is_read_again_loses_no_decision() -> None:
    text = article("Putin denies an attack is planned.", "Biden warns sanctions would rupture ties.")
    engines = [LineEngine("", ()), ContraryEngine("", ())]
    save_article(text, list(engines[0].read([text])[0].stances), make.run())
    target, ana = make.claim(), make.person("ana")

    def import_again() -> None:
        for number in range(10):
            with writing():
                stances = list(engines[(number + 1) % 2].read([text])[0].stances)
                assert read_again(text, stances, make.run()).reason == ""

    def move() -> int:
        done = 0
        while done == 0:
            stances = list(Stance.objects.filter(content_text__startswith="an attack").exclude(claim=target))
            if not stances:
                continue
            try:
                move_stances(stances[0].claim or target, stances, target, user=ana)
                done += 1
            except RefusedError:
                continue
        return done

    results = at_once(import_again, move)
    assert results == [None, 1]
    assert ClaimPlacement.objects.get().claim == target
    stance = Stance.objects.get(content_text__startswith="an attack")
    assert stance.claim == target
