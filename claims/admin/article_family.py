"""Families of articles in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from claims.admin.base import ReadOnlyAdmin, ReadOnlyInline
from claims.models import Article, ArticleFamily


class MemberInline(ReadOnlyInline):
    """The articles of one family."""

    model = Article
    fk_name = "family"
    fields = ("title", "outlet", "published_on", "url")
    readonly_fields = fields
    ordering = ("published_on", "pk")
    verbose_name_plural = "the original and its copies"


@admin.register(ArticleFamily)
class ArticleFamilyAdmin(ReadOnlyAdmin):
    """Articles that are copies of one another."""

    list_display = ("original", "members", "created")
    list_select_related = ("original",)
    ordering = ("-pk",)
    inlines = (MemberInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleFamily]:
        """The families, with their size."""
        return super().get_queryset(request).annotate(number=Count("articles"))

    @admin.display(description="articles")
    def members(self, family: ArticleFamily) -> int:
        """How many articles the family has."""
        number: int = getattr(family, "number")  # noqa: B009 - annotated in the query
        return number
