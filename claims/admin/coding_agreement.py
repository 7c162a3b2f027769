"""How far the coders of a round agree, as a page of tables in the admin, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.base import BaseAdmin, user_of
from claims.admin.coding_decide import label_of
from claims.admin.quality import EXPORT
from claims.agreement import FEW, Figure, Nominal
from claims.coding import agreement_of
from claims.coding.agreement import FieldAgreement, Table
from claims.coding.permissions import require_lead
from claims.coding.queue import progress_of_units
from claims.exchange.guard import guarded
from claims.models import CodingRound

if TYPE_CHECKING:
    Base = BaseAdmin
else:
    Base = object

MEASURES: Final = ("percent", "kappa", "alpha", "exact", "overlap")
COLUMNS: Final = (
    "between",
    "coders",
    "field",
    "units",
    "pairs",
    "same",
    *(f"{measure}{part}" for measure in MEASURES for part in ("", "_low", "_high")),
)


class CodingAgreementMixin(Base):
    """The page of a round's agreement, for who leads."""

    def get_urls(self) -> list[Any]:
        """The page's addresses and the others'."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/agreement/", wrap(require_safe(self.agreement)), name="claims_codinground_agreement"),
            path(
                "<int:pk>/agreement.<slug:form>",
                wrap(require_safe(self.agreement_file)),
                name="claims_codinground_agreement_file",
            ),
            *super().get_urls(),
        ]

    def agreement(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the tables. Raises ``PermissionDenied`` for who may not lead."""
        require_lead(user_of(request))
        coding_round = get_object_or_404(CodingRound, pk=pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media + Media(css={"all": ("claims/quality.css", "claims/coding.css")}),
            "title": _("Agreement"),
            "round": coding_round,
            "progress": progress_of_units(coding_round),
            "tables": [_shown(table) for table in agreement_of(coding_round)],
            "few": FEW,
            "may_export": request.user.has_perm(EXPORT),
        }
        return TemplateResponse(request, "admin/claims/codinground/agreement.html", context)

    def agreement_file(self, request: HttpRequest, pk: int, form: str) -> HttpResponse | StreamingHttpResponse:
        """The tables as a file. Raises ``PermissionDenied`` for who may not both lead and export, else ``Http404``."""
        require_lead(user_of(request))
        if not request.user.has_perm(EXPORT):
            raise PermissionDenied
        if form not in ("csv", "json"):
            raise Http404(f"There is no form {form!r}.")
        coding_round = get_object_or_404(CodingRound, pk=pk)
        lines = [_line(table, row) for table in agreement_of(coding_round) for row in table.rows]
        response: HttpResponse | StreamingHttpResponse
        if form == "json":
            response = JsonResponse(
                {
                    "round": coding_round.name,
                    "seed": coding_round.seed,
                    "filters": coding_round.filters,
                    "blind_to_machine": coding_round.blind_to_machine,
                    "stances": coding_round.units.count(),
                    "fewest_units": FEW,
                    "agreement": lines,
                },
                json_dumps_params={"indent": 1},
            )
        else:
            response = StreamingHttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="agreement-{coding_round.pk}.{form}"'
        return response


def _shown(table: Table) -> dict[str, Any]:
    """A table with its title, values and words apart: they have other measures."""
    names = [_("the machine") if table.with_machine and name == table.names[-1] else name for name in table.names]
    return {
        "title": _(" and ").join([", ".join(names[:-1]), names[-1]]),
        "with_machine": table.with_machine,
        "values": [(label_of(row.field), row.found) for row in table.rows if not row.is_span],
        "words": [(label_of(row.field), row.found) for row in table.rows if row.is_span],
    }


def _line(table: Table, row: FieldAgreement) -> dict[str, Any]:
    """The values of ``COLUMNS``; figures of too few units are None."""
    found = row.found
    line: dict[str, Any] = {
        "between": "people and machine" if table.with_machine else "people",
        "coders": list(table.names),
        "field": row.field,
        "units": found.units,
        "pairs": found.pairs,
        "same": found.same,
    }
    own = ("percent", "kappa", "alpha") if isinstance(found, Nominal) else ("exact", "overlap")
    for measure in MEASURES:
        figure: Figure = getattr(found, measure) if measure in own and found.is_enough else Figure()
        for part, value in zip(("", "_low", "_high"), figure, strict=True):
            line[f"{measure}{part}"] = None if value is None else round(value, 4)
    return line


def _csv(lines: list[dict[str, Any]]) -> Iterator[str]:
    for cells in (COLUMNS, *([*line.values()] for line in lines)):
        text = io.StringIO()
        csv.writer(text).writerow([guarded("; ".join(cell) if isinstance(cell, list) else cell) for cell in cells])
        yield text.getvalue()
