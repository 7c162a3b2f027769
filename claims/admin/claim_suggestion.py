"""Suggestions that two claims are one, in the admin: the queue, and the page that decides one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, user_of
from claims.admin.claim_side import side_of
from claims.admin.claim_tools import as_seen, attempt, page, require_merge
from claims.admin.marking import legend
from claims.models import Claim, ClaimSuggestion
from claims.review import apply_suggestion, dismiss_suggestion, reopen_suggestion
from claims.review.claim_locks import MERGE
from claims.review.decide_suggestion import pair_of


@admin.register(ClaimSuggestion)
class ClaimSuggestionAdmin(ReadOnlyAdmin):
    """Pairs of claims that may be one, the likeliest first."""

    change_list_template = "admin/claims/claimsuggestion/change_list.html"
    list_display = ("first", "second", "decide", "score_in_short", "reason", "state", "decided_by")
    list_filter = ("state",)
    list_select_related = ("first", "second", "decided_by")
    fields = ("first", "second", "score", "reason", "run", "state", "decided_by", "decided_at", "decide")
    readonly_fields = ("decide",)

    def get_ordering(self, request: HttpRequest) -> Any:
        """The likeliest first; those without a score, which people made, last."""
        return (F("score").desc(nulls_last=True), "pk")

    @admin.display(description="score")
    def score_in_short(self, row: ClaimSuggestion) -> str:
        """The score with two digits."""
        return "–" if row.score is None else f"{row.score:.2f}"

    @admin.display(description="both side by side")
    def decide(self, row: ClaimSuggestion) -> SafeString:
        """The way to the page that shows both."""
        return format_html('<a href="{}">Compare</a>', _address(row))

    def get_urls(self) -> list[URLPattern]:
        """The addresses of all nouns, and those of the queue."""
        wrap = self.admin_site.admin_view
        return [
            path("queue/", wrap(self.queue_view), name="claims_claimsuggestion_queue"),
            path("<int:key>/decide/", wrap(self.decide_view), name="claims_claimsuggestion_decide"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with the way into the queue for who may decide."""
        return super().changelist_view(request, {"may_decide": request.user.has_perm(MERGE), **(extra_context or {})})

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """Lead to the likeliest open suggestion. Raises ``PermissionDenied`` for who may not decide."""
        require_merge(request)
        return self._to_next(request, None)

    def decide_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show both claims (GET) and decide (POST). Raises ``PermissionDenied`` for who may not decide."""
        require_merge(request)
        row = get_object_or_404(ClaimSuggestion.objects.select_related("run", "decided_by"), pk=key)
        if request.method == "POST":
            return self._decided(request, row)
        one, other = pair_of(row)
        claims = {claim.pk: claim for claim in Claim.objects.filter(pk__in=[one, other])}
        context = {
            "suggestion": row,
            "sides": [side_of(claims[pk]) for pk in dict.fromkeys((one, other))],
            "is_one": one == other,
            "legend": legend(),
            "open": _open().count(),
        }
        return page(self, request, "claimsuggestion/decide", "Do these two claims say the same?", context)

    def _decided(self, request: HttpRequest, row: ClaimSuggestion) -> HttpResponse:
        user = user_of(request)
        if "_later" in request.POST:
            return self._to_next(request, row)
        if "_reopen" in request.POST:
            attempt(request, lambda: reopen_suggestion(row, user=user))
            return HttpResponseRedirect(_address(row))
        if "_not_same" in request.POST:
            done = attempt(request, lambda: dismiss_suggestion(row, user=user)) is not None
            text = "Kept apart. No run will suggest or join the two."
        else:
            done, text = self._merged(request, row)
        if not done:
            return HttpResponseRedirect(_address(row))
        messages.success(request, text)
        return self._to_next(request, row)

    def _merged(self, request: HttpRequest, row: ClaimSuggestion) -> tuple[bool, str]:
        kept = request.POST.get("_same", "")
        claims = [
            as_seen(claim, request.POST.get(f"version_{claim.pk}"))
            for claim in Claim.objects.filter(pk__in=pair_of(row)).order_by("pk")
        ]
        targets = [claim for claim in claims if str(claim.pk) == kept]
        sources = [claim for claim in claims if str(claim.pk) != kept]
        if not targets or not sources:
            messages.error(request, "The two are merged by now, or others than you saw.")
            return False, ""
        edit = attempt(request, lambda: apply_suggestion(row, sources[0], targets[0], user=user_of(request)))
        return edit is not None, f"Merged {edit.summary}." if edit else ""

    def _to_next(self, request: HttpRequest, row: ClaimSuggestion | None) -> HttpResponse:
        """Lead to the suggestion after ``row`` in the queue, None for the first; at its end to the list."""
        rows = _open()
        if row is not None:
            here = row.score or 0.0
            rows = rows.filter(Q(likeliness__lt=here) | Q(likeliness=here, pk__gt=row.pk))
        following = rows.first()
        if following is None:
            messages.info(request, "That was the last suggestion in the queue." if row else "No suggestion is open.")
            return HttpResponseRedirect(reverse("admin:claims_claimsuggestion_changelist"))
        return HttpResponseRedirect(_address(following))


def _open() -> QuerySet[ClaimSuggestion]:
    # One that a person made by a split, and that was opened again, has no score.
    rows = ClaimSuggestion.objects.filter(state=ClaimSuggestion.State.OPEN)
    return rows.annotate(likeliness=Coalesce("score", 0.0)).order_by("-likeliness", "pk")


def _address(row: ClaimSuggestion) -> str:
    return reverse("admin:claims_claimsuggestion_decide", args=[row.pk])
