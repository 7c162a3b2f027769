"""The pages that are measured over a large store, each with the bare indexed queries or with its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from claims.models import Stance
from claims.scale.measure import Page, Query

#: The most questions each page may ask the database, by its name.
BUDGET: Final[dict[str, int]] = json.loads(Path(__file__).with_name("budget.json").read_text(encoding="utf-8"))
#: How many times the bare indexed queries a page may cost.
MOST: Final = 5.0

# What the list of stances shows of each, and no more.
_SHOWN: Final = """
    SELECT stance.id, stance.actor_as_printed, stance.act, stance.side, stance.cue_text, stance.content_text,
        stance.target_text, stance.confidence, stance.state, article.title, article.published_on, outlet.name,
        actor.name, claim.text
    FROM claims_stance AS stance
    JOIN claims_article AS article ON article.id = stance.article_id
    LEFT JOIN claims_outlet AS outlet ON outlet.id = article.outlet_id
    LEFT JOIN claims_actor AS actor ON actor.id = stance.actor_id
    LEFT JOIN claims_claim AS claim ON claim.id = stance.claim_id"""
_CHAIN: Final = """
    SELECT link.stance_id, link.as_printed, actor.name FROM claims_chainlink AS link
    LEFT JOIN claims_actor AS actor ON actor.id = link.actor_id
    WHERE link.stance_id IN (
        SELECT id FROM (SELECT id FROM claims_stance {where} ORDER BY id DESC LIMIT 50) AS shown
    )"""
_COUNT: Final = "SELECT count(*) FROM (SELECT id FROM claims_stance {where} LIMIT 10001) AS counted"


class EmptyStoreError(Exception):
    """There is nothing to measure, which the message says in words."""


def pages(search: str = "plan 40000") -> list[Page]:
    """The pages, over a store that ``generate`` filled; the first of each noun has most of the stances.

    ``search`` is what is searched for. Raises ``EmptyStoreError`` where nothing waits to be judged.
    """
    listed = reverse("admin:claims_stance_changelist")
    waiting = Stance.objects.pending().order_by("article_id", "content_start", "pk")[:100]
    if not waiting:
        raise EmptyStoreError("No pending stance is in this database. Fill an empty one with manage.py make_stances.")
    stance = list(waiting)[-1]
    return [
        Page("desk: list", listed, _list("")),
        Page("desk: filtered list", f"{listed}?state__exact=pending", _list("WHERE state = 'pending'")),
        Page("desk: search", f"{listed}?{urlencode({'q': search})}", _search(search)),
        Page("desk: next stance", f"{reverse('admin:claims_stance_desk')}?stance={stance.pk}", _next(stance)),
        Page("front", reverse("front")),
        Page("actors", reverse("actor_list")),
        Page("actor with most stances", reverse("actor", args=["actor-1"])),
        Page("actor with some stances", reverse("actor", args=["actor-500"])),
        Page("actor, filtered", f"{reverse('actor', args=['actor-1'])}?act=denies&side=against"),
        Page("article", reverse("article", args=[stance.article_id])),
        Page("changes", reverse("change_list")),
        Page("changes, filtered", f"{reverse('change_list')}?actor=actor-1&topic=question-1&since=2016-01-01"),
        Page("compare", f"{reverse('compare')}?actor=actor-1&actor=actor-2"),
        Page(
            "compare, five",
            f"{reverse('compare')}?{urlencode({'actor': [f'actor-{n}' for n in range(1, 6)]}, doseq=True)}",
        ),
        Page("search", f"{reverse('search')}?{urlencode({'q': search})}"),
        Page("search, a common word", f"{reverse('search')}?q=plan"),
        Page("search, one sort", f"{reverse('search')}?q=plan&in=quotations&page=3"),
        Page("topics", reverse("topic_list")),
        Page("topic with most stances", reverse("topic", args=["question-1"])),
        Page("topic with few stances", reverse("topic", args=["question-100"])),
        Page("claim with most stances", reverse("claim", args=[1])),
        Page("claim with some stances", reverse("claim", args=[90])),
        Page("outlet", reverse("outlet", args=[1])),
        Page("feed of an actor", reverse("actor_feed", args=["actor-1"])),
        Page("feed of a topic", reverse("topic_feed", args=["question-1"])),
        Page("feed of a claim", reverse("claim_feed", args=[1])),
    ]


def _list(where: str) -> Sequence[Query]:
    rows = f"{_SHOWN} {where.replace('state', 'stance.state')} ORDER BY stance.id DESC LIMIT 50"
    return Query(rows), Query(_CHAIN.format(where=where)), Query(_COUNT.format(where=where))


def _search(text: str) -> Sequence[Query]:
    """The words alone, looked up in the index of words: for the rows, for their chain, and to count them."""
    if connection.vendor == "postgresql":
        lookup = "SELECT id FROM claims_stance WHERE words @@ to_tsquery('simple', %s) LIMIT 10001"
        query = text.replace(" ", ":* & ") + ":*"
    else:
        lookup = "SELECT rowid FROM claims_stance_words WHERE claims_stance_words MATCH %s LIMIT 10001"
        query = text.replace(" ", "* AND ") + "*"
    where = f"WHERE id IN ({lookup})"
    rows = f"{_SHOWN} WHERE stance.id IN ({lookup}) ORDER BY stance.id DESC LIMIT 50"
    chain, count = _CHAIN.format(where=where), _COUNT.format(where=where)
    return Query(rows, [query]), Query(chain, [query]), Query(count, [query])


def _next(stance: Stance) -> Sequence[Query]:
    """The stance behind ``stance``, the one before it, its article, and what else stands there."""
    place: list[Any] = [stance.article_id, stance.content_start, stance.pk]
    seek = """
        SELECT id FROM claims_stance WHERE state = 'pending' AND (article_id, content_start, id) {sign} (%s, %s, %s)
        ORDER BY {by} LIMIT 1"""
    return (
        Query(seek.format(sign=">", by="article_id, content_start, id"), place),
        Query(seek.format(sign="<", by="article_id DESC, content_start DESC, id DESC"), place),
        Query(f"{_SHOWN} WHERE stance.id = %s", [stance.pk]),
        Query("SELECT * FROM claims_article WHERE id = %s", [stance.article_id]),
        Query("SELECT id, content_start, content_end FROM claims_stance WHERE article_id = %s", [stance.article_id]),
        Query("SELECT count(*) FROM (SELECT id FROM claims_stance WHERE state = 'pending' LIMIT 1001) AS counted"),
        # What stands with it: sources, addressees, history.
        Query("SELECT * FROM claims_chainlink WHERE stance_id = %s", [stance.pk]),
        Query("SELECT * FROM claims_addressee WHERE stance_id = %s", [stance.pk]),
        Query("SELECT * FROM claims_judgement WHERE stance_id = %s ORDER BY at DESC LIMIT 20", [stance.pk]),
    )
