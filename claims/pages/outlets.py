"""Outlets: the list of them, and the page of one with the words it reports with and its articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.models import Actor, Article, Outlet, Stance, StanceQuerySet
from claims.pages.paging import page_of, query_without_page
from claims.pages.readable import may_see_unjudged, readable_stances, sees_unjudged
from claims.pages.verbs import DISTANCING, NEUTRAL, Tone, verb_of
from claims.topics.sides import ENOUGH

OUTLETS_A_PAGE = 50
ARTICLES_A_PAGE = 20
# The words are counted in so many articles at most, the newest, so that the page of a large outlet opens at once.
ARTICLES_READ = 2_000
ACTORS_SHOWN = 25
VERBS_SHOWN = 8


@dataclass(slots=True)
class Reported:
    """How often an outlet reports what an actor says with which word, and how many of these stances are judged."""

    actor: Actor | None = None
    verbs: Counter[str] = field(default_factory=Counter)
    tones: Counter[Tone] = field(default_factory=Counter)
    stances: int = 0
    judged: int = 0

    def add(self, cue: str, number: int, judged: int) -> None:
        """Count ``number`` stances with ``cue``, of which so many are ``judged``."""
        verb, tone = verb_of(cue)
        self.verbs[verb] += number
        self.tones[tone] += number
        self.stances += number
        self.judged += judged

    @property
    def neutral(self) -> int:
        """How many stances are reported with a neutral word."""
        return self.tones[Tone.NEUTRAL]

    @property
    def distancing(self) -> int:
        """How many stances are reported with a word that keeps its distance."""
        return self.tones[Tone.DISTANCING]

    @property
    def distancing_percent(self) -> int | None:
        """Distancing words among both sorts, in per cent; None where too little is judged to tell."""
        both = self.neutral + self.distancing
        return round(100 * self.distancing / both) if both and self.judged >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class VerbTable:
    """Actors with how often each of ``verbs`` reports them, in that order, and what is left besides."""

    verbs: list[tuple[str, Tone]]
    rows: list[tuple[Reported, list[int], int]]
    total: Reported


@require_safe
def outlet_list(request: HttpRequest) -> HttpResponse:
    """Show the outlets by name, with how many articles of each the visitor may open; those without are left out."""
    articles = readable_articles(request).filter(outlet=OuterRef("pk")).order_by().values("outlet")
    counted = Coalesce(Subquery(articles.annotate(total=Count("pk")).values("total")), 0)
    outlets = Outlet.objects.filter(Exists(readable_articles(request).filter(outlet=OuterRef("pk"))))
    page = page_of(request, outlets.order_by("name", "pk"), OUTLETS_A_PAGE)
    numbers = dict(
        Outlet.objects.filter(pk__in=[outlet.pk for outlet in page.object_list])
        .annotate(number=counted)
        .values_list("pk", "number")
    )
    return render(
        request,
        "pages/outlet_list.html",
        {
            "page": page,
            "outlets": [(outlet, numbers[outlet.pk]) for outlet in page.object_list],
            "query": query_without_page(request),
            "sees_unjudged": sees_unjudged(request),
            "section": "outlets",
        },
    )


@require_safe
def outlet_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one outlet. The public sees those only that have a stance for it to see."""
    outlet = get_object_or_404(Outlet, pk=pk)
    articles = readable_articles(request).filter(outlet=outlet).order_by("-published_on", "-pk")
    if not may_see_unjudged(request) and not articles.exists():
        raise Http404
    page = page_of(request, articles.defer("text"), ARTICLES_A_PAGE)
    counted = readable_stances(request).select_related(None).filter(article__in=[row.pk for row in page.object_list])
    numbers = dict(counted.order_by().values_list("article").annotate(number=Count("pk")))
    return render(
        request,
        "pages/outlet.html",
        {
            "outlet": outlet,
            "page": page,
            "articles": [(article, numbers.get(article.pk, 0)) for article in page.object_list],
            "table": verb_table(readable_stances(request), outlet),
            "articles_read": ARTICLES_READ if page.paginator.count > ARTICLES_READ else 0,
            "actors_shown": ACTORS_SHOWN,
            "neutral": ", ".join(NEUTRAL),
            "distancing": ", ".join(DISTANCING),
            "query": query_without_page(request),
            "sees_unjudged": sees_unjudged(request),
            "section": "outlets",
        },
    )


def readable_articles(request: HttpRequest) -> QuerySet[Article]:
    """The articles that the visitor may open: the public, those with a judged stance."""
    if may_see_unjudged(request):
        return Article.objects.all()
    stances = readable_stances(request).select_related(None).order_by()
    return Article.objects.filter(Exists(stances.filter(article=OuterRef("pk"))))


def verb_table(stances: StanceQuerySet, outlet: Outlet) -> VerbTable:
    """The words with which the newest articles of ``outlet`` report ``stances``; two queries."""
    newest = Article.objects.filter(outlet=outlet).order_by("-published_on", "-pk").values("pk")[:ARTICLES_READ]
    counted = (
        stances.select_related(None)
        .order_by()
        .filter(article__in=newest)
        .values_list(Coalesce("actor__merged_into", "actor"), Lower("cue_text"))
        .annotate(number=Count("pk"), judged=Count("pk", filter=~Q(state=Stance.State.PENDING)))
    )
    total = Reported()
    found: dict[int, Reported] = {}
    for actor, cue, number, judged in counted:
        total.add(cue, number, judged)
        if actor is not None:
            found.setdefault(actor, Reported()).add(cue, number, judged)
    most = sorted(found, key=lambda key: (-found[key].stances, key))[:ACTORS_SHOWN]
    for key, actor_row in Actor.objects.in_bulk(most).items():
        found[key].actor = actor_row
    # Both sorts come first, so that they can be compared; then the other words, the commonest first.
    listed = {**dict.fromkeys(NEUTRAL, Tone.NEUTRAL), **dict.fromkeys(DISTANCING, Tone.DISTANCING)}
    common = sorted(total.verbs, key=lambda verb: (-total.verbs[verb], verb))
    chosen = common[:VERBS_SHOWN] + [verb for verb in common[VERBS_SHOWN:] if listed.get(verb) is Tone.DISTANCING]
    order = list(Tone)
    verbs = sorted(
        ((verb, listed.get(verb, Tone.OTHER)) for verb in chosen),
        key=lambda each: (order.index(each[1]), -total.verbs[each[0]], each[0]),
    )
    rows = []
    for key in most:
        row = found[key]
        counts = [row.verbs[verb] for verb, _ in verbs]
        rows.append((row, counts, row.stances - sum(counts)))
    return VerbTable(verbs, rows, total)
