"""Presence: who else has an article on the desk."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims.models import Article, Presence, Stance

#: How long somebody counts as there after the desk last said so; it says so every 20 seconds.
THERE: Final = dt.timedelta(seconds=60)


def meet(article: Article, user: User) -> list[str]:
    """Note that ``user`` has ``article`` on the desk, and give the names of the others who have, sorted.

    A name is the person's full name, or the account's where there is none. What is older than ``THERE`` is forgotten.
    A database that can't be written to just now is no reason to keep anybody from work: then nothing is noted.
    """
    now = timezone.now()
    try:
        with transaction.atomic():
            Presence.objects.filter(seen__lt=now - THERE).delete()
            Presence.objects.update_or_create(user=user, article=article, defaults={"seen": now})
    except DatabaseError:
        pass
    others = _others(user).filter(article=article).select_related("user")
    return sorted(presence.user.get_full_name() or presence.user.get_username() for presence in others)


def left_to(stances: QuerySet[Stance], user: User, *, at: int | None = None) -> QuerySet[Stance]:
    """Those of ``stances`` on whose articles nobody but ``user`` is; the article with the key ``at`` counts as theirs.

    Two people who begin at the same time so begin at different articles, and don't decide about the same stances.
    """
    taken = set(_others(user).values_list("article", flat=True)) - {at}
    return stances.exclude(article__in=taken) if taken else stances


def _others(user: User) -> QuerySet[Presence]:
    return Presence.objects.filter(seen__gte=timezone.now() - THERE).exclude(user=user)
