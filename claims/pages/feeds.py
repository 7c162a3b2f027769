"""Atom feeds of actors, topics and claims: the stances stored or judged last, and changes of position.

A feed shows what its visitor may see: the public gets judged stances only, and where one must sign in, so must a feed
reader (with the session of a browser). The ids of entries are made of what never changes, so that a reader knows an
entry again after a rename, a correction or a merge. Whoever has the newest version is told so, and nothing is made.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.models import PositionChange, StanceQuerySet, Topic
from claims.pages.addresses import actor_at, claim_at
from claims.pages.cards import Card, card_rows, cards
from claims.pages.change_cards import ChangeCard, change_cards, readable_changes
from claims.pages.kept import kept
from claims.pages.plain import one_line, xml_text
from claims.pages.readable import may_see_unjudged, readable_stances, sees_unjudged
from claims.pages.rollup import DEFAULT_DEPTH
from claims.selectors import merged_ids, represented_by
from claims.topics.sides import on_topic

#: How many stances a feed has, and how many changes.
STANCES: Final = 40
CHANGES: Final = 10
#: When a feed without entries was updated: never, as far as one can say so.
NEVER: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a feed is about: its noun and key, its name, the address of its page, and the changes in it."""

    noun: str
    pk: int
    name: str
    address: str
    changes: QuerySet[PositionChange]


class Feed(Atom1Feed):
    """An Atom feed that is as old as its newest entry."""

    def latest_post_date(self) -> dt.datetime:
        """When the feed was updated."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


@require_safe
def actor_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the feed of one actor and of those who speak for it."""
    actor = actor_at(slug)
    representation = represented_by(actor, DEFAULT_DEPTH)
    stances = representation.includes(readable_stances(request))
    changes = readable_changes(request).filter(actor__in=representation.own)
    subject = Subject("actor", actor.pk, actor.name, reverse("actor", args=[actor.slug]), changes)
    return _feed(request, subject, stances)


@require_safe
def topic_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the feed of one topic."""
    topic = get_object_or_404(Topic, slug=slug)
    changes = readable_changes(request).filter(topic=topic)
    subject = Subject("topic", topic.pk, topic.name, reverse("topic", args=[topic.slug]), changes)
    return _feed(request, subject, on_topic(readable_stances(request), topic))


@require_safe
def claim_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the feed of one claim. The public sees those only that have a stance for it to see."""
    claim = claim_at(pk)
    rows = merged_ids(claim)
    stances = readable_stances(request).filter(claim__in=rows)
    if not may_see_unjudged(request) and not stances.exists():
        raise Http404
    changes = readable_changes(request).filter(claim__in=rows)
    subject = Subject("claim", claim.pk, claim.text, reverse("claim", args=[claim.pk]), changes)
    return _feed(request, subject, stances)


def _feed(request: HttpRequest, subject: Subject, stances: StanceQuerySet) -> HttpResponse:
    """The feed about ``subject``, of those of ``stances`` that were changed last; 304 for whoever has it already."""
    newest = kept(request, f"feed.{subject.noun}.{subject.pk}", lambda: _newest(stances))
    changes = list(subject.changes.order_by("-found_at", "-pk")[:CHANGES])
    version = _version(request, subject, newest, changes)
    updated = max([at for _pk, at in newest] + [change.found_at for change in changes], default=NEVER)
    answer = get_conditional_response(request, etag=version, last_modified=int(updated.timestamp()))
    if answer is None:
        answer = _written(request, subject, newest, changes)
        answer.headers["ETag"] = version
        answer.headers["Last-Modified"] = http_date(updated.timestamp())
    # Kept by the reader alone, and asked for anew each time: what one may see depends on who asks.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _newest(stances: StanceQuerySet) -> list[tuple[int, dt.datetime]]:
    """The stances that were stored or changed last, by key, with when that was."""
    plain = stances.select_related(None)
    return list(plain.order_by("-updated", "-pk").values_list("pk", "updated")[:STANCES])


def _version(
    request: HttpRequest,
    subject: Subject,
    newest: Sequence[tuple[int, dt.datetime]],
    changes: Sequence[PositionChange],
) -> str:
    """The weak ETag of the feed: another one as soon as its name, its address or one of its entries is."""
    parts = [request.build_absolute_uri(subject.address), subject.name, str(sees_unjudged(request))]
    parts += [f"{pk} {at.isoformat()}" for pk, at in newest] + [f"change {change.pk}" for change in changes]
    return "W/" + quote_etag(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32])


def _written(
    request: HttpRequest,
    subject: Subject,
    newest: Sequence[tuple[int, dt.datetime]],
    changes: Sequence[PositionChange],
) -> HttpResponse:
    feed = Feed(
        title=_("%(name)s in stancetracker") % {"name": one_line(subject.name)},
        link=request.build_absolute_uri(subject.address),
        description=_("Stances stored or judged last, and changes of position."),
        language="en-gb",
        author_name="stancetracker",
        subtitle=_("Stances stored or judged last, and changes of position."),
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=_id(request, subject.noun, subject.pk),
    )
    when = dict(newest)
    rows = list(card_rows(readable_stances(request).filter(pk__in=when)))
    rows.sort(key=lambda stance: (when[stance.pk], stance.pk), reverse=True)
    for card in cards(rows):
        feed.add_item(
            title=_title(card),
            link=request.build_absolute_uri(card.article_url),
            description=_html(request, "stance", card=card),
            unique_id=_id(request, "stance", card.pk),
            pubdate=dt.datetime.combine(card.published_on, dt.time(), dt.UTC),
            updateddate=when[card.pk],
            categories=[card.state],
        )
    for change, shown in zip(changes, change_cards(list(changes), request), strict=True):
        feed.add_item(
            title=_change_title(shown),
            link=request.build_absolute_uri(f"{reverse('change_list')}#change-{shown.pk}"),
            description=_html(request, "change", pair=(shown.before, shown.after), days=shown.days),
            unique_id=_id(request, "change", change.pk),
            pubdate=dt.datetime.combine(change.later_on, dt.time(), dt.UTC),
            updateddate=change.found_at,
            categories=["change of position"],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _id(request: HttpRequest, noun: str, pk: int) -> str:
    """The id of a row: the same for ever on the same site, whatever becomes of its address."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"//{request.get_host()}/{noun}/{pk}").urn


def _title(card: Card) -> str:
    """A stance in a line of plain text, with a word to it where nobody has judged it."""
    names = {"actor": one_line(card.actor.text), "act": card.act or "?", "content": one_line(card.quotation)}
    if card.is_judged:
        return _("%(actor)s %(act)s: “%(content)s”") % names
    return _("%(actor)s %(act)s: “%(content)s” (unjudged)") % names


def _change_title(change: ChangeCard) -> str:
    return _("%(actor)s changes its position on “%(subject)s”") % {
        "actor": one_line(change.actor),
        "subject": one_line(change.subject),
    }


def _html(request: HttpRequest, name: str, **context: object) -> str:
    """The content of an entry; its template escapes, as every other one."""
    site = request.build_absolute_uri("/").removesuffix("/")
    return xml_text(render_to_string(f"pages/feeds/{name}.html", {"site": site, **context}))
