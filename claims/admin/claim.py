"""Claims in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from claims.admin.base import CuratedAdmin, user_of
from claims.admin.claim_edit import log_of
from claims.admin.claim_merging import merge_view
from claims.admin.claim_stances import stances_view
from claims.admin.claim_topic import ClaimTopicInline
from claims.admin.exchange import ExchangeMixin
from claims.exchange.resources import ClaimResource
from claims.models import Claim, ClaimSuggestion, ClaimTopic, ClaimWording, ClaimWordingKey
from claims.review import rename_claim
from claims.review.claim_locks import MERGE
from claims.topics import by_hand


@admin.register(Claim)
class ClaimAdmin(ExchangeMixin, CuratedAdmin):
    """What is said to be so, to be done or to be wanted."""

    change_form_template = "admin/claims/claim/change_form.html"
    resource_classes = (ClaimResource,)
    list_display = ("text", "first_seen", "merged_into", "curated")
    list_filter = ("curated",)
    list_select_related = ("merged_into",)
    search_fields = ("text",)
    fields = ("text", "first_seen", "merged_into", "curated", "log")
    readonly_fields = ("merged_into", "curated", "log")
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

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """What would go along with ``objs``: what the machine noted about a claim needs no permission of its own."""
        deleted, counts, lacking, protecting = super().get_deleted_objects(objs, request)
        noted = {str(model._meta.verbose_name) for model in (ClaimSuggestion, ClaimWording, ClaimWordingKey)}
        return deleted, counts, lacking - noted, protecting

    def get_urls(self) -> list[URLPattern]:
        """The addresses of all nouns, and those of merging and splitting."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:key>/merge/", wrap(self.merge_view), name="claims_claim_merge"),
            path("<int:key>/stances/", wrap(self.stances_view), name="claims_claim_stances"),
            *super().get_urls(),
        ]

    def merge_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Merge the claim into another."""
        return merge_view(self, request, key)

    def stances_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Split the claim, or move stances of it to another."""
        return stances_view(self, request, key)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The claim, with the ways to merge and split it for who may."""
        may_merge = request.user.has_perm(MERGE)
        return super().change_view(request, object_id, form_url, {"may_merge": may_merge, **(extra_context or {})})

    @admin.display(description="edits")
    def log(self, claim: Claim) -> SafeString | str:
        """The latest edits of the claim, where each can be undone."""
        return log_of(claim) if claim.pk else "–"

    def save_model(self, request: HttpRequest, obj: Claim, form: ModelForm[Any], change: bool) -> None:
        """Save the claim; a new one is found again by its wording, and another text is a rename that can be undone."""
        if not change:
            obj.wording_key = Claim.key_for(obj.text)
        elif "text" in form.changed_data:
            rename_claim(obj, obj.text, user=user_of(request))
            if set(form.changed_data) <= {"text", "version"}:
                return
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
