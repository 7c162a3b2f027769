"""Saying whom a printed name means: applied to the stances that are pending, remembered for every later reading."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from claims.actors.offices import Offices, words_around_mention
from claims.models import Actor, Addressee, Alias, Article, ChainLink, FormerSlug, NameResolution, Role, Stance, limits
from claims.selectors import canonical, merged_ids

PERMISSION: Final = "claims.resolve_name"
#: Articles a transaction; others get their turn to write in between.
BATCH: Final = 200
#: Words that mean somebody else in every sentence; whom they mean is said of one stance, not of a name.
PRONOUNS: Final = frozenset(
    {"he", "she", "it", "they", "we", "i", "you", "him", "her", "them", "us", "who", "this", "that", "one", "some"}
)


@dataclass(slots=True)
class Resolved:
    """How many pending stances, sources of chains and addressees got their actor, in how many articles."""

    stances: int = 0
    sources: int = 0
    addressees: int = 0
    articles: int = 0


def resolve(name: str, actor: Actor, *, user: User, articles: Iterable[int] | None = None) -> Resolved:
    """Say that ``name``, as printed, means ``actor`` wherever it is open in a pending stance; stances judged stay.

    With ``articles`` (keys) it is said of these articles only. Raises ``PermissionDenied`` where ``user`` may not, and
    ``ValidationError`` where ``name`` is a pronoun.
    """
    require_permission(user)
    if is_pronoun(name):
        raise ValidationError(f"“{name}” means somebody else in every sentence; say it in each stance.")
    actor = canonical(actor)
    wanted = set(open_articles(name))
    keys = iter(sorted(wanted if articles is None else wanted & set(articles)))
    offices, resolved = Offices([actor.pk]), Resolved()
    while batch := list(itertools.islice(keys, BATCH)):
        with transaction.atomic():
            _remember(name, actor, batch, user)
            _apply(name, actor, batch, offices, resolved)
        resolved.articles += len(batch)
    return resolved


def withdraw(resolutions: Iterable[NameResolution], *, user: User) -> int:
    """Forget ``resolutions``: the name is open again in pending stances. Gives how many stances that changed.

    Raises ``PermissionDenied`` where ``user`` may not.
    """
    require_permission(user)
    changed = 0
    for resolution in resolutions:
        with transaction.atomic():
            changed += _reopen(resolution)
            resolution.delete()
    return changed


def resolutions_in(article: Article) -> dict[str, int]:
    """Whom the names in ``article`` mean, as people said: keys of actors by name as printed, merges followed.

    What was said of an earlier text of the article holds for it too, unless it was said again.
    """
    keys = [key for key in (article.supersedes_id, article.pk) if key is not None]
    rows = NameResolution.objects.filter(article__in=keys).select_related("actor__merged_into")
    ordered = sorted(rows, key=lambda row: row.article_id == article.pk)
    return {row.as_printed: canonical(row.actor).pk for row in ordered}


def open_articles(name: str) -> QuerySet[Article, int]:
    """The keys of the articles with a pending stance in which ``name`` is open."""
    stances = Stance.objects.pending().filter(actor=None, actor_as_printed=name).values("article")
    links = _open(ChainLink.objects.order_by(), name).values("stance__article")
    addressees = _open(Addressee.objects.order_by(), name).values("stance__article")
    # Each found in an index; joined by OR, SQLite would walk through all articles.
    return Article.objects.filter(pk__in=stances.union(links, addressees)).values_list("pk", flat=True)


def add_alias(actor: Actor, name: str, kind: str) -> list[Actor]:
    """Make ``name`` an alias of ``actor``; gives the other actors that bear it, with whom it is shared from now on."""
    survivor = canonical(actor)
    own = merged_ids(survivor)
    if name.casefold() != survivor.name.casefold():
        Alias.objects.get_or_create(actor=survivor, text=name, kind=kind, defaults={"curated": True})
    bearing = Q(name__iexact=name) | Q(pk__in=Alias.objects.filter(text__iexact=name).values("actor"))
    return list(Actor.objects.filter(bearing, merged_into=None).exclude(pk__in=own).order_by("name"))


def create_actor(name: str, kind: str) -> Actor:
    """A new actor of that name and kind. Raises ``ValidationError`` where it would be none."""
    actor = Actor(name=name, kind=kind, slug=free_slug(name), curated=True)
    actor.full_clean()
    actor.save(force_insert=True)
    return actor


def free_slug(name: str) -> str:
    """A short form of ``name`` that no actor has or had."""
    short = slugify(name)[: limits.SLUG - 5] or "actor"
    taken = set(Actor.objects.filter(slug__startswith=short).values_list("slug", flat=True))
    taken |= set(FormerSlug.objects.filter(actor__isnull=False, slug__startswith=short).values_list("slug", flat=True))
    numbered = (f"{short}-{number}" for number in itertools.count(2))
    return next(slug for slug in itertools.chain([short], numbered) if slug not in taken)


def is_pronoun(name: str) -> bool:
    """Whether ``name`` is a word like "he", which no decision can be remembered of."""
    return name.strip().casefold() in PRONOUNS


def require_permission(user: User) -> None:
    """Raises ``PermissionDenied`` unless ``user`` may say whom a name means."""
    if not user.has_perm(PERMISSION):
        raise PermissionDenied("You may not say whom a printed name means.")


def _open(rows: QuerySet[ChainLink] | QuerySet[Addressee], name: str) -> QuerySet[ChainLink] | QuerySet[Addressee]:
    return rows.filter(actor=None, as_printed=name, stance__state=Stance.State.PENDING)


def _remember(name: str, actor: Actor, articles: Sequence[int], user: User) -> None:
    now = timezone.now()
    NameResolution.objects.bulk_create(
        [NameResolution(article_id=key, as_printed=name, actor=actor, user=user, at=now) for key in articles],
        update_conflicts=True,
        unique_fields=["article", "as_printed"],
        update_fields=["actor", "user", "at"],
    )


def _apply(name: str, actor: Actor, articles: Sequence[int], offices: Offices, resolved: Resolved) -> None:
    pending = Stance.objects.pending().filter(article__in=articles)
    # Locked in one order, so that a judgement of the same stances comes before or after, never between.
    list(pending.select_for_update().order_by("pk").values_list("pk", flat=True))
    held: defaultdict[Role | None, list[int]] = defaultdict(list)
    rows = pending.filter(actor=None, actor_as_printed=name).annotate(words=words_around_mention())
    for pk, said_on, published_on, words in rows.values_list("pk", "said_on", "article__published_on", "words"):
        held[offices.held(actor.pk, said_on or published_on, words or "")].append(pk)
    for role, keys in held.items():
        resolved.stances += Stance.objects.filter(pk__in=keys).update(
            actor=actor,
            role=role,
            office=role.title if role else "",
            version=F("version") + 1,
            updated=timezone.now(),
        )
    touched: set[int] = set()
    for model, field in ((ChainLink, "sources"), (Addressee, "addressees")):
        found = dict(
            _open(model.objects.all(), name).filter(stance__article__in=articles).values_list("pk", "stance_id")
        )
        number = model.objects.filter(pk__in=list(found)).update(actor=actor)
        setattr(resolved, field, getattr(resolved, field) + number)
        touched |= set(found.values())
    # Whoever has the stance on screen must not accept what they have not seen.
    Stance.objects.filter(pk__in=touched).update(version=F("version") + 1, updated=timezone.now())


def _reopen(resolution: NameResolution) -> int:
    actors = merged_ids(canonical(resolution.actor)) | {resolution.actor_id}
    pending = Stance.objects.pending().filter(article=resolution.article_id)
    mine = pending.filter(actor__in=actors, actor_as_printed=resolution.as_printed)
    slugs = set(Actor.objects.filter(pk__in=actors).values_list("slug", flat=True))
    # What the machine itself takes for the same actor needs nobody's word.
    keys = {pk for pk, extracted in mine.values_list("pk", "extracted") if extracted.get("actor_slug") not in slugs}
    Stance.objects.filter(pk__in=keys).update(actor=None, role=None, office="")
    for model in (ChainLink, Addressee):
        rows = model.objects.filter(stance__in=pending.values("pk"), actor__in=actors, as_printed=resolution.as_printed)
        found = dict(rows.values_list("pk", "stance_id"))
        model.objects.filter(pk__in=list(found)).update(actor=None)
        keys |= set(found.values())
    return Stance.objects.filter(pk__in=keys).update(version=F("version") + 1, updated=timezone.now())
