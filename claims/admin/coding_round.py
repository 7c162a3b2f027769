"""Coding rounds in the admin: to their coders the way to code, to who leads how far each is."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.admin.base import ReadOnlyAdmin, user_of
from claims.admin.coding_agreement import CodingAgreementMixin
from claims.admin.coding_decide import CodingDecideMixin
from claims.admin.coding_desk import CodingDeskMixin
from claims.coding import LEAD
from claims.coding.queue import assigned_to, progress_by_coder, progress_of, progress_of_units
from claims.models import Coding, CodingRound


@admin.register(CodingRound)
class CodingRoundAdmin(CodingAgreementMixin, CodingDecideMixin, CodingDeskMixin, ReadOnlyAdmin):
    """The rounds that one codes in; to who leads, all of them."""

    list_display = ("name", "state", "own_part", "created", "created_by")
    list_select_related = ("created_by",)
    ordering = ("-pk",)
    fields = ("name", "instructions", "blind_to_machine", "filters", "seed", "created_by", "created", "closed")
    readonly_fields = fields
    change_form_template = "admin/claims/codinground/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[CodingRound]:
        """One's own rounds; all of them for who leads."""
        rows: QuerySet[CodingRound] = super().get_queryset(request)
        if not request.user.has_perm(LEAD):
            rows = rows.filter(coders=request.user.pk, assigned__isnull=False)
        own = Coding.objects.filter(unit__round=OuterRef("pk"), coder=request.user.pk).order_by().values("unit__round")
        return rows.annotate(
            own_assigned=Subquery(own.annotate(number=Count("pk")).values("number")),
            own_coded=Subquery(own.annotate(number=Count("pk", filter=~Q(verdict=""))).values("number")),
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The round: one's own part, and to who leads everybody's."""
        coding_round = self.get_object(request, object_id)
        context: dict[str, Any] = {"title": _("Coding round"), "subtitle": str(coding_round or "")}
        if coding_round is not None and self.has_view_permission(request, coding_round):
            own = progress_of(assigned_to(user_of(request), coding_round))
            context |= {"round": coding_round, "own": own if own.assigned else None}
            if request.user.has_perm(LEAD):
                coders = progress_by_coder(coding_round)
                context |= {
                    "leads": True,
                    "coders": coders,
                    "units": progress_of_units(coding_round),
                    "may_discard": not any(progress.coded for _coder, progress in coders),
                }
        response: HttpResponse = super().change_view(request, object_id, form_url, context | (extra_context or {}))
        return response

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All of them to who leads; a filter by act or actor would tell coders what the machine read."""
        return self.fields if request.user.has_perm(LEAD) else [name for name in self.fields if name != "filters"]

    @admin.display(description="state")
    def state(self, coding_round: CodingRound) -> str:
        """Whether it can be coded in."""
        if coding_round.assigned is None:
            return _("being assigned")
        return _("closed") if coding_round.closed else _("open")

    @admin.display(description="your part")
    def own_part(self, coding_round: Any) -> SafeString | str:
        """How much of one's own is coded, with the way to the rest."""
        if not coding_round.own_assigned or coding_round.assigned is None:
            return "–"
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:claims_codinground_code", args=[coding_round.pk]),
            _("%(coded)s of %(assigned)s coded")
            % {"coded": f"{coding_round.own_coded:,}", "assigned": f"{coding_round.own_assigned:,}"},
        )
