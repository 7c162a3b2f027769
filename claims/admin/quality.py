"""How well the machine reads, as a page of tables in the admin and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.base import BaseAdmin
from claims.evaluation.reliability import Band
from claims.exchange.guard import guarded
from claims.quality.judged import By, overall, precision_by, reliability_of_confidence
from claims.quality.precision import FEW, Tally
from claims.review.decide import PERMISSION

if TYPE_CHECKING:
    Base = BaseAdmin
else:
    Base = object

#: Rows of a table on the page, and bars of its chart; the file has up to ``MOST``.
SHOWN = 25
EXPORT = "claims.export_stance"
CONFIDENCE = "confidence"
TALLY_COLUMNS = (
    "judged",
    "accepted",
    "corrected",
    "rejected",
    "strict",
    "strict_low",
    "strict_high",
    "lenient",
    "lenient_low",
    "lenient_high",
)


class QualityMixin(Base):
    """The page beside the list of stances, for those who judge."""

    def get_urls(self) -> list[URLPattern]:
        """The page's addresses and the list's."""
        wrap = self.admin_site.admin_view
        return [
            path("quality/", wrap(require_safe(self.quality)), name="claims_stance_quality"),
            path("quality/<slug:table>.csv", wrap(require_safe(self.quality_csv)), name="claims_stance_quality_csv"),
            *super().get_urls(),
        ]

    def quality(self, request: HttpRequest) -> HttpResponse:
        """Show the tables. Raises ``PermissionDenied`` for who may not judge."""
        _require(request, PERMISSION)
        found = reliability_of_confidence()
        total = overall()
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media + Media(css={"all": ("claims/quality.css",)}),
            "title": _("Quality"),
            "total": total,
            "tables": [
                (by, _titles()[by], [(name or _("not known"), tally) for name, tally in precision_by(by, most=SHOWN)])
                for by in By
            ],
            "most": SHOWN,
            "few": FEW,
            "bands": [(_band(band), round(100 * band.confidence), tally) for band, tally in found.bands],
            "error": f"{100 * found.error:.1f}",
            "may_export": request.user.has_perm(EXPORT),
        }
        return TemplateResponse(request, "admin/claims/stance/quality.html", context)

    def quality_csv(self, request: HttpRequest, table: str) -> StreamingHttpResponse:
        """One of the tables. Raises ``PermissionDenied`` for who may not both judge and export, else ``Http404``."""
        _require(request, PERMISSION)
        _require(request, EXPORT)
        if table == CONFIDENCE:
            rows = [
                (f"{band.low}-{band.high}", round(band.confidence, 4), *_cells(tally))
                for band, tally in reliability_of_confidence().bands
            ]
            lines = _csv(["confidence", "mean_confidence", *TALLY_COLUMNS], rows)
        elif table in set(By):
            lines = _csv([table, *TALLY_COLUMNS], [(name, *_cells(tally)) for name, tally in precision_by(By(table))])
        else:
            raise Http404(f"There is no table {table!r}.")
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="quality-{table}.csv"'
        return response


def _titles() -> dict[By, str]:
    return {By.ACT: _("Act"), By.CUE: _("Cue"), By.OUTLET: _("Outlet"), By.PIPELINE: _("Pipeline")}


def _require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _band(band: Band) -> str:
    return f"{100 * band.low:.0f}–{100 * band.high:.0f} %"


def _cells(tally: Tally) -> list[object]:
    """The values of ``TALLY_COLUMNS``; shares of too few are empty."""
    cells: list[object] = [tally.judged, *tally]
    for each in (tally.strict, tally.lenient):
        cells += [round(number, 4) for number in (each.value, *each.interval)] if each else ["", "", ""]
    return cells


def _csv(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    for row in (head, *rows):
        line = io.StringIO()
        csv.writer(line).writerow([guarded(cell) for cell in row])
        yield line.getvalue()
