"""Claims in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from claims.admin.base import CuratedAdmin, user_of
from claims.admin.claim_topic import ClaimTopicInline
from claims.admin.exchange import ExchangeMixin
from claims.exchange.resources import ClaimResource
from claims.models import Claim, ClaimTopic
from claims.topics import by_hand


@admin.register(Claim)
class ClaimAdmin(ExchangeMixin, CuratedAdmin):
    """What is said to be so, to be done or to be wanted."""

    resource_classes = (ClaimResource,)
    list_display = ("text", "first_seen", "merged_into", "curated")
    list_filter = ("curated",)
    list_select_related = ("merged_into",)
    search_fields = ("text",)
    fields = ("text", "first_seen", "merged_into", "curated")
    readonly_fields = ("merged_into", "curated")
    inlines = (ClaimTopicInline,)
    ordering = ("-pk",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Claim], search_term: str
    ) -> tuple[QuerySet[Claim], bool]:
        """The claims found; where one is to be chosen, those that were merged into others are left out."""
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if request.path.endswith("/autocomplete/"):
            found = found.filter(merged_into=None)
        return found, may_have_duplicates

    def save_model(self, request: HttpRequest, obj: Claim, form: ModelForm[Any], change: bool) -> None:
        """Save the claim; a new one is found again by its wording."""
        if not change:
            obj.wording_key = Claim.key_for(obj.text)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save what a person puts into topics and takes out of them so that the machine leaves it at that."""
        if formset.model is not ClaimTopic:
            super().save_formset(request, form, formset, change)
            return
        for row in formset.save(commit=False):
            by_hand.put_in(row)
        for row in formset.deleted_objects:
            by_hand.take_out(row, user_of(request))
