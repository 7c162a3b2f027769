"""Articles and stances into rows: whole, once, and only with evidence that is the article's own."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.db import DataError, IntegrityError, OperationalError, transaction

from claims.extraction.types import ActorRef, ExtractedStance, Quotation, Span
from claims.ingest import store
from claims.ingest.store import Outcome, persistently, save_article, writing
from claims.models import Actor, Article, ChainLink, Claim, Outlet, Role, Run, Stance
from tests.ingest.articles import article
from tests.ingest.engines import LineEngine

pytestmark = pytest.mark.django_db

ARTICLE = article(
    "Peskov says Putin warns to Biden: sanctions would rupture ties.",
    title="Putin warns Biden",
    url="https://www.reuters.com/a",
)


@pytest.fixture
def run() -> Run:
    return Run.objects.create(kind=Run.Kind.IMPORT)


def said(**values: Any) -> list[ExtractedStance]:
    (stance,) = LineEngine("", ()).read([ARTICLE])[0].stances
    return [dataclasses.replace(stance, **values)]


def test_an_article_is_stored_as_it_came(run: Run) -> None:
    save_article(ARTICLE, said(), run)
    row = Article.objects.get()
    assert (row.text, row.title, row.published_on) == (ARTICLE.text, "Putin warns Biden", dt.date(2021, 12, 30))
    assert (row.url, row.body_start, row.run) == (ARTICLE.url, ARTICLE.body_start, run)
    assert row.sha256 == Article.digest(ARTICLE.text)
    assert row.outlet == Outlet.objects.get(name="Reuters")


def test_a_stance_is_stored_with_all_that_was_said_of_it(run: Run) -> None:
    values = {
        "negated": True,
        "conditional": True,
        "future": True,
        "quotation": Quotation.MIXED,
        "said_on": dt.date(2021, 12, 29),
        "target": Span(ARTICLE.text.index("ties"), ARTICLE.text.index("ties") + 4),
        "target_actor": ActorRef("Russia", "russia"),
    }
    russia = Actor.objects.create(name="Russia", slug="russia")
    save_article(ARTICLE, said(**values), run)
    stance = Stance.objects.get()
    assert (stance.actor, stance.actor_as_printed, stance.mention_text, stance.cue_text) == (
        None,
        "Putin",
        "Putin",
        "warns",
    )
    assert (stance.content_text, stance.target_text, stance.target_actor) == (
        "sanctions would rupture ties",
        "ties",
        russia,
    )
    assert (stance.act, stance.side, stance.quotation, stance.said_on) == (
        "warns",
        "against",
        "mixed",
        dt.date(2021, 12, 29),
    )
    assert (stance.negated, stance.conditional, stance.future) == (True, True, True)
    assert (stance.state, stance.run, stance.confidence, stance.rule) == ("pending", run, 0.8, "line")
    assert stance.extracted["content"] == "sanctions would rupture ties"
    (link,) = stance.chain.all()
    assert (link.order, link.as_printed, link.act) == (0, "Peskov", "states")
    assert ARTICLE.text[link.cue_start : link.cue_end] == "says"
    (addressee,) = stance.addressees.all()
    assert (addressee.as_printed, addressee.actor) == ("Biden", None)


def test_what_is_not_known_stays_open(run: Run) -> None:
    bare = {"act": None, "side": None, "actor": ActorRef("a senior official")}
    save_article(ARTICLE, said(**bare), run)
    stance = Stance.objects.get()
    assert (stance.act, stance.side, stance.actor) == ("", "", None)
    assert (stance.actor_as_printed, stance.mention_start, stance.mention_text) == ("a senior official", None, "")


def test_an_actor_is_found_through_its_merges(run: Run) -> None:
    first, second, third = (Actor.objects.create(name=name, slug=name) for name in ("a", "b", "c"))
    Actor.objects.filter(pk=first.pk).update(merged_into=second)
    Actor.objects.filter(pk=second.pk).update(merged_into=third)
    mention = said()[0].actor.mention
    save_article(ARTICLE, said(actor=ActorRef("A", "a", mention)), run)
    assert Stance.objects.get().actor == third


def test_an_actor_that_is_gone_leaves_the_stance_open(run: Run) -> None:
    save_article(ARTICLE, said(actor=ActorRef("Nobody", "nobody")), run)
    stance = Stance.objects.get()
    assert (stance.actor, stance.actor_as_printed) == (None, "Nobody")


@pytest.mark.parametrize(
    ("roles", "office"),
    [
        ([], ""),
        ([("president", "2012-05-07", None)], "president"),
        # the first and the last day count
        ([("president", "2021-12-30", "2021-12-30")], "president"),
        # not yet, and no longer
        ([("president", "2021-12-31", None), ("mayor", "1990-01-01", "2021-12-29")], ""),
        # of several the latest begun; one of unknown beginning only where there is no other
        ([("president", "2012-05-07", None), ("chair", "2020-01-01", None), ("member", None, None)], "chair"),
        ([("member", None, None)], "member"),
    ],
)
def test_the_office_is_that_of_the_articles_day(
    run: Run, roles: list[tuple[str, str | None, str | None]], office: str
) -> None:
    putin = Actor.objects.create(name="Vladimir Putin", slug="vladimir-putin")
    for title, begun, ended in roles:
        Role.objects.create(actor=putin, title=title, valid_from=begun, valid_until=ended)
    save_article(ARTICLE, said(actor=ActorRef("Vladimir Putin", "vladimir-putin")), run)
    assert Stance.objects.get().office == office


def test_the_same_wording_is_the_same_claim_first_seen_in_the_earliest_article(run: Run) -> None:
    for date, body in (
        ("20211230", "Putin denies an attack is planned."),
        ("20211228", "Biden says An attack  is planned."),
        ("20211229", "Peskov says an attack is planned."),
    ):
        each = article(body, date=date)
        save_article(each, LineEngine("", ()).read([each])[0].stances, run)
    claim = Claim.objects.get()
    assert (claim.text, claim.first_seen, claim.stances.count()) == ("an attack is planned", dt.date(2021, 12, 28), 3)


def test_a_claim_that_a_person_dated_keeps_its_date(run: Run) -> None:
    key = Claim.key_for("sanctions would rupture ties")
    Claim.objects.create(text="Sanctions hurt", wording_key=key, first_seen=dt.date(2022, 1, 1), curated=True)
    save_article(ARTICLE, said(), run)
    claim = Stance.objects.get().claim
    assert claim is not None
    assert (claim.text, claim.first_seen) == ("Sanctions hurt", dt.date(2022, 1, 1))


def test_a_content_without_words_belongs_to_no_claim(run: Run) -> None:
    dash = article("Putin says - to nobody.")
    start = dash.text.index("- to")
    (stance,) = said(cue=Span(start - 5, start - 1), content=Span(start, start + 1), actor=ActorRef("Putin"))
    save_article(dash, [dataclasses.replace(stance, chain=(), addressees=())], run)
    assert Stance.objects.get().claim is None


def test_joint_actors_share_their_words_and_have_a_stance_each(run: Run) -> None:
    mention = said()[0].actor.mention
    both = [
        *said(actor=ActorRef("Xi Jinping", "xi", mention)),
        *said(actor=ActorRef("Vladimir Putin", "putin", mention)),
    ]
    save_article(ARTICLE, both, run)
    assert sorted(Stance.objects.values_list("actor_as_printed", flat=True)) == ["Vladimir Putin", "Xi Jinping"]


def test_of_the_same_stance_twice_the_surer_stays(run: Run) -> None:
    stored = save_article(ARTICLE, [*said(confidence=0.2), *said(confidence=0.9), *said(confidence=0.5)], run)
    assert [stance.confidence for stance in stored.stances] == [0.9]
    assert Stance.objects.get().confidence == 0.9


def test_long_names_are_cut_to_what_can_be_stored(run: Run) -> None:
    actor = ActorRef("a person " * 100)
    save_article(ARTICLE, said(actor=actor, addressees=(actor,), rule="r" * 200), run)
    stance = Stance.objects.get()
    assert (len(stance.actor_as_printed), len(stance.rule)) == (500, 100)


END = len(ARTICLE.text)


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"cue": Span(END - 1, END + 1)}, "has a cue outside the text"),
        ({"cue": Span(5, 5)}, "has a cue outside the text"),
        ({"content": Span(9, 3)}, "has a content outside the text"),
        ({"content": Span(-3, 4)}, "has a content outside the text"),
        ({"target": Span(END, END + 2)}, "has a target outside the text"),
        ({"actor": ActorRef("Putin", "", Span(END, END + 2))}, "has a mention outside the text"),
        ({"addressees": (ActorRef("x", "", Span(END, END + 2)),)}, "has a addressee outside the text"),
        ({"actor": ActorRef(" ")}, "names an actor without words"),
        ({"addressees": (ActorRef(""),)}, "names an actor without words"),
        ({"confidence": 1.5}, "has a confidence of 1.5"),
        ({"confidence": float("nan")}, "has a confidence of nan"),
    ],
)
def test_a_stance_without_evidence_fails_its_whole_article(run: Run, values: dict[str, Any], what: str) -> None:
    stored = save_article(ARTICLE, [*said(), *said(**values)], run)
    assert stored.outcome is Outcome.FAILED
    assert what in stored.reason
    assert not Article.objects.exists()
    assert not Claim.objects.exists()


@pytest.mark.parametrize("error", [IntegrityError, DataError])
def test_an_article_that_the_database_refuses_leaves_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse(*arguments: object) -> None:
        raise error("a rule\n  is broken")

    monkeypatch.setattr(ChainLink.objects, "bulk_create", refuse)
    stored = save_article(ARTICLE, said(), run)
    assert (stored.outcome, stored.reason) == (Outcome.FAILED, "the database refuses the article: a rule is broken")
    assert not Article.objects.exists()
    assert not Claim.objects.exists()


def test_an_article_that_another_import_stores_at_the_same_moment_is_unchanged(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_article(ARTICLE, said(), run)
    asked = store.stored_digests
    answers: list[Any] = [lambda digests: set()]
    monkeypatch.setattr(store, "stored_digests", lambda digests: (answers.pop() if answers else asked)(digests))
    assert save_article(ARTICLE, said(), run).outcome is Outcome.UNCHANGED
    assert (Article.objects.count(), Stance.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_busy_database_is_asked_again_and_a_broken_one_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.ingest.store.time.sleep", lambda seconds: None)
    tried = []

    def busy(times: int) -> str:
        tried.append(times)
        if len(tried) < times:
            raise OperationalError("database is locked")
        return "done"

    assert persistently(lambda: busy(3)) == "done"
    tried.clear()
    with pytest.raises(OperationalError, match="locked"):
        persistently(lambda: busy(4))
    assert len(tried) == 3


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_others_get_a_turn_between_two_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("claims.ingest.store.time.sleep", slept.append)
    with writing():
        assert slept == []
    assert slept == [store.PAUSE_SECONDS]
    with pytest.raises(IntegrityError):
        refuse()
    assert len(slept) == 1
    with transaction.atomic(), writing():
        pass
    assert len(slept) == 1


def refuse() -> None:
    with writing():
        raise IntegrityError
