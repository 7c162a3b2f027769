# factory_boy says that it is typed, and its declarations are not.
# mypy: disable-error-code="attr-defined,no-untyped-call,untyped-decorator"
"""Rows for tests, and the people who appear in them.

The cast, each in the group of the same rank: Rita reads, Ana is an analyst, Leo leads, Ada administers; Stan is staff
without a single permission, and Root is the superuser.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Generic, TypeVar

import factory
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from claims import migrations
from claims.models import (
    Actor,
    ActorDistinction,
    Addressee,
    Alias,
    Article,
    ArticleBand,
    ArticleFamily,
    ChainLink,
    Claim,
    ClaimEdit,
    ClaimPlacement,
    ClaimSuggestion,
    ClaimWording,
    ClaimWordingKey,
    Coding,
    CodingRound,
    CodingUnit,
    FormerSlug,
    Judgement,
    NameResolution,
    Outlet,
    PositionChange,
    Presence,
    Proposal,
    Role,
    Run,
    RunFailure,
    Stance,
    Topic,
)

ARTICLE = """Kremlin rejects talk of an attack
20211230
https://www.example.org/world/kremlin-rejects-talk-of-an-attack
Moscow denies planning to attack Ukraine and says it has the right to move troops on its own soil.
The US has repeatedly warned Moscow of sanctions if Russia attacks its neighbour.
Ushakov said Putin had told Biden that such a move could lead to a breakdown in ties.
"""

Row = TypeVar("Row", bound=models.Model)

RANKS = {"rita": "reader", "ana": "analyst", "leo": "lead", "ada": "administrator"}


@cache
def _hashed(password: str) -> str:
    """Hashing is slow on purpose; once a run of the tests is enough."""
    return make_password(password)


def person(name: str) -> User:
    """One of the cast (see above), made on first mention; the password is the name."""
    user = User.objects.filter(username=name).first()
    if user is not None:
        return user
    user = User.objects.create(username=name, password=_hashed(name), is_staff=True, is_superuser=name == "root")
    if name in RANKS:
        # A transactional test empties the database, and the groups that a migration made with it.
        if not Group.objects.filter(name=RANKS[name]).exists():
            with connection.schema_editor() as editor:
                _create_groups(editor)
        user.groups.add(Group.objects.get(name=RANKS[name]))
    return user


def _create_groups(editor: BaseDatabaseSchemaEditor) -> None:
    """Do again what migrations did for the groups, in their order."""
    folder = Path(migrations.__file__).parent
    for path in sorted(folder.glob("0*.py")):
        module = import_module(f"{migrations.__name__}.{path.stem}")
        if hasattr(module, "create_groups"):
            module.create_groups(apps, editor)


class OutletFactory(factory.django.DjangoModelFactory[Outlet]):
    class Meta:
        model = Outlet
        django_get_or_create = ("domain",)

    name = "The Daily Example"
    domain = "example.org"


class RunFactory(factory.django.DjangoModelFactory[Run]):
    class Meta:
        model = Run

    kind = Run.Kind.IMPORT


class RunFailureFactory(factory.django.DjangoModelFactory[RunFailure]):
    class Meta:
        model = RunFailure

    run = factory.SubFactory(RunFactory)
    where = "seeds/empty.txt"
    reason = "The file is empty."


class ArticleFactory(factory.django.DjangoModelFactory[Article]):
    """An article in the seed format; give ``text`` to have other words, and the rest follows from it."""

    class Meta:
        model = Article
        django_get_or_create = ("sha256",)

    outlet = factory.SubFactory(OutletFactory)
    text = ARTICLE
    title = factory.LazyAttribute(lambda row: row.text.split("\n")[0])
    published_on = dt.date(2021, 12, 30)
    url = "https://www.example.org/world/kremlin-rejects-talk-of-an-attack"
    body_start = factory.LazyAttribute(lambda row: len("\n".join(row.text.split("\n")[:3])) + 1)
    sha256 = factory.LazyAttribute(lambda row: Article.digest(row.text))


class ArticleFamilyFactory(factory.django.DjangoModelFactory[ArticleFamily]):
    class Meta:
        model = ArticleFamily
        django_get_or_create = ("original",)

    original = factory.SubFactory(ArticleFactory)


class ArticleBandFactory(factory.django.DjangoModelFactory[ArticleBand]):
    class Meta:
        model = ArticleBand

    article = factory.SubFactory(ArticleFactory)
    key = factory.Sequence(lambda number: number)


class PresenceFactory(factory.django.DjangoModelFactory[Presence]):
    class Meta:
        model = Presence

    user = factory.LazyFunction(lambda: person("leo"))
    article = factory.SubFactory(ArticleFactory)
    seen = factory.LazyFunction(timezone.now)


class ActorFactory(factory.django.DjangoModelFactory[Actor]):
    class Meta:
        model = Actor
        django_get_or_create = ("slug",)

    name = "Russia"
    slug = factory.LazyAttribute(lambda row: row.name.lower().replace(" ", "-"))
    kind = "state"


class AliasFactory(factory.django.DjangoModelFactory[Alias]):
    class Meta:
        model = Alias

    actor = factory.SubFactory(ActorFactory)
    text = "Moscow"
    kind = "metonym"


class RoleFactory(factory.django.DjangoModelFactory[Role]):
    class Meta:
        model = Role

    actor = factory.SubFactory(ActorFactory, name="Vladimir Putin", kind="person")
    title = "president"
    organisation = factory.SubFactory(ActorFactory)
    valid_from = dt.date(2012, 5, 7)


class TopicFactory(factory.django.DjangoModelFactory[Topic]):
    class Meta:
        model = Topic
        django_get_or_create = ("slug",)

    name = "Attack on Ukraine"
    slug = factory.LazyAttribute(lambda row: row.name.lower().replace(" ", "-"))
    patterns = ["attack Ukraine"]


class ClaimFactory(factory.django.DjangoModelFactory[Claim]):
    class Meta:
        model = Claim
        django_get_or_create = ("wording_key",)

    text = "Russia plans to attack Ukraine"
    wording_key = factory.LazyAttribute(lambda row: Claim.key_for(row.text))
    first_seen = dt.date(2021, 12, 30)


def _start(span: str) -> Any:
    def find(row: Any) -> int | None:
        words = getattr(row, span)
        return row.article.text.index(words) if words else None

    return factory.LazyAttribute(find)


def _end(span: str) -> Any:
    def find(row: Any) -> int | None:
        words, start = getattr(row, span), getattr(row, f"{span}_start")
        return start + len(words) if words and start is not None else None

    return factory.LazyAttribute(find)


class StanceFactory(factory.django.DjangoModelFactory[Stance]):
    """A stance of the article, its evidence given as words (``mention``, ``cue``, ``content``, ``target``).

    Offsets are those of the first place where the article has the words; "" leaves out a mention or target.
    """

    class Meta:
        model = Stance

    class Params:
        mention = "Moscow"
        cue = "denies"
        content = "planning to attack Ukraine"
        target = "Ukraine"

    article = factory.SubFactory(ArticleFactory)
    actor = factory.SubFactory(ActorFactory)
    actor_as_printed = factory.LazyAttribute(lambda row: row.mention or "he")
    claim = factory.SubFactory(ClaimFactory)
    act = "denies"
    side = "against"
    quotation = "indirect"
    confidence = 0.8
    mention_start, mention_end = _start("mention"), _end("mention")
    mention_text = factory.LazyAttribute(lambda row: row.mention)
    cue_start, cue_end = _start("cue"), _end("cue")
    cue_text = factory.LazyAttribute(lambda row: row.cue)
    content_start, content_end = _start("content"), _end("content")
    content_text = factory.LazyAttribute(lambda row: row.content)
    target_start, target_end = _start("target"), _end("target")
    target_text = factory.LazyAttribute(lambda row: row.target)


class ChainLinkFactory(factory.django.DjangoModelFactory[ChainLink]):
    class Meta:
        model = ChainLink

    stance = factory.SubFactory(StanceFactory)
    order = 0
    actor = factory.SubFactory(ActorFactory, name="Kremlin", kind="institution")
    as_printed = "Kremlin"


class AddresseeFactory(factory.django.DjangoModelFactory[Addressee]):
    class Meta:
        model = Addressee

    stance = factory.SubFactory(StanceFactory)
    order = 0
    actor = factory.SubFactory(ActorFactory, name="Joe Biden", kind="person")
    as_printed = "Biden"


class FormerSlugFactory(factory.django.DjangoModelFactory[FormerSlug]):
    class Meta:
        model = FormerSlug

    slug = "russian-federation"
    actor = factory.SubFactory(ActorFactory)


class JudgementFactory(factory.django.DjangoModelFactory[Judgement]):
    class Meta:
        model = Judgement

    stance = factory.SubFactory(StanceFactory)
    user = factory.LazyFunction(lambda: person("ana"))
    decision = Judgement.Decision.ACCEPTED


class CodingRoundFactory(factory.django.DjangoModelFactory[CodingRound]):
    """A round that can be coded in; give ``coders`` to have others than Ana and Leo."""

    class Meta:
        model = CodingRound
        django_get_or_create = ("name",)
        skip_postgeneration_save = True

    name = "January"
    seed = 1
    created_by = factory.LazyFunction(lambda: person("leo"))
    assigned = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def coders(row: CodingRound, create: bool, given: list[User] | None, **kwargs: Any) -> None:
        """Ana and Leo, where nobody else is given."""
        if given or not row.coders.exists():
            row.coders.set(given or [person("ana"), person("leo")])


class CodingUnitFactory(factory.django.DjangoModelFactory[CodingUnit]):
    class Meta:
        model = CodingUnit

    round = factory.SubFactory(CodingRoundFactory)
    stance = factory.SubFactory(StanceFactory)
    order = factory.LazyAttribute(lambda row: row.round.units.count() + 1)
    cue_start = factory.LazyAttribute(lambda row: row.stance.cue_start)
    cue_end = factory.LazyAttribute(lambda row: row.stance.cue_end)
    content_start = factory.LazyAttribute(lambda row: row.stance.content_start)
    content_end = factory.LazyAttribute(lambda row: row.stance.content_end)


class CodingFactory(factory.django.DjangoModelFactory[Coding]):
    """A coding of Ana's; with a verdict it has the stance's own cue and content unless others are given."""

    class Meta:
        model = Coding

    unit = factory.SubFactory(CodingUnitFactory)
    coder = factory.LazyFunction(lambda: person("ana"))
    at = factory.LazyAttribute(lambda row: timezone.now() if row.verdict else None)
    verdict = ""
    cue_start = factory.LazyAttribute(lambda row: row.unit.cue_start if row.verdict == "stance" else None)
    cue_end = factory.LazyAttribute(lambda row: row.unit.cue_end if row.verdict == "stance" else None)
    content_start = factory.LazyAttribute(lambda row: row.unit.content_start if row.verdict == "stance" else None)
    content_end = factory.LazyAttribute(lambda row: row.unit.content_end if row.verdict == "stance" else None)


class ClaimEditFactory(factory.django.DjangoModelFactory[ClaimEdit]):
    class Meta:
        model = ClaimEdit

    kind = ClaimEdit.Kind.MERGE
    summary = "“Russia plans to attack Ukraine” into “Russia is going to invade Ukraine”"
    claim = factory.SubFactory(ClaimFactory)
    other = factory.SubFactory(ClaimFactory, text="Russia is going to invade Ukraine")
    user = factory.LazyFunction(lambda: person("ana"))


class ClaimPlacementFactory(factory.django.DjangoModelFactory[ClaimPlacement]):
    """The placement of ``stance`` under ``claim``."""

    class Meta:
        model = ClaimPlacement

    class Params:
        stance = factory.SubFactory(StanceFactory)

    article = factory.LazyAttribute(lambda row: row.stance.article)
    content_start = factory.LazyAttribute(lambda row: row.stance.content_start)
    content_end = factory.LazyAttribute(lambda row: row.stance.content_end)
    cue_start = factory.LazyAttribute(lambda row: row.stance.cue_start)
    cue_end = factory.LazyAttribute(lambda row: row.stance.cue_end)
    actor_as_printed = factory.LazyAttribute(lambda row: row.stance.actor_as_printed)
    claim = factory.SubFactory(ClaimFactory)
    user = factory.LazyFunction(lambda: person("ana"))
    at = factory.LazyFunction(timezone.now)


class ClaimSuggestionFactory(factory.django.DjangoModelFactory[ClaimSuggestion]):
    """An open suggestion; give ``state`` to have one that Ana decided."""

    class Meta:
        model = ClaimSuggestion

    first = factory.SubFactory(ClaimFactory)
    second = factory.SubFactory(ClaimFactory, text="Russia is going to invade Ukraine")
    score = 0.7
    reason = "The wordings share most of their words."
    run = factory.SubFactory(RunFactory)
    decided_by = factory.LazyAttribute(lambda row: person("ana") if row.state != "open" else None)
    decided_at = factory.LazyAttribute(lambda row: timezone.now() if row.state != "open" else None)
    state = "open"


class ActorDistinctionFactory(factory.django.DjangoModelFactory[ActorDistinction]):
    class Meta:
        model = ActorDistinction

    first = factory.SubFactory(ActorFactory)
    second = factory.SubFactory(ActorFactory, name="Belarus")
    user = factory.LazyFunction(lambda: person("leo"))


class NameResolutionFactory(factory.django.DjangoModelFactory[NameResolution]):
    class Meta:
        model = NameResolution

    article = factory.SubFactory(ArticleFactory)
    as_printed = "Ushakov"
    actor = factory.SubFactory(ActorFactory, name="Yuri Ushakov", kind="person")
    user = factory.LazyFunction(lambda: person("ana"))


class ClaimWordingFactory(factory.django.DjangoModelFactory[ClaimWording]):
    class Meta:
        model = ClaimWording
        django_get_or_create = ("wording_key",)

    claim = factory.SubFactory(ClaimFactory)
    text = factory.LazyAttribute(lambda row: row.claim.text)
    wording_key = factory.LazyAttribute(lambda row: Claim.key_for(row.text))
    speaker = "russia"
    article = factory.SubFactory(ArticleFactory)


class ClaimWordingKeyFactory(factory.django.DjangoModelFactory[ClaimWordingKey]):
    class Meta:
        model = ClaimWordingKey

    wording = factory.SubFactory(ClaimWordingFactory)
    key = factory.Sequence(lambda number: number)


class PositionChangeFactory(factory.django.DjangoModelFactory[PositionChange]):
    """A change of Russia's from denying to asserting a claim, in two articles."""

    class Meta:
        model = PositionChange

    actor = factory.SubFactory(ActorFactory)
    claim = factory.SubFactory(ClaimFactory)
    earlier = factory.SubFactory(StanceFactory)
    later = factory.LazyAttribute(
        lambda row: StanceFactory.create(
            article=ArticleFactory.create(
                text=f"Moscow speaks again\n20220109\nhttps://example.org/\n{ARTICLE.splitlines()[3]}\n",
                published_on=dt.date(2022, 1, 9),
            ),
            act="states",
            cue="says",
            content="it has the right to move troops on its own soil",
            target="",
        )
    )
    earlier_article = factory.LazyAttribute(lambda row: row.earlier.article)
    later_article = factory.LazyAttribute(lambda row: row.later.article)
    earlier_position, later_position = "denies", "asserts"
    earlier_on, later_on = dt.date(2021, 12, 30), dt.date(2022, 1, 9)


class ProposalFactory(factory.django.DjangoModelFactory[Proposal]):
    class Meta:
        model = Proposal

    article = factory.SubFactory(ArticleFactory)
    kind = Proposal.Kind.ADD
    run = factory.SubFactory(RunFactory, kind=Run.Kind.EXTRACT)


class Make(Generic[Row]):
    """Calls a factory, and says what comes of it, which factories themselves do not: ``make.stance(act="warns")``."""

    def __init__(self, factory_class: type[factory.django.DjangoModelFactory[Row]]) -> None:
        self.factory_class = factory_class

    def __call__(self, **fields: Any) -> Row:
        row: Row = self.factory_class.create(**fields)
        return row


actor: Make[Actor] = Make(ActorFactory)
actor_distinction: Make[ActorDistinction] = Make(ActorDistinctionFactory)
addressee: Make[Addressee] = Make(AddresseeFactory)
alias: Make[Alias] = Make(AliasFactory)
article: Make[Article] = Make(ArticleFactory)
article_band: Make[ArticleBand] = Make(ArticleBandFactory)
article_family: Make[ArticleFamily] = Make(ArticleFamilyFactory)
chain_link: Make[ChainLink] = Make(ChainLinkFactory)
claim: Make[Claim] = Make(ClaimFactory)
claim_edit: Make[ClaimEdit] = Make(ClaimEditFactory)
claim_placement: Make[ClaimPlacement] = Make(ClaimPlacementFactory)
claim_suggestion: Make[ClaimSuggestion] = Make(ClaimSuggestionFactory)
coding: Make[Coding] = Make(CodingFactory)
coding_round: Make[CodingRound] = Make(CodingRoundFactory)
coding_unit: Make[CodingUnit] = Make(CodingUnitFactory)
former_slug: Make[FormerSlug] = Make(FormerSlugFactory)
judgement: Make[Judgement] = Make(JudgementFactory)
name_resolution: Make[NameResolution] = Make(NameResolutionFactory)
outlet: Make[Outlet] = Make(OutletFactory)
claim_wording: Make[ClaimWording] = Make(ClaimWordingFactory)
claim_wording_key: Make[ClaimWordingKey] = Make(ClaimWordingKeyFactory)
position_change: Make[PositionChange] = Make(PositionChangeFactory)
presence: Make[Presence] = Make(PresenceFactory)
proposal: Make[Proposal] = Make(ProposalFactory)
role: Make[Role] = Make(RoleFactory)
run: Make[Run] = Make(RunFactory)
run_failure: Make[RunFailure] = Make(RunFailureFactory)
stance: Make[Stance] = Make(StanceFactory)
topic: Make[Topic] = Make(TopicFactory)
