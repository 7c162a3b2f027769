"""What a search finds: actors, claims, quotations and articles, each as the search page shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Actor, Alias, Article, Claim, Stance, StanceQuerySet
from claims.pages.actors import stances_by_actor
from claims.pages.cards import Card, card, card_rows, outlet_name
from claims.pages.kept import kept
from claims.pages.paging import page_of
from claims.pages.readable import Showing, readable_stances, sees_unjudged, showing
from claims.search import (
    ACTORS,
    ALIASES,
    ARTICLES,
    CLAIMS,
    STANCES,
    Bit,
    Term,
    excerpt,
    highlighted,
    matching,
)
from claims.selectors import gathered_keys, lasting_keys

#: Of each sort, the newest that can be paged through.
MOST: Final = 1_000
#: How many of each sort stand beside those of the others, and how many on a page of their own.
FEW, MANY = 5, 20
#: Other names of an actor that are shown where they have the words.
NAMES_SHOWN: Final = 4
SUGGESTED: Final = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for, by whom: words, the sort of results that is wanted ("" for all), and what narrows it."""

    request: HttpRequest
    terms: Sequence[Term]
    sort: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def stances(self) -> StanceQuerySet:
        """The stances that count: those that the visitor may see and asked for."""
        stances = readable_stances(self.request).order_by()
        return stances.pending() if showing(self.request) is Showing.UNJUDGED else stances

    def page(self, keys: Sequence[int]) -> Page[int]:
        """The page of ``keys`` to show: some of them, or the page that the address asks for."""
        return page_of(self.request, keys, MANY) if self.sort else Paginator(keys, FEW).page(1)

    def in_time(self, rows: QuerySet[Any], path: str) -> QuerySet[Any]:
        """Those of ``rows`` whose article, found by ``path``, was published on the days that are asked for."""
        if self.since:
            rows = rows.filter(**{f"{path}__gte": self.since})
        return rows.filter(**{f"{path}__lte": self.until}) if self.until else rows


@dataclass(frozen=True, slots=True)
class Section:
    """The results of one sort. ``is_cut``: there are more than can be paged through."""

    sort: str
    title: str | Promise
    page: Page[int]
    rows: list[Any]
    is_cut: bool = False

    @property
    def has_more(self) -> bool:
        """Whether there are others than those that are shown."""
        return self.page.paginator.count > len(self.page.object_list)


@dataclass(frozen=True, slots=True)
class FoundActor:
    """An actor, and those of its other names that have the words."""

    name: list[Bit]
    url: str
    kind: str
    others: list[list[Bit]]
    stances: int


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim; ``merged`` is the wording of one that was merged into it, where only that has the words."""

    text: list[Bit]
    url: str
    merged: list[Bit]
    stances: int
    judged: int


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A stance; ``printed`` is what the article calls its actor, where that has the words and the name does not."""

    card: Card
    actor: list[Bit]
    printed: list[Bit]
    quotation: list[Bit]


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article, with words of it round the first that was searched for."""

    title: list[Bit]
    url: str
    outlet: str
    published_on: dt.date
    excerpt: list[Bit]
    stances: int


def actors(asked: Asked) -> Section:
    """The actors with a name that has all the words: whose whole name it is first, then those with most stances."""
    names = named(asked.request, asked.terms)
    numbers = stances_of_actors(asked.request)
    wanted = " ".join(word for term in asked.terms for word in term.words).casefold()

    def rank(key: int) -> tuple[bool, int, int]:
        return all(name.casefold() != wanted for name in names[key]), -numbers.get(key, 0), key

    keys = sorted(names, key=rank)
    page = asked.page(keys[:MOST])
    found = Actor.objects.in_bulk(page.object_list)
    return Section(
        "actors",
        _("Actors"),
        page,
        [
            FoundActor(
                name=highlighted(found[key].name, asked.terms),
                url=reverse("actor", args=[found[key].slug]),
                kind=found[key].get_kind_display(),
                others=[
                    highlighted(name, asked.terms)
                    for name in dict.fromkeys(sorted(names[key]))
                    if name != found[key].name
                ][:NAMES_SHOWN],
                stances=numbers.get(key, 0),
            )
            for key in page.object_list
            if key in found
        ],
        is_cut=len(keys) > MOST,
    )


def named(request: HttpRequest, terms: Sequence[Term]) -> dict[int, list[str]]:
    """The names with all words of ``terms``, by the actor (key) that lasts.

    Whoever sees only some stances is told the actors only that have one of those.
    """
    rows: list[tuple[int, str]] = [
        *matching(Actor.objects.order_by(), ACTORS, terms).values_list("pk", "name"),
        *matching(Alias.objects.order_by(), ALIASES, terms).values_list("actor", "text"),
    ]
    ends = lasting_keys(Actor, (key for key, _name in rows))
    numbers = {} if sees_unjudged(request) else stances_of_actors(request)
    names: dict[int, list[str]] = {}
    for key, name in rows:
        if sees_unjudged(request) or ends[key] in numbers:
            names.setdefault(ends[key], []).append(name)
    return names


def stances_of_actors(request: HttpRequest) -> dict[int, int]:
    """How many stances that the visitor may see each actor (key) has."""
    return kept(request, "actors", lambda: stances_by_actor(readable_stances(request)))


def claims(asked: Asked) -> Section:
    """The claims of which the wording has the words, those stored last first; merged ones where they ended."""
    readable = asked.stances.select_related(None)
    rows = matching(Claim.objects.order_by(), CLAIMS, asked.terms).filter(
        Exists(readable.filter(claim=OuterRef("pk")))
        | Exists(readable.filter(claim__merged_into=OuterRef("pk")))
        | Q(merged_into__isnull=False)
    )
    texts = dict(rows.order_by("-pk").values_list("pk", "text")[: MOST + 1])
    ends = lasting_keys(Claim, texts)
    keys = list(dict.fromkeys(ends[key] for key in texts))
    members = gathered_keys(Claim, keys)
    if len(members) > len(keys) or any(key not in texts for key in keys):
        held = Claim.objects.filter(pk__in=members).filter(Exists(readable.filter(claim=OuterRef("pk"))))
        seen = {members[key] for key in held.values_list("pk", flat=True)}
        keys = [key for key in keys if key in seen]
    page = asked.page(keys[:MOST])
    shown = set(page.object_list)
    found = Claim.objects.in_bulk(page.object_list)
    numbers: dict[int, list[int]] = {key: [0, 0] for key in shown}
    counted = readable.filter(claim__in=[key for key, end in members.items() if end in shown]).values_list("claim")
    for key, number, judged in counted.annotate(
        number=Count("pk"), judged=Count("pk", filter=~Q(state=Stance.State.PENDING))
    ):
        numbers[members[key]][0] += number
        numbers[members[key]][1] += judged
    merged = {end: texts[key] for key, end in ends.items() if key != end and key in texts}
    return Section(
        "claims",
        _("Claims"),
        page,
        [
            FoundClaim(
                text=excerpt(found[key].text, asked.terms),
                url=reverse("claim", args=[key]),
                merged=excerpt(merged[key], asked.terms) if key in merged and key not in texts else [],
                stances=numbers[key][0],
                judged=numbers[key][1],
            )
            for key in page.object_list
            if key in found
        ],
        is_cut=len(texts) > MOST,
    )


def quotations(asked: Asked) -> Section:
    """The stances of which the content or the actor as printed has the words, newest first."""
    rows = matching(asked.stances.select_related(None), STANCES, asked.terms)
    days = asked.in_time(rows, "article__published_on").order_by("-pk").values_list("article__published_on", "pk")
    found = list(days[: MOST + 1])
    page = asked.page([key for _day, key in sorted(found, reverse=True)[:MOST]])
    stances = {row.pk: row for row in card_rows(asked.stances.filter(pk__in=page.object_list))}
    return Section(
        "quotations",
        _("Quotations"),
        page,
        [_quotation(stances[key], asked.terms) for key in page.object_list if key in stances],
        is_cut=len(found) > MOST,
    )


def _quotation(stance: Stance, terms: Sequence[Term]) -> FoundQuotation:
    shown = card(stance)
    actor, printed = highlighted(shown.actor.text, terms), highlighted(stance.actor_as_printed, terms)
    is_new = any(bit.is_hit for bit in printed) and not any(bit.is_hit for bit in actor)
    return FoundQuotation(
        card=shown, actor=actor, printed=printed if is_new else [], quotation=excerpt(stance.content_text, terms)
    )


def articles(asked: Asked) -> Section:
    """The articles of which headline or text has the words, newest first.

    Whoever sees only some stances finds the articles only that have one of those.
    """
    rows = matching(Article.objects.order_by(), ARTICLES, asked.terms)
    if showing(asked.request) is not Showing.ALL:
        rows = rows.filter(Exists(asked.stances.select_related(None).filter(article=OuterRef("pk"))))
    days = asked.in_time(rows, "published_on").order_by("-pk").values_list("published_on", "pk")
    found = list(days[: MOST + 1])
    page = asked.page([key for _day, key in sorted(found, reverse=True)[:MOST]])
    shown = Article.objects.select_related("outlet").in_bulk(page.object_list)
    counted = asked.stances.select_related(None).filter(article__in=page.object_list).values_list("article")
    numbers = dict(counted.annotate(number=Count("pk")))
    return Section(
        "articles",
        _("Articles"),
        page,
        [
            FoundArticle(
                title=highlighted(row.title, asked.terms),
                url=reverse("article", args=[key]),
                outlet=outlet_name(row),
                published_on=row.published_on,
                excerpt=excerpt(row.text[row.body_start :], asked.terms),
                stances=numbers.get(key, 0),
            )
            for key in page.object_list
            if (row := shown.get(key))
        ],
        is_cut=len(found) > MOST,
    )


#: The sorts of results, in the order in which they are shown.
SORTS: Final[dict[str, Callable[[Asked], Section]]] = {
    "actors": actors,
    "claims": claims,
    "quotations": quotations,
    "articles": articles,
}


def like_names(asked: Asked) -> list[str]:
    """Names of actors that are spelt almost as what was searched for, of those that begin like one of its words."""
    words = [word for term in asked.terms if not term.is_excluded for word in term.words if len(word) > 3]
    if not words:
        return []
    names: set[str] = set()
    numbers = stances_of_actors(asked.request)
    for beginning in dict.fromkeys(word[:2] for word in words[:3]):
        begun = [Term((beginning,), is_beginning=True)]
        rows: Iterable[tuple[int, str]] = [
            *matching(Actor.objects.order_by(), ACTORS, begun).values_list("pk", "name")[:MOST],
            *matching(Alias.objects.order_by(), ALIASES, begun).values_list("actor", "text")[:MOST],
        ]
        names |= {name for key, name in rows if key in numbers}
    # Each name by its words, too: who types "Puttin" means Vladimir Putin.
    spelt: dict[str, str] = {}
    for name in sorted(names):
        for part in (name, *name.split()):
            spelt.setdefault(part.casefold(), name)
    wanted = [" ".join(words).casefold(), *(word.casefold() for word in words)]
    near = [spelt[match] for word in wanted for match in get_close_matches(word, spelt, n=SUGGESTED, cutoff=0.75)]
    return list(dict.fromkeys(near))[:SUGGESTED]
