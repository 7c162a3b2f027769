"""Runs: one execution of import, extraction or loading each."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from claims.models import limits
from claims.models.constraints import lengths, one_of


class Run(models.Model):
    """One execution of a command that writes rows, with what it ran on, what it did and how it ended."""

    class Kind(models.TextChoices):
        """What a run does."""

        IMPORT = "import", "import of articles"
        EXTRACT = "extract", "extraction"
        LOAD = "load", "loading of fixtures"

    class State(models.TextChoices):
        """How far a run is; one that was killed stays running until somebody looks."""

        RUNNING = "running", "running"
        FINISHED = "finished", "finished"
        FAILED = "failed", "failed"
        INTERRUPTED = "interrupted", "interrupted"

    kind = models.CharField(max_length=limits.CODE, choices=Kind.choices, help_text="What the run set out to do.")
    state = models.CharField(
        max_length=limits.CODE,
        choices=State.choices,
        default=State.RUNNING,
        help_text="Whether the run goes on, came to its end, failed or was broken off.",
    )
    started = models.DateTimeField(auto_now_add=True, help_text="When the run began.")
    ended = models.DateTimeField(null=True, blank=True, help_text="When the run ended; empty while it goes on.")
    beat = models.DateTimeField(
        auto_now_add=True, help_text="When the run last gave a sign of life; one that went silent was killed."
    )
    process = models.CharField(
        max_length=limits.NAME,
        blank=True,
        help_text="The machine, the number and the start of the process that carries out the run.",
    )
    pipeline_name = models.CharField(
        max_length=limits.NAME, blank=True, help_text="The spaCy pipeline that read the articles, if one did."
    )
    pipeline_version = models.CharField(
        max_length=limits.VERSION, blank=True, help_text="The version of that pipeline."
    )
    code_version = models.CharField(
        max_length=limits.VERSION, blank=True, help_text="The version of this software that ran."
    )
    counts = models.JSONField(
        default=dict, blank=True, help_text="How many items ended in which way: imported, unchanged, failed and so on."
    )

    class Meta:
        constraints = [
            one_of("kind", ["import", "extract", "load"], name="run_kind_known"),
            one_of("state", ["running", "finished", "failed", "interrupted"], name="run_state_known"),
            *lengths(
                "run",
                process=limits.NAME,
                pipeline_name=limits.NAME,
                pipeline_version=limits.VERSION,
                code_version=limits.VERSION,
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended__isnull=True)
                | Q(~Q(state="running"), ended__isnull=False, ended__gte=F("started")),
                name="run_ended_unless_running",
                violation_error_message="A run has an end exactly when it no longer runs, and not before its start.",
            ),
        ]
        indexes = [models.Index(fields=["state", "started"], name="run_unfinished_first")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.started:%d %b %Y, %H:%M}"
