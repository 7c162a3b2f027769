"""A claim as a schema.org ``Claim``, for search engines and other programs that read pages.

It says what the page says and no more: the words, where they appeared, and who is reported to assert them. Whether the
claim is so nobody here has checked, so it is no ``ClaimReview``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from claims.extraction.types import ActorKind
from claims.models import Actor, Article, Claim, StanceQuerySet, Topic
from claims.pages.cards import web_address
from claims.pages.plain import one_line
from claims.positions.position import Position
from claims.positions.thread import Thread

#: So many articles are named in which the claim appeared, the earliest.
APPEARANCES: Final = 20
#: So many actors are named who assert it, the earliest.
AUTHORS: Final = 20
#: What would end the element that holds the data, begin another one, or end a line where JSON is read as a script.
_ESCAPES: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}

Thing = dict[str, Any]


def as_block(data: Thing) -> SafeString:
    """``data`` for a ``<script type="application/ld+json">``: the one text of strangers that no template escapes.

    A browser reads such a block up to the first ``</script``, and undoes no HTML escapes in it. So ``<``, ``>`` and
    ``&``, which JSON has within strings only, stand in it as escapes of JSON, and no word of a stranger can end it.
    """
    return SafeString(json.dumps(data, ensure_ascii=False, indent=1).translate(_ESCAPES))


def claim_block(
    claim: Claim, stances: StanceQuerySet, thread: Thread, topics: Iterable[Topic], request: HttpRequest
) -> SafeString:
    """``claim`` as data; ``stances`` are all on it that the visitor may see, and ``thread`` is theirs."""
    address = request.build_absolute_uri(reverse("claim", args=[claim.pk]))
    works = [_work(article, request) for article in _articles(stances)]
    data: Thing = {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": address,
        "url": address,
        "name": one_line(claim.text),
        "text": one_line(claim.text),
        "about": [
            {
                "@type": "Thing",
                "name": one_line(topic.name),
                "url": request.build_absolute_uri(reverse("topic", args=[topic.slug])),
            }
            for topic in topics
        ],
        "author": [_agent(actor, request) for actor in _asserting(thread)],
        "firstAppearance": works[0] if works else None,
        "appearance": works,
    }
    return as_block({name: value for name, value in data.items() if value})


def _articles(stances: StanceQuerySet) -> list[Article]:
    """The articles that ``stances`` are from, the earliest first."""
    found = stances.select_related(None).order_by().values("article")
    keys = found.annotate(day=Min("article__published_on")).order_by("day", "article")[:APPEARANCES]
    rows = Article.objects.select_related("outlet").defer("text").in_bulk([row["article"] for row in keys])
    return sorted(rows.values(), key=lambda article: (article.published_on, article.pk))


def _work(article: Article, request: HttpRequest) -> Thing:
    work: Thing = {
        "@type": "NewsArticle",
        "headline": one_line(article.title),
        "datePublished": article.published_on.isoformat(),
        "url": web_address(article.url) or request.build_absolute_uri(reverse("article", args=[article.pk])),
    }
    if article.outlet is not None:
        work["publisher"] = {"@type": "Organization", "name": one_line(article.outlet.name)}
    return work


def _asserting(thread: Thread) -> list[Actor]:
    """Who is reported, in its own voice, to assert the claim."""
    voices = [voice for voice in thread.in_time if voice.position is Position.ASSERTS and not voice.told_by_others]
    known = {voice.actor.pk: voice.actor for voice in voices if voice.actor is not None}
    return list(known.values())[:AUTHORS]


def _agent(actor: Actor, request: HttpRequest) -> Thing:
    """``actor`` as a person or, whatever else it is, as an organisation: schema.org has no other authors."""
    agent: Thing = {
        "@type": "Person" if actor.kind == ActorKind.PERSON else "Organization",
        "name": one_line(actor.name),
        "url": request.build_absolute_uri(reverse("actor", args=[actor.slug])),
    }
    if actor.wikidata_id:
        agent["sameAs"] = f"https://www.wikidata.org/wiki/{actor.wikidata_id}"
    return agent
