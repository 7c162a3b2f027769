"""What a person decided outlives a re-import by a newer pipeline: a table of decisions, each with what it is about.

Every row of the table is tried in the same way. The articles are imported, the person decides, a later version that
reads everything otherwise imports them again and puts claims into topics, and what was decided is as it was. For the
fields of a stance a second test holds that without the decision they would have changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from claims.actors.distinctions import tell_apart
from claims.actors.merging import merge as merge_actors
from claims.actors.merging import undo as undo_actor_merge
from claims.actors.resolutions import resolve
from claims.decisions import kept_apart
from claims.models import (
    Actor,
    ActorDistinction,
    ActorMerge,
    Alias,
    Article,
    Claim,
    ClaimEdit,
    ClaimPlacement,
    ClaimSuggestion,
    ClaimTopic,
    ClaimTopicRemoval,
    Judgement,
    NameResolution,
    Outlet,
    PositionChange,
    Proposal,
    Role,
    Stance,
    Topic,
)
from claims.review import (
    accept,
    add,
    correct,
    dismiss_change,
    dismiss_suggestion,
    merge_claim,
    move_stances,
    reject,
    rename_claim,
    reopen,
    split_claim,
    undo,
    undo_edit,
)
from claims.review.changes import columns
from claims.review.correct import FIELDS, SPANS
from claims.selectors import canonical
from claims.topics import by_hand
from tests import factories as make
from tests.admin.forms import address, fields_of
from tests.ingest.articles import text

pytestmark = pytest.mark.django_db

#: What a decision is about, as it is in the store now.
Now = Callable[[], Any]
Decide = Callable[[], Now]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(
        text(
            "Biden says Putin denies to Merkel: an attack is planned on Ukraine.",
            "Biden warns sanctions would rupture ties.",
            "Nebenzya says the talks go on.",
        )
    )
    (tmp_path / "b.txt").write_text(
        text("Biden says an attack is planned on Ukraine.", title="Another", url="https://example.org/b")
    )
    return tmp_path


@pytest.fixture(autouse=True)
def _stored(folder: Path, settings: Settings) -> None:
    for name in ("Putin", "Biden", "Xi"):
        make.actor(name=name, kind="person")
    make.topic(name="War", patterns=["attack"])
    make.topic(name="Trade", patterns=["tariff"])
    read(folder, "LineEngine", settings)
    assert set(stances()) == {"denies", "warns", "talks", "says"}


def read(folder: Path, engine: str, settings: Settings) -> None:
    settings.STANCE_ENGINE = f"tests.ingest.engines.{engine}"
    call_command("import_articles", str(folder), "--processes=0", "--again", verbosity=0)
    call_command("assign_topics", verbosity=0)


def stances() -> dict[str, Stance]:
    """The stances by a word for each."""
    names = {"denies": "denies", "warns": "warns"}
    found = {}
    for stance in Stance.objects.order_by("pk"):
        content = "talks" if "talks" in stance.content_text else "says"
        found[names.get(stance.cue_text, content)] = stance
    return found


def as_they_are(*rows: Model) -> Now:
    """The columns of ``rows``, and of a stance also its sources and addressees; gone if a row is."""
    keys = [(type(row), row.pk) for row in rows]

    def found() -> Any:
        return [_whole(row) if (row := model._default_manager.filter(pk=pk).first()) else "gone" for model, pk in keys]

    return found


def _whole(row: Model) -> Any:
    parts = [*row.chain.all(), *row.addressees.all()] if isinstance(row, Stance) else []
    return columns(row), [columns(part) for part in parts]


def number_of(model: type[Model], **values: Any) -> Now:
    return lambda: model._default_manager.filter(**values).count()


def both(*parts: Now) -> Now:
    return lambda: [part() for part in parts]


def claim_of(start: int, article: str) -> Now:
    """The lasting claim of the passage that starts there, however it is read."""

    def found() -> Any:
        stance = Stance.objects.get(article__title=article, content_start=start)
        return canonical(stance.claim).pk if stance.claim else None

    return found


def place_of(stance: Stance) -> Now:
    return claim_of(stance.content_start, stance.article.title)


def are_one(one: Claim, other: Claim) -> Now:
    return lambda: canonical(Claim.objects.get(pk=one.pk)) == canonical(Claim.objects.get(pk=other.pk))


def ana() -> Any:
    return make.person("ana")


def saved(row: Any, **values: Any) -> Any:
    """``row`` after somebody has saved ``values`` in its form."""
    client = Client()
    client.force_login(make.person("leo"))
    form = fields_of(client.get(address(row)))
    answer = client.post(address(row), {**form, **values})
    assert answer.status_code == 302, answer.content
    return row


# Stances: each field that people may correct --------------------------------------------------------------------------

CORRECTED: dict[str, Callable[[], Any]] = {
    "actor": lambda: Actor.objects.get(slug="biden"),
    "actor_as_printed": lambda: "the president",
    "role": lambda: make.role(actor=Actor.objects.get(slug="putin")),
    "office": lambda: "president",
    "claim": lambda: make.claim(),
    "act": lambda: "warns",
    "side": lambda: "for",
    "plover": lambda: "consult",
    "target_actor": lambda: Actor.objects.get(slug="biden"),
    "negated": lambda: True,
    "conditional": lambda: True,
    "future": lambda: True,
    "quotation": lambda: "mixed",
    "said_on": lambda: dt.date(2021, 12, 24),
    "mention": lambda: None,
    "cue": lambda: (stances()["denies"].cue_start, stances()["denies"].cue_end + 3),
    "content": lambda: (stances()["denies"].content_start, stances()["denies"].content_end - 4),
    "target": lambda: (stances()["denies"].content_start, stances()["denies"].content_end),
}


def test_the_table_has_every_field_of_a_stance_that_people_correct() -> None:
    assert set(CORRECTED) == {*FIELDS, *SPANS}


@pytest.mark.parametrize("name", CORRECTED)
def test_a_corrected_field_stays(name: str, folder: Path, settings: Settings) -> None:
    stance = stances()["denies"]
    assert correct(stance, {name: CORRECTED[name]()}, user=ana())
    about = as_they_are(stance)
    decided = about()
    read(folder, "ContraryEngine", settings)
    assert about() == decided
    assert Proposal.objects.filter(stance=stance, kind="change").exists()


@pytest.mark.parametrize("name", [*(set(CORRECTED) - {"office", "role"}), "chain", "addressees"])
def test_a_field_that_nobody_judged_is_read_anew(name: str, folder: Path, settings: Settings) -> None:
    place = stances()["denies"].cue_start

    def value() -> Any:
        stance = Stance.objects.get(cue_start=place)
        if name in ("chain", "addressees"):
            return [columns(part) for part in getattr(stance, name).all()]
        if name in SPANS:
            return getattr(stance, f"{name}_start"), getattr(stance, f"{name}_end")
        return getattr(stance, name)

    before = value()
    read(folder, "ContraryEngine", settings)
    assert value() != before


# Everything else ------------------------------------------------------------------------------------------------------


def accepted() -> Now:
    accept([stances()["denies"]], user=ana())
    return both(as_they_are(stances()["denies"]), number_of(Judgement))


def rejected() -> Now:
    """A rejected stance does not come back, however it is read."""
    reject([stances()["denies"]], user=ana(), reason="no stance")
    return both(as_they_are(stances()["denies"]), number_of(Stance), number_of(Proposal, stance__cue_text="denies"))


def added() -> Now:
    """A stance that only a person saw."""
    article = stances()["denies"].article
    start = article.text.index("is planned")
    values = {"actor_as_printed": "Merkel", "cue": (start, start + 2), "content": (start, start + 10), "act": "doubts"}
    return as_they_are(add(article, values, user=ana()))


def taken_back() -> Now:
    """A decision that its own judge took back stays with people all the same."""
    stance = stances()["denies"]
    correct(stance, {"act": "warns"}, user=ana())
    undo(Judgement.objects.get(), user=ana())
    return both(as_they_are(stance), number_of(Judgement))


def reopened() -> Now:
    stance = stances()["denies"]
    accept([stance], user=ana())
    reopen([stance], user=ana())
    return as_they_are(stance)


def proposal(state: str) -> Decide:
    def decide() -> Now:
        stance = stances()["warns"]
        accept([stance], user=ana())
        row = make.proposal(
            article=stance.article,
            stance=stance,
            kind="change",
            state=state,
            decided_by=ana(),
            decided_at=timezone.now(),
        )
        return as_they_are(row)

    return decide


def renamed() -> Now:
    claim = stances()["denies"].claim
    assert claim
    rename_claim(claim, "Russia plans an attack", user=ana())
    return as_they_are(claim)


def dated() -> Now:
    """The day on which a claim was first seen, later than any article."""
    claim = stances()["denies"].claim
    return as_they_are(saved(claim, first_seen="2022-05-05"))


def merged() -> Now:
    one, other = stances()["denies"].claim, stances()["warns"].claim
    assert one
    assert other
    merge_claim(one, other, user=ana())
    return both(as_they_are(one, other), are_one(one, other))


def merge_undone() -> Now:
    one, other = stances()["denies"].claim, stances()["warns"].claim
    assert one
    assert other
    undo_edit(merge_claim(one, other, user=ana()), user=ana())
    return both(as_they_are(one, other), are_one(one, other))


def split() -> Now:
    stance = stances()["denies"]
    assert stance.claim
    split_claim(stance.claim, [stance], "An attack is denied", user=ana())
    new = Claim.objects.get(text="An attack is denied")
    return both(as_they_are(new), place_of(stance), lambda: kept_apart([new.pk]), number_of(ClaimPlacement))


def moved() -> Now:
    stance = stances()["denies"]
    assert stance.claim
    move_stances(stance.claim, [stance], make.claim(), user=ana())
    return both(place_of(stance), number_of(ClaimPlacement), number_of(ClaimEdit))


def moved_by_a_merge() -> Now:
    """A stance that was moved to a claim which was merged then."""
    stance = stances()["denies"]
    assert stance.claim
    middle, last = make.claim(), make.claim(text="Russia attacks")
    move_stances(stance.claim, [stance], middle, user=ana())
    merge_claim(Claim.objects.get(pk=middle.pk), last, user=ana())
    return place_of(stance)


def told_apart() -> Now:
    one, other = stances()["denies"].claim, stances()["warns"].claim
    assert one
    assert other
    first, second = sorted((one, other), key=lambda claim: claim.pk)
    row = make.claim_suggestion(first=first, second=second)
    dismiss_suggestion(row, user=ana())
    return both(as_they_are(row), lambda: kept_apart([one.pk]))


def change() -> PositionChange:
    two = stances()
    return make.position_change(claim=two["denies"].claim, earlier=two["denies"], later=two["says"])


def change_dismissed() -> Now:
    row = change()
    dismiss_change([row.pk], user=ana(), reason="the second is a quotation of the first")
    return lambda: list(PositionChange.objects.values("pk", "claim", "dismissed_by", "dismissed_at", "reason"))


def put_into_topic() -> Now:
    claim = stances()["warns"].claim
    assert claim
    by_hand.put_in(ClaimTopic(claim=claim, topic=Topic.objects.get(name="Trade")))
    return lambda: list(claim.claim_topics.filter(by_person=True).values("topic__name", "by_person"))


def taken_out_of_topic() -> Now:
    row = ClaimTopic.objects.get(topic__name="War", claim=stances()["says"].claim)
    by_hand.take_out(row, ana())
    return both(number_of(ClaimTopicRemoval), number_of(ClaimTopic, claim=row.claim, topic=row.topic))


def topic_edited() -> Now:
    topic = Topic.objects.get(name="War")
    return as_they_are(saved(topic, name="War and peace", patterns="war", description="What else?"))


def actor_edited() -> Now:
    values = {
        "name": "Vladimir Putin",
        "description": "of Russia",
        "wikidata_id": "Q7747",
        "pronoun": "he",
        "kind": "group",
    }
    return as_they_are(saved(Actor.objects.get(slug="putin"), **values))


def actors_merged() -> Now:
    one, other = Actor.objects.get(slug="xi"), Actor.objects.get(slug="putin")
    merge_actors(one, other, user=make.person("leo"))
    return both(as_they_are(one, other), number_of(ActorMerge, undone_at=None))


def actor_merge_undone() -> Now:
    one, other = Actor.objects.get(slug="xi"), Actor.objects.get(slug="putin")
    undo_actor_merge(merge_actors(one, other, user=make.person("leo")), user=make.person("leo"))
    return both(as_they_are(one, other), number_of(ActorMerge, undone_at=None))


def actors_told_apart() -> Now:
    tell_apart(Actor.objects.get(slug="xi"), Actor.objects.get(slug="putin"), user=make.person("leo"))
    return as_they_are(ActorDistinction.objects.get())


def name_resolved() -> Now:
    """Who Nebenzya is, in a stance that nobody has judged."""
    start = stances()["talks"].content_start
    resolve("Nebenzya", Actor.objects.get(slug="putin"), user=ana())
    return both(as_they_are(NameResolution.objects.get()), lambda: Stance.objects.get(content_start=start).actor_id)


def alias_added() -> Now:
    return as_they_are(make.alias(actor=Actor.objects.get(slug="putin"), text="the president", curated=True))


def alias_edited() -> Now:
    alias = make.alias(actor=Actor.objects.get(slug="putin"), text="VVP")
    return as_they_are(
        saved(alias, text="V.V.P.", kind="abbreviation", valid_from="2000-01-01", valid_until="2030-01-01")
    )


def alias_deleted() -> Now:
    make.alias(actor=Actor.objects.get(slug="putin"), text="VVP").delete()
    return number_of(Alias)


def role_edited() -> Now:
    role = make.role(actor=Actor.objects.get(slug="putin"))
    return as_they_are(saved(role, title="prime minister", valid_from="2008-05-08", valid_until="2012-05-07"))


def role_deleted() -> Now:
    make.role(actor=Actor.objects.get(slug="putin")).delete()
    return number_of(Role)


def outlet_named() -> Now:
    return as_they_are(saved(Outlet.objects.get(), name="The Example"))


DECISIONS: list[Decide] = [
    accepted,
    rejected,
    added,
    taken_back,
    reopened,
    proposal("dismissed"),
    proposal("applied"),
    renamed,
    dated,
    merged,
    merge_undone,
    split,
    moved,
    moved_by_a_merge,
    told_apart,
    change_dismissed,
    put_into_topic,
    taken_out_of_topic,
    topic_edited,
    actor_edited,
    actors_merged,
    actor_merge_undone,
    actors_told_apart,
    name_resolved,
    alias_added,
    alias_edited,
    alias_deleted,
    role_edited,
    role_deleted,
    outlet_named,
]


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_decision_stays(decide: Decide, folder: Path, settings: Settings) -> None:
    about = decide()
    decided = about()
    read(folder, "ContraryEngine", settings)
    assert about() == decided
    # And it stays when a version comes that reads as the first one did.
    read(folder, "LineEngine", settings)
    assert about() == decided
    assert Article.objects.count() == 2


def test_a_new_article_says_what_was_split_off_under_the_new_claim(folder: Path, settings: Settings) -> None:
    split()
    line = "Biden says Putin denies to Merkel: an attack is planned on Ukraine."
    (folder / "c.txt").write_text(text(line, title="A third", url="https://example.org/c"))
    read(folder, "LineEngine", settings)
    stance = Stance.objects.get(article__title="A third")
    assert stance.claim
    # "an attack is planned on Ukraine" is also what Biden says in another article, which was not split off.
    assert stance.claim.text == "an attack is planned on Ukraine"
    move_stances(stance.claim, [stances()["says"], stance], Claim.objects.get(text="An attack is denied"), user=ana())
    (folder / "d.txt").write_text(text(line, title="A fourth", url="https://example.org/d"))
    read(folder, "LineEngine", settings)
    last = Stance.objects.get(article__title="A fourth").claim
    assert last
    assert last.text == "An attack is denied"


def test_a_suggestion_that_was_dismissed_is_not_made_again(folder: Path, settings: Settings) -> None:
    told_apart()
    before = set(ClaimSuggestion.objects.filter(state="dismissed").values_list("first", "second"))
    read(folder, "ContraryEngine", settings)
    assert set(ClaimSuggestion.objects.filter(state="open").values_list("first", "second")) & before == set()
