"""Actors in the admin."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import admin
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest

from claims.admin.alias import AliasInline
from claims.admin.base import CuratedAdmin
from claims.admin.exchange import ExchangeMixin
from claims.admin.role import RoleInline
from claims.exchange.resources import ActorResource
from claims.models import Actor


@admin.register(Actor)
class ActorAdmin(ExchangeMixin, CuratedAdmin):
    """Who can hold a position, found by any name."""

    resource_classes = (ActorResource,)
    list_display = ("name", "kind", "part_of", "wikidata_id", "merged_into", "curated")
    list_filter = ("kind", "curated")
    list_select_related = ("part_of", "merged_into")
    # Names first; whoever types an alias finds the actor too.
    search_fields = ("name", "aliases__text", "=wikidata_id")
    search_help_text = "Any name of the actor, or its Wikidata id"
    autocomplete_fields = ("part_of",)
    readonly_fields = ("merged_into", "curated")
    inlines = (AliasInline, RoleInline)
    ordering = ("name", "pk")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Actor | None = None) -> dict[str, Sequence[str]]:
        """A new actor's slug follows its name; an old one's stays, since addresses and files of facts have it."""
        return {"slug": ("name",)} if obj is None else {}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Actor], search_term: str
    ) -> tuple[QuerySet[Actor], bool]:
        """The actors found; where one is to be chosen, none that was merged, and the likeliest name first."""
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if request.path.endswith("/autocomplete/"):
            nearness = Case(
                When(name__iexact=search_term, then=0), When(name__istartswith=search_term, then=1), default=2
            )
            found = found.filter(merged_into=None).order_by(nearness, "name", "pk")
        return found, may_have_duplicates
