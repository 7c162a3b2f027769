"""Saying whom a printed name means: where it is applied, and that it outlives every later reading."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from claims.actors.merging import merge
from claims.actors.resolutions import add_alias, create_actor, free_slug, resolutions_in, resolve, withdraw
from claims.extraction.types import ActorFact, ActorKind, ActorRef, ExtractedStance
from claims.ingest.rereading import read_again
from claims.ingest.store import save_article
from claims.models import Actor, Alias, Article, NameResolution, Stance
from claims.review import accept, reject, reopen
from tests import factories as make
from tests.actors.whole_store import whole_store
from tests.ingest.articles import article
from tests.ingest.engines import LineEngine

pytestmark = pytest.mark.django_db

TEXT = article(
    "Zakharova denies an attack is planned.",
    "Zakharova says Putin warns to Biden: sanctions would rupture ties.",
    "Biden warns to Zakharova: sanctions would follow.",
)


def read(*facts: ActorFact) -> list[ExtractedStance]:
    return list(LineEngine("", facts).read([TEXT])[0].stances)


@pytest.fixture
def zakharova() -> Actor:
    return make.actor(name="Maria Zakharova", kind="person")


@pytest.fixture
def stored() -> Article:
    save_article(TEXT, read(), make.run())
    return Article.objects.get()


def who() -> dict[str, list[str]]:
    """The actors of the stored article's stances, of its chains and of its addressees, in the order of the text."""
    stances = Stance.objects.order_by("content_start")
    return {
        "actors": [str(stance.actor) for stance in stances],
        "chains": [str(link.actor) for stance in stances for link in stance.chain.all()],
        "addressees": [str(each.actor) for stance in stances for each in stance.addressees.all()],
    }


RESOLVED = {
    "actors": ["Maria Zakharova", "None", "None"],
    "chains": ["Maria Zakharova"],
    "addressees": ["None", "Maria Zakharova"],
}


def test_it_is_applied_to_actors_chains_and_addressees_at_once(stored: Article, zakharova: Actor) -> None:
    resolved = resolve("Zakharova", zakharova, user=make.person("ana"))
    assert who() == RESOLVED
    assert (resolved.stances, resolved.sources, resolved.addressees, resolved.articles) == (1, 1, 1, 1)
    assert set(Stance.objects.values_list("version", flat=True)) == {2}


def test_the_office_comes_with_the_actor(stored: Article, zakharova: Actor) -> None:
    role = make.role(actor=zakharova, title="spokesperson", valid_from=dt.date(2015, 8, 10))
    resolve("Zakharova", zakharova, user=make.person("ana"))
    stance = Stance.objects.get(actor=zakharova)
    assert (stance.role, stance.office) == (role, "spokesperson")


@pytest.mark.parametrize("decide", [accept, reject])
def test_judged_stances_are_left_alone(stored: Article, zakharova: Actor, decide: Any) -> None:
    ana = make.person("ana")
    arguments = {"reason": "no stance"} if decide is reject else {}
    decide(Stance.objects.all(), user=ana, **arguments)
    before = whole_store()
    resolved = resolve("Zakharova", zakharova, user=ana)
    assert (resolved.stances, resolved.articles) == (0, 0)
    assert whole_store() == before


def test_reopened_stances_are_pending_again_and_take_part(stored: Article, zakharova: Actor) -> None:
    ana = make.person("ana")
    accept(Stance.objects.all(), user=ana)
    reopen(Stance.objects.all(), user=ana)
    assert resolve("Zakharova", zakharova, user=ana).stances == 1


def test_it_can_be_said_of_some_articles_only(stored: Article, zakharova: Actor) -> None:
    other = make.stance(actor=None, actor_as_printed="Zakharova")
    resolve("Zakharova", zakharova, user=make.person("ana"), articles=[other.article_id])
    assert list(Stance.objects.filter(actor=zakharova)) == [other]
    assert NameResolution.objects.get().article == other.article


@pytest.mark.parametrize("name", ["he", "They", "it "])
def test_nobody_says_it_of_a_pronoun(stored: Article, zakharova: Actor, name: str) -> None:
    with pytest.raises(ValidationError, match="somebody else in every sentence"):
        resolve(name, zakharova, user=make.person("ana"))


@pytest.mark.parametrize("name", ["rita", "stan"])
def test_readers_may_not(stored: Article, zakharova: Actor, name: str) -> None:
    with pytest.raises(PermissionDenied):
        resolve("Zakharova", zakharova, user=make.person(name))
    resolution = make.name_resolution()
    with pytest.raises(PermissionDenied):
        withdraw([resolution], user=make.person(name))
    assert who()["actors"] == ["None"] * 3


def test_it_takes_as_many_queries_for_many_stances_as_for_few(
    zakharova: Actor, django_assert_max_num_queries: Any
) -> None:
    ana = make.person("ana")
    ana.has_perm("claims.resolve_name")
    for number in range(30):
        text = f"{number}\n20220101\nhttps://example.org/\nMoscow denies planning to attack Ukraine\n"
        make.stance(article=make.article(text=text), actor=None, actor_as_printed="Zakharova")
    with django_assert_max_num_queries(16):
        assert resolve("Zakharova", zakharova, user=ana).stances == 30


OTHER = ActorFact("other", "Other", ActorKind.PERSON)
READINGS = {
    # the newer pipeline reads the same
    "the same": lambda: read(),
    # it is surer, by another rule: the rows are written anew
    "otherwise": lambda: [dataclasses.replace(each, confidence=0.99, rule="new") for each in read()],
    # it knows who that is, too
    "resolved": lambda: read(ActorFact("maria-zakharova", "Zakharova", ActorKind.PERSON)),
    # it takes the name for somebody else
    "wrongly": lambda: read(ActorFact("other", "Zakharova", ActorKind.PERSON)),
    # it can't choose
    "ambiguous": lambda: [
        dataclasses.replace(each, actor=dataclasses.replace(each.actor, candidates=("maria-zakharova", "other")))
        for each in read()
    ],
}


@pytest.mark.parametrize("reading", READINGS)
def test_it_survives_a_newer_reading(stored: Article, zakharova: Actor, reading: str) -> None:
    make.actor(name="Other", kind="person")
    resolve("Zakharova", zakharova, user=make.person("ana"))
    read_again(TEXT, READINGS[reading](), make.run())
    assert who() == RESOLVED


def test_a_reading_with_the_full_name_finds_it_too(stored: Article, zakharova: Actor) -> None:
    resolve("Zakharova", zakharova, user=make.person("ana"))
    fuller = [
        dataclasses.replace(each, actor=ActorRef("Madame Zakharova", "", each.actor.mention))
        if each.actor.name == "Zakharova"
        else each
        for each in read()
    ]
    read_again(TEXT, fuller, make.run())
    stance = Stance.objects.get(actor_as_printed="Madame Zakharova")
    assert stance.actor == zakharova


def test_a_corrected_text_of_the_article_inherits_it(stored: Article, zakharova: Actor) -> None:
    resolve("Zakharova", zakharova, user=make.person("ana"))
    newer = dataclasses.replace(TEXT, text=TEXT.text + "Correction follows.\n")
    save_article(newer, read(), make.run())
    assert Stance.objects.filter(actor=zakharova).count() == 2


def test_it_follows_a_merge(stored: Article, zakharova: Actor) -> None:
    resolve("Zakharova", zakharova, user=make.person("ana"))
    lasting = make.actor(name="M. V. Zakharova", kind="person")
    merge(zakharova, lasting, user=make.person("leo"))
    assert resolutions_in(stored) == {"Zakharova": lasting.pk}


def test_said_again_the_later_word_counts(stored: Article, zakharova: Actor) -> None:
    ana, other = make.person("ana"), make.actor(name="Olga Zakharova", kind="person")
    resolve("Zakharova", other, user=ana)
    withdraw(NameResolution.objects.all(), user=ana)
    resolve("Zakharova", zakharova, user=make.person("leo"))
    assert who() == RESOLVED
    assert [(row.actor, row.user.username) for row in NameResolution.objects.all()] == [(zakharova, "leo")]


def test_to_withdraw_it_leaves_the_name_open_in_pending_stances(stored: Article, zakharova: Actor) -> None:
    ana = make.person("ana")
    resolve("Zakharova", zakharova, user=ana)
    accept([Stance.objects.get(actor=zakharova)], user=ana)
    assert withdraw(NameResolution.objects.all(), user=ana) == 2
    assert who() == {"actors": ["Maria Zakharova", "None", "None"], "chains": ["None"], "addressees": ["None", "None"]}
    assert not NameResolution.objects.exists()


def test_a_name_can_be_kept_as_alias_and_is_then_shared_with_who_bears_it(zakharova: Actor) -> None:
    other = make.alias(actor=make.actor(name="Olga Zakharova"), text="zakharova", kind="name").actor
    assert add_alias(zakharova, "Zakharova", "short_name") == [other]
    alias = Alias.objects.get(actor=zakharova)
    assert (alias.text, alias.kind, alias.curated) == ("Zakharova", "short_name", True)
    assert add_alias(zakharova, "Zakharova", "short_name") == [other]
    assert Alias.objects.filter(actor=zakharova).count() == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Maria Zakharova", "maria-zakharova-2"),
        ("Émile Zola", "emile-zola"),
        # nothing that an address can hold
        ("习近平", "actor"),
    ],
)
def test_a_new_actor_gets_an_address_of_its_own(zakharova: Actor, name: str, slug: str) -> None:
    assert free_slug(name) == slug
    actor = create_actor(name, "person")
    assert (actor.slug, actor.kind, actor.curated) == (slug, "person", True)


def test_an_ambiguous_mention_stays_open_with_its_candidates() -> None:
    ref = dataclasses.replace(read()[0].actor, candidates=("maria-zakharova", "other"))
    save_article(TEXT, [dataclasses.replace(read()[0], actor=ref)], make.run())
    stance = Stance.objects.get()
    assert (stance.actor, stance.actor_as_printed) == (None, "Zakharova")
    assert stance.extracted["candidates"] == ["maria-zakharova", "other"]
