"""Proposals: what a later run would change on an article that people have judged."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models import limits
from claims.models.article import Article
from claims.models.constraints import one_of
from claims.models.run import Run
from claims.models.stance import Stance


class Proposal(models.Model):
    """One addition, change or removal that a run would make; a person applies or dismisses it."""

    class Kind(models.TextChoices):
        """What the run would do."""

        ADD = "add", "add a stance"
        CHANGE = "change", "change a stance"
        DROP = "drop", "drop a stance"

    class State(models.TextChoices):
        """What people made of it."""

        OPEN = "open", "open"
        APPLIED = "applied", "applied"
        DISMISSED = "dismissed", "dismissed"

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="proposals", help_text="The article that the run read again."
    )
    stance = models.ForeignKey(
        Stance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        help_text="The stance that would change or go; empty where one would be added.",
    )
    kind = models.CharField(max_length=limits.CODE, choices=Kind.choices, help_text="What the run would do.")
    payload = models.JSONField(
        default=dict, blank=True, help_text="The stance as the run read it, in the form extraction gives."
    )
    run = models.ForeignKey(
        Run, on_delete=models.PROTECT, related_name="proposals", help_text="The run that proposes it."
    )
    state = models.CharField(
        max_length=limits.CODE,
        choices=State.choices,
        default=State.OPEN,
        help_text="Whether somebody has applied or dismissed the proposal.",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_proposals",
        help_text="Who applied or dismissed the proposal.",
    )
    decided_at = models.DateTimeField(
        null=True, blank=True, help_text="When the proposal was applied or dismissed; empty while it is open."
    )

    class Meta:
        constraints = [
            one_of("kind", ["add", "change", "drop"], name="proposal_kind_known"),
            one_of("state", ["open", "applied", "dismissed"], name="proposal_state_known"),
            models.CheckConstraint(
                condition=Q(kind="add", stance__isnull=True) | (~Q(kind="add") & Q(stance__isnull=False)),
                name="proposal_names_its_stance",
                violation_error_message="A change or removal names its stance; an addition has none.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="proposal_decided_by_somebody",
                violation_error_message="A proposal that is not open says who decided it and when.",
            ),
        ]
        indexes = [models.Index(fields=["state", "article"], name="proposal_open_first")]

    def __str__(self) -> str:
        return self.get_kind_display()
