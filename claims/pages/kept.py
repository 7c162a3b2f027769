"""Figures over the whole store, which are counted anew only now and then where the store is large."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from django.core.cache import cache
from django.http import HttpRequest

from claims.models import Stance
from claims.pages.readable import sees_unjudged

#: From so many stances on, counting all of them takes longer than anybody waits for a page.
LARGE: Final = 50_000
#: How old a figure may be then, in seconds.
SECONDS: Final = 300

T = TypeVar("T")


def kept(request: HttpRequest, name: str, count: Callable[[], T]) -> T:
    """What ``count`` gives for all that the visitor sees; in a large store at most ``SECONDS`` old.

    ``name`` tells figures apart. They must be plain values, since a cache keeps them.
    """
    newest = Stance.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if newest < LARGE:
        return count()
    key = f"pages.{name}.{'all' if sees_unjudged(request) else 'judged'}"
    figure: T | None = cache.get(key)
    if figure is None:
        figure = count()
        cache.set(key, figure, SECONDS)
    return figure
