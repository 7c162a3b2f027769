"""Actors in the admin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Case, QuerySet, When
from django.forms import ModelForm
from django.http import HttpRequest

from claims.actors.offices import refresh
from claims.admin.alias import AliasInline
from claims.admin.base import CuratedAdmin
from claims.admin.exchange import ExchangeMixin
from claims.admin.merging import MergingMixin
from claims.admin.role import RoleInline
from claims.exchange.resources import ActorResource
from claims.models import Actor, Role


@admin.register(Actor)
class ActorAdmin(MergingMixin, ExchangeMixin, CuratedAdmin):
    """Who can hold a position, found by any name."""

    resource_classes = (ActorResource,)
    change_list_template = "admin/claims/actor/change_list.html"
    change_form_template = "admin/claims/actor/change_form.html"
    list_display = ("name", "kind", "part_of", "wikidata_id", "merged_into", "curated")
    list_filter = ("kind", "curated")
    list_select_related = ("part_of", "merged_into")
    # Names first; whoever types an alias finds the actor too.
    search_fields = ("name", "aliases__text", "merged_from__name", "=wikidata_id")
    search_help_text = "Any name of the actor, or its Wikidata id"
    autocomplete_fields = ("part_of",)
    readonly_fields = ("merged_into", "curated")
    inlines = (AliasInline, RoleInline)
    ordering = ("name", "pk")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Actor | None = None) -> dict[str, Sequence[str]]:
        """A new actor's slug follows its name; an old one's stays, since addresses and files of facts have it."""
        return {"slug": ("name",)} if obj is None else {}

    def save_model(self, request: HttpRequest, obj: Actor, form: ModelForm[Any], change: bool) -> None:
        """Save the actor as the form has it, and the merge as the row has it: somebody may just have merged it."""
        if change:
            # The form has locked the row, after ``obj`` was read.
            obj.merged_into_id = Actor.objects.values_list("merged_into", flat=True).get(pk=obj.pk)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the rows added below the form; the actor's pending stances follow a new role."""
        super().save_formset(request, form, formset, change)
        if formset.model is Role and formset.new_objects:
            refresh([form.instance.pk])

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
