"""Run failures: what a run could not do, and why."""

from __future__ import annotations

from django.db import models

from claims.models import limits
from claims.models.constraints import filled, lengths
from claims.models.run import Run


class RunFailure(models.Model):
    """One item that a run could not read or store. The run goes on without it."""

    run = models.ForeignKey(
        Run, on_delete=models.CASCADE, related_name="failures", help_text="The run in which it happened."
    )
    where = models.CharField(
        max_length=limits.PLACE,
        help_text="The file, line or row that could not be dealt with.",
    )
    reason = models.CharField(max_length=limits.REASON, help_text="Why it failed, in one sentence.")
    details = models.TextField(blank=True, help_text="What else is known, such as a library's own message.")
    at = models.DateTimeField(auto_now_add=True, help_text="When the run met the failure.")

    class Meta:
        constraints = [
            *lengths("runfailure", where=limits.PLACE, reason=limits.REASON, details=limits.DETAILS),
            *filled("runfailure", "where", "reason"),
        ]

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"
