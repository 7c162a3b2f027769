"""What no row may be, whoever writes it: each case is refused by the database itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DataError, IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from claims.models import Actor, Claim, ClaimTopic, LoadedFact, Outlet, Stance, limits
from tests import factories as make

pytestmark = pytest.mark.django_db

TOMORROW = dt.date(2022, 1, 2)
YESTERDAY = dt.date(2021, 12, 31)


def refused(write: Callable[[], object], why: str) -> None:
    """``write`` fails, and the message names the rule ``why``."""
    with pytest.raises((IntegrityError, DataError), match=why), transaction.atomic():
        write()


ENUMS = [
    (make.actor, "kind", "actor_kind_known"),
    (make.actor, "pronoun", "actor_pronoun_known"),
    (make.alias, "kind", "alias_kind_known"),
    (make.stance, "act", "stance_act_known"),
    (make.stance, "side", "stance_side_known"),
    (make.stance, "plover", "stance_plover_known"),
    (make.stance, "quotation", "stance_quotation_known"),
    (make.stance, "state", "stance_state_known"),
    (make.chain_link, "act", "chainlink_act_known"),
    (make.judgement, "decision", "judgement_decision_known"),
    (make.proposal, "kind", "proposal_kind_known"),
    (make.proposal, "state", "proposal_state_known"),
    (make.run, "kind", "run_kind_known"),
    (make.run, "state", "run_state_known"),
]


@pytest.mark.parametrize(("factory", "field", "rule"), ENUMS)
def test_it_refuses_a_code_that_is_on_no_list(factory: Any, field: str, rule: str) -> None:
    # The order in which a database tries its rules is its own: a made-up state may break a second rule first.
    refused(lambda: factory(**{field: "sideways"}), f"{rule}|run_ended|proposal_")


@pytest.mark.parametrize("field", ["act", "side", "quotation"])
def test_it_keeps_not_known_as_a_value_of_its_own(field: str) -> None:
    assert getattr(make.stance(**{field: ""}), field) == ""


SPANS = [
    # words that are not there, at offsets that are
    {"cue_text": "denied"},
    {"content_text": "planning to attack Ukrainx"},
    {"mention_text": "Mosxow"},
    {"target_text": "Xkraine"},
    # the right words at the wrong place
    {"cue_start": 3, "cue_end": 9},
    # offsets that are no stretch of text
    {"cue_start": 40, "cue_end": 30},
    {"cue_start": 40, "cue_end": 40, "cue_text": ""},
    {"content_end": 10_000},
    # half a span
    {"mention_start": None},
    {"mention_end": None},
    {"mention_text": ""},
    {"target_start": None, "target_end": None},
    # longer words than the offsets hold
    {"cue_text": "denies planning"},
]


@pytest.mark.parametrize("wrong", SPANS)
def test_it_refuses_evidence_that_is_not_the_text_of_the_article(wrong: dict[str, Any]) -> None:
    refused(lambda: make.stance(**wrong), "not the text of the article|_span|NOT NULL|not-null")
    assert not Stance.objects.exists()


@pytest.mark.parametrize("wrong", SPANS)
def test_it_refuses_to_change_evidence_into_something_else(wrong: dict[str, Any]) -> None:
    stance = make.stance()
    refused(
        lambda: Stance.objects.filter(pk=stance.pk).update(**wrong),
        "not the text of the article|_span|NOT NULL|not-null",
    )


def test_it_refuses_to_move_a_stance_to_an_article_with_other_words() -> None:
    stance, other = make.stance(), make.article(text="Other\n20220101\nhttps://example.org/b\nOther.\n")
    refused(lambda: Stance.objects.filter(pk=stance.pk).update(article=other), "not the text of the article")


def test_it_counts_characters_and_not_bytes() -> None:
    article = make.article(text="Title\n20220101\nhttps://example.org/a\n🎉 «Élysée» dit: « non » – voilà.\n")
    stance = make.stance(article=article, mention="«Élysée»", cue="dit", content="« non » – voilà", target="")
    stance.refresh_from_db()
    assert article.text[stance.content_start : stance.content_end] == stance.content_text == "« non » – voilà"


def test_it_allows_a_stance_without_mention_and_target() -> None:
    stance = make.stance(mention="", target="")
    assert (stance.mention_start, stance.mention_text, stance.target_end) == (None, "", None)


@pytest.mark.parametrize("confidence", [-0.01, 1.01, float("inf"), float("nan")])
def test_it_refuses_a_confidence_that_is_no_share(confidence: float) -> None:
    refused(lambda: make.stance(confidence=confidence), "confidence")


def test_it_refuses_the_same_stance_twice() -> None:
    make.stance()
    refused(make.stance, "stance_natural_key|UNIQUE")
    make.stance(actor_as_printed="the Kremlin")  # another actor of the same words is another stance


@pytest.mark.parametrize("field", ["text", "sha256"])
def test_the_text_of_an_article_never_changes(field: str) -> None:
    article = make.article()
    setattr(article, field, getattr(article, field)[::-1])
    refused(article.save, "never changes")


def test_other_fields_of_an_article_can_be_mended() -> None:
    article = make.article()
    article.title = "Another title"
    article.save()


ARTICLES = [
    ({"text": "Title\x00\n20220101\nhttps://example.org\nBody\n"}, "NUL"),
    ({"url": "javascript:alert(1)"}, "article_url_is_web"),
    ({"url": "ftp://example.org/a"}, "article_url_is_web"),
    ({"url": " https://example.org/a"}, "article_url_is_web"),
    ({"sha256": "abc"}, "article_sha256_length"),
    ({"body_start": len(make.ARTICLE) + 1}, "article_body_start_in_text"),
    ({"title": ""}, "article_title_filled"),
    ({"text": ""}, "_filled|article_body_start_in_text"),
    ({"published_on": None}, "published_on"),
]


@pytest.mark.parametrize(("wrong", "why"), ARTICLES)
def test_it_refuses_articles_that_are_none(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises((IntegrityError, DataError, ValueError), match=why), transaction.atomic():
        make.article(**wrong)


def test_it_refuses_the_same_text_twice() -> None:
    article = make.article()
    article.pk = None
    refused(lambda: article.save(force_insert=True), "sha256")


def test_an_article_does_not_supersede_itself() -> None:
    article = make.article()
    article.supersedes = article
    refused(article.save, "article_supersedes_not_itself")


LINKS = [{"cue_start": 5, "cue_end": 4}, {"mention_start": 5}, {"mention_start": 0, "mention_end": 10_000}]


@pytest.mark.parametrize("factory", [make.chain_link, make.addressee])
@pytest.mark.parametrize("wrong", LINKS)
def test_sources_and_addressees_lie_in_the_article(factory: Any, wrong: dict[str, int]) -> None:
    if factory is make.addressee:
        wrong = {name.replace("cue", "mention"): value for name, value in wrong.items()}
    refused(lambda: factory(**wrong), "_span|beyond the article")
    link = factory(mention_start=0, mention_end=7)
    refused(lambda: type(link).objects.update(mention_end=10_000), "beyond the article")


@pytest.mark.parametrize("factory", [make.chain_link, make.addressee])
def test_each_place_in_a_chain_is_taken_once(factory: Any) -> None:
    first = factory()
    refused(lambda: factory(stance=first.stance), "one_a_place|UNIQUE")


def test_judgements_are_only_ever_added() -> None:
    judgement = make.judgement()
    judgement.note = "changed my mind"
    refused(judgement.save, "only ever added")
    refused(judgement.delete, "only ever added")
    make.judgement(stance=judgement.stance, decision="rejected")


@pytest.mark.parametrize("factory", [make.alias, make.role])
def test_a_period_does_not_end_before_it_begins(factory: Any) -> None:
    refused(lambda: factory(valid_from=TOMORROW, valid_until=YESTERDAY), "_period")
    for span in ((YESTERDAY, TOMORROW), (YESTERDAY, YESTERDAY), (None, TOMORROW), (TOMORROW, None), (None, None)):
        row = factory(valid_from=span[0], valid_until=span[1])
        row.delete()


def test_an_actor_has_a_name_of_one_kind_once() -> None:
    alias = make.alias()
    refused(lambda: make.alias(actor=alias.actor), "alias_once_an_actor_and_kind|UNIQUE")
    make.alias(actor=alias.actor, kind="name")
    make.alias(actor__name="Idaho")  # two actors may share a name


@pytest.mark.parametrize("unknown", [{}, {"organisation": None}, {"valid_from": None}])
def test_a_role_is_held_once_where_parts_of_it_are_unknown_too(unknown: dict[str, None]) -> None:
    make.role(**unknown)
    refused(lambda: make.role(**unknown), "role_once")


def test_nobody_holds_an_office_in_itself() -> None:
    russia = make.actor()
    refused(lambda: make.role(actor=russia, organisation=russia), "role_organisation_not_actor")


@pytest.mark.parametrize("field", ["merged_into", "part_of"])
def test_an_actor_does_not_point_to_itself(field: str) -> None:
    actor = make.actor()
    setattr(actor, field, actor)
    refused(actor.save, f"actor_{field}_not_itself")


def test_a_claim_is_not_merged_into_itself() -> None:
    claim = make.claim()
    refused(lambda: Claim.objects.update(merged_into=claim), "claim_merged_into_not_itself")


def test_two_actors_share_a_wikidata_id_only_once_merged() -> None:
    russia = make.actor(wikidata_id="Q159")
    refused(lambda: make.actor(name="Russian Federation", wikidata_id="Q159"), "actor_wikidata_id_once|UNIQUE")
    make.actor(name="Russian Federation", wikidata_id="Q159", merged_into=russia)
    refused(lambda: make.actor(name="Elsewhere", wikidata_id="159"), "actor_wikidata_id_form")


def test_a_merge_is_of_two_actors_and_stands_once() -> None:
    source, target, user = make.actor(name="A"), make.actor(name="B"), make.person("leo")
    merges = source.merges_out
    refused(lambda: merges.create(target=source, user=user), "actormerge_of_two")
    merge = merges.create(target=target, user=user)
    refused(lambda: merges.create(target=target, user=user), "actormerge_one_standing|UNIQUE")
    refused(lambda: merges.update(undone_at=merge.at - dt.timedelta(days=1)), "actormerge_undone_after")
    merges.update(undone_at=timezone.now())
    merges.create(target=target, user=user)


def test_a_claim_belongs_to_a_topic_once() -> None:
    claim, topic = make.claim(), make.topic()
    claim.topics.add(topic)
    refused(lambda: ClaimTopic.objects.create(claim=claim, topic=topic), "claimtopic_once|UNIQUE")


def test_one_wording_is_one_claim() -> None:
    claim = make.claim()
    refused(lambda: Claim.objects.create(text="Other", wording_key=claim.wording_key), "wording_key")


def test_an_outlet_is_found_by_its_host_name() -> None:
    make.outlet()
    refused(lambda: Outlet.objects.create(name="Another", domain="example.org"), "domain")
    refused(lambda: Outlet.objects.create(name="Another", domain="example.org/news"), "outlet_domain_is_host")


RUNS = [
    {"state": "finished"},
    {"state": "failed"},
    {"state": "running", "ended": timezone.now() + dt.timedelta(hours=1)},
    {"state": "finished", "ended": dt.datetime(2001, 1, 1, tzinfo=dt.UTC)},
]


@pytest.mark.parametrize("wrong", RUNS)
def test_a_run_has_an_end_exactly_when_it_is_over(wrong: dict[str, Any]) -> None:
    refused(lambda: make.run(**wrong), "run_ended_unless_running")


def test_a_proposal_names_what_it_is_about_and_who_decided() -> None:
    stance, user = make.stance(), make.person("ana")
    refused(lambda: make.proposal(kind="drop"), "proposal_names_its_stance")
    refused(lambda: make.proposal(kind="add", stance=stance), "proposal_names_its_stance")
    refused(lambda: make.proposal(state="applied"), "proposal_decided_by_somebody")
    refused(lambda: make.proposal(decided_by=user), "proposal_decided_by_somebody")
    make.proposal(kind="drop", stance=stance, state="dismissed", decided_by=user, decided_at=timezone.now())


def test_a_fact_is_marked_as_loaded_once() -> None:
    LoadedFact.objects.create(kind="actor", key="russia")
    refused(lambda: LoadedFact.objects.create(kind="actor", key="russia"), "loadedfact_once|UNIQUE")
    LoadedFact.objects.create(kind="topic", key="russia")


TEXTS = [
    (make.actor, "name", limits.NAME),
    (make.actor, "description", limits.DESCRIPTION),
    (make.alias, "text", limits.NAME),
    (make.article, "title", limits.TITLE),
    (make.claim, "text", limits.CLAIM_TEXT),
    (make.stance, "actor_as_printed", limits.PRINTED),
    (make.stance, "office", limits.NAME),
    (make.judgement, "note", limits.NOTE),
    (make.run_failure, "details", limits.DETAILS),
]


@pytest.mark.parametrize(("factory", "field", "limit"), TEXTS)
def test_a_text_may_be_as_long_as_its_limit_and_no_longer(factory: Any, field: str, limit: int) -> None:
    extra = {"slug": "x"} if factory is make.actor else {}
    refused(lambda: factory(**{field: "é" * (limit + 1)}, **extra), f"{field}_length|too long")
    assert len(getattr(factory(**{field: "é" * limit}, **extra), field)) == limit


def _protected() -> list[tuple[str, Callable[[], models.Model | None]]]:
    return [
        ("an article with stances", lambda: make.stance().article),
        ("an actor with stances", lambda: make.stance().actor),
        ("a claim with stances", lambda: make.stance().claim),
        (
            "an actor that is a target",
            lambda: make.stance(target_actor=make.actor(name="Ukraine")).target_actor,
        ),
        ("an actor in a chain", lambda: make.chain_link().actor),
        ("an addressee", lambda: make.addressee().actor),
        ("a stance with judgements", lambda: make.judgement().stance),
        ("a person who judged", lambda: make.judgement().user),
        ("an outlet with articles", lambda: make.article().outlet),
        ("a run with articles", lambda: make.article(run=make.run()).run),
        (
            "an actor that others were merged into",
            lambda: make.actor(name="B", merged_into=make.actor()).merged_into,
        ),
        ("an organisation with office-holders", lambda: make.role().organisation),
    ]


@pytest.mark.parametrize("row", [pytest.param(row, id=what) for what, row in _protected()])
def test_it_refuses_to_delete_what_others_stand_on(row: Callable[[], models.Model | None]) -> None:
    kept = row()
    assert kept is not None
    with pytest.raises(ProtectedError):
        kept.delete()


def test_deleting_a_pending_stance_takes_its_chain_and_addressees_along() -> None:
    link = make.chain_link()
    make.addressee(stance=link.stance)
    link.stance.delete()
    assert not type(link).objects.exists()
    assert Actor.objects.filter(name="Kremlin").exists()
