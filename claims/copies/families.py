"""Articles into families of copies, at a cost that does not grow with the store.

A new article is compared with those only that share a band of its sketch, which an index finds; the likeliest of them
are then compared shingle by shingle. A text that says nothing new gets no bands of its own, so that a story that was
copied a thousand times is compared with once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, Count, IntegerField, Value, When

from claims.copies.sketch import SAME, SCHEME, bands, likeness, shingles
from claims.models import Article, ArticleBand, ArticleFamily

#: An article is compared with so many others at most, those with most bands in common.
MOST_COMPARED = 20
#: Where a story and its copies are of the same day, the agency's own is the original.
WIRES = (
    "reuters.com",
    "apnews.com",
    "afp.com",
    "dpa.com",
    "bloomberg.com",
    "upi.com",
    "tass.com",
    "interfax.com",
    "xinhuanet.com",
    "kyodonews.net",
    "yna.co.kr",
    "ukrinform.net",
    "aa.com.tr",
    "ansa.it",
    "efe.com",
)
#: The number of the lock that makes imports look for copies one after the other on PostgreSQL.
LOCK = 7_302_411


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of one article (key) is compared."""

    article: int
    shingles: frozenset[str]
    bands: Sequence[int]


def sketches(articles: Sequence[int]) -> list[Sketch]:
    """The sketches of those of ``articles`` (keys) that were not compared yet: what takes time, and needs no lock."""
    rows = Article.objects.filter(pk__in=articles, sketch_scheme__lt=SCHEME).order_by("pk")
    found = []
    for pk, text, body_start in rows.values_list("pk", "text", "body_start"):
        of = shingles(text[body_start:])
        found.append(Sketch(pk, of, bands(of)))
    return found


def join(found: Sequence[Sketch]) -> int:
    """Put each article of ``found`` into the family of its copies, if it has any; gives how many have one.

    Must run within a transaction. Two that run at the same time would not see each other's articles, so the second
    waits: on PostgreSQL for a lock of its own, on SQLite for its turn to write.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    still_new = set(
        Article.objects.filter(pk__in=[each.article for each in found], sketch_scheme__lt=SCHEME).values_list(
            "pk", flat=True
        )
    )
    return sum(_place(each) for each in found if each.article in still_new)


def _place(sketch: Sketch) -> bool:
    copies = _copies_of(sketch)
    ArticleBand.objects.filter(article=sketch.article).delete()
    if all(alike < SAME for _, _, alike in copies):
        ArticleBand.objects.bulk_create(ArticleBand(key=key, article_id=sketch.article) for key in set(sketch.bands))
    Article.objects.filter(pk=sketch.article).update(sketch_scheme=SCHEME)
    if copies:
        _unite(sketch.article, copies)
    return bool(copies)


def _copies_of(sketch: Sketch) -> list[tuple[int, int | None, float]]:
    """The copies that are stored: key, family, and how alike they are."""
    sharing = (
        ArticleBand.objects.filter(key__in=sketch.bands)
        .exclude(article=sketch.article)
        .values("article")
        .annotate(number=Count("pk"))
        .order_by("-number", "article")
        .values_list("article", flat=True)[:MOST_COMPARED]
    )
    rows = Article.objects.filter(pk__in=list(sharing)).order_by("pk")
    found: list[tuple[int, int | None, float]] = []
    for pk, text, body_start, family in rows.values_list("pk", "text", "body_start", "family"):
        alike = likeness(sketch.shingles, shingles(text[body_start:]))
        if alike.is_copy:
            found.append((pk, family, alike.jaccard))
    return found


def _unite(article: int, copies: Sequence[tuple[int, int | None, float]]) -> None:
    own = Article.objects.values_list("family", flat=True).get(pk=article)
    families = sorted({family for family in (own, *(each for _, each, _ in copies)) if family is not None})
    if families:
        family = ArticleFamily.objects.get(pk=families[0])
        Article.objects.filter(family__in=families[1:]).update(family=family)
        ArticleFamily.objects.filter(pk__in=families[1:]).delete()
    else:
        family = ArticleFamily.objects.create(original_id=article)
    Article.objects.filter(pk__in=[article, *(pk for pk, _, _ in copies)]).update(family=family)
    family.original = _earliest(family)
    family.save(update_fields=["original"])


def _earliest(family: ArticleFamily) -> Article:
    """The member that was published first; of several of that day the agency's own, then the one that came in first."""
    is_wire = Case(When(outlet__domain__in=WIRES, then=Value(0)), default=Value(1), output_field=IntegerField())
    return family.articles.order_by("published_on", is_wire, "pk")[0]
