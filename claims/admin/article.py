"""Articles in the admin: to be read, never to be written."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.article_proposals import ProposalsMixin
from claims.admin.base import ReadOnlyAdmin
from claims.admin.filters import OutletFilter, PeriodFilter
from claims.admin.marking import legend, marked
from claims.admin.upload import UploadMixin
from claims.models import Article, Proposal, Stance
from claims.pages.cards import web_address
from claims.pages.evidence import Kind, marks_of


@admin.register(Article)
class ArticleAdmin(UploadMixin, ProposalsMixin, ReadOnlyAdmin):
    """Articles, newest first; each with its text as it came and the evidence in it marked."""

    list_display = ("title", "published_on", "outlet", "number_of_stances")
    list_filter = (OutletFilter, PeriodFilter)
    list_select_related = ("outlet",)
    # Never the text: a search through all of it takes seconds.
    search_fields = ("title", "=url")
    search_help_text = "Words of the title, or the whole address"
    ordering = ("-published_on", "-pk")
    fields = (
        "title",
        "published_on",
        "outlet",
        "source",
        "stances_found",
        "proposed",
        "readable_text",
        "supersedes",
        "run",
        "sha256",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """All articles, with the number of their stances; lists don't read the texts."""
        rows: QuerySet[Article] = super().get_queryset(request)
        stances = Stance.objects.filter(article=OuterRef("pk")).order_by().values("article")
        rows = rows.annotate(stance_count=Coalesce(Subquery(stances.annotate(number=Count("pk")).values("number")), 0))
        match = request.resolver_match
        return rows.defer("text") if match and match.url_name == "claims_article_changelist" else rows

    @admin.display(description="stances")
    def number_of_stances(self, article: Any) -> SafeString:
        """How many stances the article has, as a link to them."""
        address = reverse("admin:claims_stance_changelist", query={"article": article.pk})
        return format_html('<a href="{}">{}</a>', address, article.stance_count)

    @admin.display(description="stances")
    def stances_found(self, article: Any) -> SafeString:
        """The same in words."""
        address = reverse("admin:claims_stance_changelist", query={"article": article.pk})
        noun = "stance" if article.stance_count == 1 else "stances"
        return format_html('<a href="{}">{} {}</a>', address, article.stance_count, noun)

    @admin.display(description="proposals")
    def proposed(self, article: Article) -> SafeString:
        """What later runs propose, as a link to the page where it is decided."""
        number = article.proposals.filter(state=Proposal.State.OPEN).count()
        address = reverse("admin:claims_article_proposals", args=[article.pk])
        return format_html('<a href="{}">{} open</a>', address, number)

    @admin.display(description="address")
    def source(self, article: Article) -> SafeString | str:
        """The address, as a link where it is one that a browser may follow."""
        address = web_address(article.url)
        if not address:
            return article.url
        return format_html('<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>', address)

    @admin.display(description="text")
    def readable_text(self, article: Article) -> SafeString:
        """The text, with actors, cues and contents of all stances marked that were not rejected."""
        stances = Stance.objects.visible().filter(article=article).prefetch_related("chain", "addressees")
        shown = {Kind.MENTION, Kind.CUE, Kind.CONTENT}
        marks = [mark for stance in stances for mark in marks_of(stance) if mark.kind in shown]
        text = marked(article.text, 0, len(article.text), marks)
        return format_html('<div class="article-text">{}</div>{}', text, legend())
