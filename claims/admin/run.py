"""Runs in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin
from claims.models import Run


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    """What imports and extractions did."""

    list_display = ("kind", "state", "started", "ended", "pipeline_name", "pipeline_version", "summary")
    list_filter = ("kind", "state")
    ordering = ("-started", "-pk")
    fields = (
        "kind",
        "state",
        "started",
        "ended",
        "pipeline_name",
        "pipeline_version",
        "code_version",
        "summary",
        "what_failed",
    )

    @admin.display(description="counts")
    def summary(self, run: Run) -> str:
        """How many items ended in which way."""
        if not run.counts:
            return "–"
        return "; ".join(f"{name} {count:,}" for name, count in run.counts.items())

    @admin.display(description="failures")
    def what_failed(self, run: Run) -> SafeString | str:
        """The number of failures, as a link to them."""
        number = run.failures.count()
        if not number:
            return "none"
        address = reverse("admin:claims_runfailure_changelist", query={"run__id__exact": run.pk})
        return format_html('<a href="{}">{}</a>', address, number)
