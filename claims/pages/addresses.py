"""Addresses that last: old ones of actors, topics and claims lead to where the row is found now.

A rename is for good, so its redirect is permanent (301); it is not to be stored all the same, since whoever renames
back would send browsers round in a circle. A merge can be undone at any time, so its redirect is temporary (302): the
old address may be that of an actor or a claim of its own again. Both hold for every address below that of the row,
pages, downloads and feeds alike, and keep what stands behind the question mark.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from claims.models import Actor, Claim, FormerSlug
from claims.selectors import canonical


class MovedError(Exception):
    """The row is found at another address now: the same one with ``value`` in place of the slug or the number."""

    def __init__(self, value: str | int, *, permanent: bool) -> None:
        super().__init__(value)
        self.value = value
        self.permanent = permanent


def actor_at(slug: str) -> Actor:
    """The actor whose address has ``slug``, with what it is part of.

    Raises ``MovedError`` where it was merged, and ``Http404`` where no actor has the slug.
    """
    actor = Actor.objects.select_related("part_of", "merged_into").filter(slug=slug).first()
    if actor is None:
        raise Http404
    if actor.merged_into_id is not None:
        raise MovedError(canonical(actor).slug, permanent=False)
    return actor


def claim_at(pk: int) -> Claim:
    """The claim with the number ``pk``. Raises ``MovedError`` where it was merged, ``Http404`` where there is none."""
    claim = Claim.objects.select_related("merged_into").filter(pk=pk).first()
    if claim is None:
        raise Http404
    if claim.merged_into_id is not None:
        raise MovedError(canonical(claim).pk, permanent=False)
    return claim


class AddressMiddleware:
    """Sends whoever asks for an old address to the new one.

    Former slugs are looked up where a view found nothing, so that addresses that hold cost no question more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The way to the new address, where ``exception`` says that the old one leads nowhere."""
        match = request.resolver_match
        if match is None or match.app_names:
            return None
        if isinstance(exception, Http404) and "slug" in match.kwargs:
            moved = _renamed(match.route.partition("/")[0], match.kwargs["slug"])
        else:
            moved = exception if isinstance(exception, MovedError) else None
        if moved is None:
            return None
        key = "slug" if "slug" in match.kwargs else "pk"
        address = reverse(match.view_name, args=match.args, kwargs={**match.kwargs, key: moved.value})
        asked = request.META.get("QUERY_STRING", "")
        response = HttpResponseRedirect(f"{address}?{asked}" if asked else address)
        response.status_code = 301 if moved.permanent else 302
        response.headers["Cache-Control"] = "no-cache"
        return response


def _renamed(section: str, slug: str) -> MovedError | None:
    """Where the row is that had ``slug`` in this part of the site; None where none had."""
    if section == "actors":
        former = FormerSlug.objects.filter(actor__isnull=False, slug=slug).select_related("actor__merged_into").first()
        if former is not None and former.actor is not None:
            return MovedError(canonical(former.actor).slug, permanent=former.actor.merged_into_id is None)
    if section == "topics":
        former = FormerSlug.objects.filter(topic__isnull=False, slug=slug).select_related("topic").first()
        if former is not None and former.topic is not None:
            return MovedError(former.topic.slug, permanent=True)
    return None
