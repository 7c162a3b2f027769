"""Which office an actor held on a day: of several the one that is printed beside the name."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from django.db.models import Case, F, IntegerField, Q, When
from django.db.models.functions import Substr

from claims.extraction.actors import fold, in_force
from claims.extraction.titles import title_words
from claims.models import Role
from claims.selectors import canonical

#: How far round a name its office is looked for, in characters.
AROUND: Final = 60


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


def _printed(role: Role, printed: frozenset[str]) -> tuple[int, int]:
    """How many words of the title are printed, if all are, and of the organisation's name."""
    title = title_words(role.title)
    organisation = frozenset(fold(canonical(role.organisation).name).split()) if role.organisation else frozenset()
    return (len(title) if title <= printed else 0), (len(organisation) if organisation <= printed else 0)
