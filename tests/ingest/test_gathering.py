"""The claims of an import: found in the store by their wordings, the same each time, and where people put them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.extraction.types import ActorRef, ArticleText, ExtractedStance, Span
from claims.gathering.gather import UNDER_KEY
from claims.ingest.rereading import read_again
from claims.ingest.store import save_article
from claims.models import Article, Claim, ClaimSuggestion, ClaimWording, ClaimWordingKey, Run, Stance
from tests import factories as make
from tests.ingest.articles import article

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> Run:
    for name, slug in (("Russia", "russia"), ("Ukraine", "ukraine"), ("United States", "united-states")):
        make.actor(name=name, slug=slug)
    return make.run()


def stance(text: ArticleText, content: str, actor: str, claim: str = "") -> ExtractedStance:
    start = text.text.index(content)
    cue = text.text.index("says")
    return ExtractedStance(
        line=5, actor=ActorRef(actor), cue=Span(cue, cue + 4), content=Span(start, start + len(content)), act=None,
        side=None, target=None, claim=claim or content,
    )  # fmt: skip


def save(contents: list[str], run: Run, *, date: str = "20220120", number: int = 0) -> ArticleText:
    """An article in which Russia says each of ``contents``."""
    text = article(f"Number {number}. Russia says " + "; ".join(contents) + ".", date=date)
    save_article(text, [stance(text, content, "Russia") for content in contents], run)
    return text


def claims() -> list[tuple[str, int]]:
    return [(claim.text, claim.stances.count()) for claim in Claim.objects.order_by("pk")]


PLAN = ["Russia plans to attack Ukraine", "Russia has no plans to invade Ukraine", "an attack on Ukraine by Russia"]


def test_wordings_of_one_claim_gather_across_articles(run: Run) -> None:
    for number, content in enumerate(PLAN):
        save([content], run, number=number)
    assert claims() == [(PLAN[0], 3)]
    assert [row.text for row in Claim.objects.get().wordings.order_by("pk")] == PLAN


def test_wordings_of_one_claim_gather_within_an_article(run: Run) -> None:
    save(PLAN, run)
    assert claims() == [(PLAN[0], 3)]


def test_other_claims_stay_apart(run: Run) -> None:
    save(["Russia plans to attack Ukraine", "Ukraine plans to attack Russia", "Russia will send gas to Ukraine"], run)
    assert [count for _, count in claims()] == [1, 1, 1]


def test_the_wording_of_extraction_names_the_claim_and_not_the_content(run: Run) -> None:
    text = article("Russia says planning to attack Ukraine is not so.")
    content = "planning to attack Ukraine"
    save_article(text, [stance(text, content, "Russia", "Russia plans to attack Ukraine")], run)
    assert claims() == [("Russia plans to attack Ukraine", 1)]
    assert Stance.objects.get().content_text == content


def test_words_that_say_little_are_a_claim_of_their_article(run: Run) -> None:
    texts = [save(["the move"], run, number=number) for number in range(2)]
    assert claims() == [("the move", 1), ("the move", 1)]
    read_again(texts[1], [stance(texts[1], "the move", "Russia")], make.run())
    assert claims() == [("the move", 1), ("the move", 1)]


def test_a_claim_is_first_seen_in_its_earliest_article(run: Run) -> None:
    save([PLAN[0]], run, date="20220120")
    save([PLAN[1]], run, date="20220110", number=1)
    assert Claim.objects.get().first_seen == dt.date(2022, 1, 10)


def rows() -> list[Any]:
    return [
        list(model.objects.order_by("pk").values_list()) for model in (Claim, ClaimWording, ClaimWordingKey, Stance)
    ]


def test_reading_again_gives_the_same_claims(run: Run) -> None:
    texts = [save([content], run, number=number) for number, content in enumerate(PLAN)]
    before = rows()
    for text, content in zip(texts, PLAN, strict=True):
        read_again(text, [stance(text, content, "Russia")], make.run())
    assert rows() == before


def test_a_renamed_claim_keeps_its_name_and_goes_on_gathering(run: Run) -> None:
    save([PLAN[0]], run)
    Claim.objects.update(text="Is there going to be war?", curated=True)
    save([PLAN[1]], run, number=1)
    assert claims() == [("Is there going to be war?", 2)]


def test_a_merged_claim_gathers_what_its_merge_then_follows(run: Run) -> None:
    save([PLAN[0]], run)
    merged = Claim.objects.get()
    lasting = make.claim(text="War is near")
    Claim.objects.filter(pk=merged.pk).update(merged_into=lasting)
    save([PLAN[1]], run, number=1)
    assert merged.stances.count() == 2


def test_a_placement_by_a_person_outlives_a_run_that_gathers_otherwise(run: Run) -> None:
    text = save([PLAN[0]], run)
    chosen = make.claim(text="Something else")
    make.claim_placement(stance=Stance.objects.get(), claim=chosen)
    read_again(text, [stance(text, PLAN[0], "Russia", PLAN[1])], make.run())
    assert Stance.objects.get().claim == chosen


def test_a_claim_that_a_person_wrote_takes_its_wording_and_what_is_like_it(run: Run) -> None:
    written = make.claim(text=PLAN[0])
    save([PLAN[0]], run)
    save([PLAN[1]], run, number=1)
    assert Claim.objects.get() == written
    assert written.wordings.count() == 2


def test_what_is_not_sure_is_suggested_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.ingest.gathering.SURE", 0.99)
    one = "the United States will impose sanctions on Russia"
    other = "new sanctions against airlines that fly to Russia"
    texts = [save([content], run, number=number) for number, content in enumerate((one, other))]
    first, second = Claim.objects.order_by("pk")
    suggestion = ClaimSuggestion.objects.get()
    assert (suggestion.first, suggestion.second, suggestion.run) == (first, second, run)
    assert 0 < (suggestion.score or 0) < 1
    read_again(texts[1], [stance(texts[1], other, "Russia")], make.run())
    assert ClaimSuggestion.objects.count() == 1


def test_an_article_costs_as_many_queries_in_a_full_store_as_in_a_small_one(run: Run) -> None:
    def queries(number: int) -> int:
        contents = [f"Russia plans to attack Ukraine on day{number}", f"gas flows to Ukraine{number}"]
        with CaptureQueriesContext(connection) as queried:
            save(contents, run, number=number)
        return len(queried)

    few = queries(0)
    for number in range(1, 2 * UNDER_KEY):
        save([f"Russia plans to attack Ukraine on morning{number}"], run, number=number)
    assert queries(2 * UNDER_KEY) <= few + 2


def test_an_article_that_goes_takes_its_wordings_along(run: Run) -> None:
    save([PLAN[0]], run)
    Stance.objects.all().delete()
    Article.objects.get().delete()
    assert not ClaimWording.objects.exists()
    assert not ClaimWordingKey.objects.exists()
