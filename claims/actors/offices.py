"""Which office an actor held on a day: of several the one that is printed beside the name."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, When
from django.db.models.functions import Coalesce, Substr
from django.utils import timezone

from claims.extraction.actors import fold, in_force
from claims.extraction.titles import title_words
from claims.models import Actor, Judgement, Role, Stance
from claims.selectors import canonical

#: How far round a name its office is looked for, in characters.
AROUND: Final = 60
#: Stances that one statement changes.
BATCH: Final = 1_000


class Offices:
    """The offices of some actors, those stored under rows that were merged into them included."""

    def __init__(self, actors: Iterable[int]) -> None:
        """Read the offices of ``actors`` (keys), in one query."""
        keys = set(actors)
        self._roles: defaultdict[int, list[Role]] = defaultdict(list)
        rows = Role.objects.filter(Q(actor__in=keys) | Q(actor__merged_into__in=keys)) if keys else Role.objects.none()
        for role in rows.select_related("actor__merged_into", "organisation__merged_into").order_by("title", "pk"):
            self._roles[role.actor_id if role.actor_id in keys else canonical(role.actor).pk].append(role)

    def held(self, actor: int | None, day: dt.date, words: str = "") -> Role | None:
        """The office that ``actor`` (a key) held on ``day``, None where it is not known to have held one.

        Of several it is the one whose title and organisation stand in ``words``, what is printed round the actor's
        name; otherwise the one begun last.
        """
        roles = self._roles.get(actor, []) if actor is not None else []
        held = [role for role in roles if in_force(role.valid_from, role.valid_until, day)]
        if len(held) < 2:
            return held[0] if held else None
        printed = title_words(words)
        return max(held, key=lambda role: (_printed(role, printed), role.valid_from or dt.date.min))


def words_around(text: str, start: int, end: int) -> str:
    """What ``text`` prints round the name from ``start`` to ``end`` (characters)."""
    return text[max(0, start - AROUND) : end + AROUND]


def words_around_mention() -> Substr:
    """The same of a stance's mention as an expression of a query, so that no article's text leaves the database."""
    start = Case(
        When(mention_start__gte=AROUND, then=F("mention_start") - AROUND + 1), default=1, output_field=IntegerField()
    )
    length = Case(
        When(mention_start__gte=AROUND, then=F("mention_end") - F("mention_start") + 2 * AROUND),
        default=F("mention_end") + AROUND,
        output_field=IntegerField(),
    )
    return Substr("article__text", start, length)


def refresh(actors: Iterable[int]) -> int:
    """Give the machine's pending stances of ``actors`` (keys) the offices that are known by now; how many changed.

    Stances that people judged, or ever did, keep the office that they have.
    """
    keys = set(actors)
    survivor = Coalesce("merged_into", "pk")
    survivors = set(Actor.objects.filter(pk__in=keys).values_list(survivor, flat=True))
    members = dict(Actor.objects.annotate(stays=survivor).filter(stays__in=survivors).values_list("pk", "stays"))
    offices, changed = Offices(survivors), 0
    judged = Exists(Judgement.objects.filter(stance=OuterRef("pk")))
    rows = Stance.objects.pending().filter(~judged, actor__in=members, run__isnull=False)
    columns = ("pk", "actor", "role", "said_on", "article__published_on", "words")
    held: defaultdict[Role | None, list[int]] = defaultdict(list)
    shown = rows.annotate(words=words_around_mention())
    for pk, actor, before, said_on, published_on, words in shown.values_list(*columns):
        role = offices.held(members[actor], said_on or published_on, words or "")
        if before != (role.pk if role else None):
            held[role].append(pk)
    for role, stances in held.items():
        for start in range(0, len(stances), BATCH):
            changed += (
                Stance.objects.pending()
                .filter(~judged, pk__in=stances[start : start + BATCH])
                .update(role=role, office=role.title if role else "", version=F("version") + 1, updated=timezone.now())
            )
    return changed


def _printed(role: Role, printed: frozenset[str]) -> tuple[int, int]:
    """How many words of the title are printed, if all are, and of the organisation's name."""
    title = title_words(role.title)
    organisation = frozenset(fold(canonical(role.organisation).name).split()) if role.organisation else frozenset()
    return (len(title) if title <= printed else 0), (len(organisation) if organisation <= printed else 0)
