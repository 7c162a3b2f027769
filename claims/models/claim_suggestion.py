"""Claim suggestions: pairs of claims that may be one, and pairs that people said are not."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from claims.models import limits
from claims.models.claim import Claim
from claims.models.constraints import filled, lengths, one_of
from claims.models.run import Run


class ClaimSuggestion(models.Model):
    """Two claims that a run was not sure about. A dismissed one is the memory that the two are not the same.

    The pair has no order and occurs once; runs neither suggest a known pair again nor join what people keep apart.
    """

    class State(models.TextChoices):
        """What people made of it."""

        OPEN = "open", "open"
        APPLIED = "applied", "the same: merged"
        DISMISSED = "dismissed", "not the same"

    first = models.ForeignKey(
        Claim,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="suggestions_first",
        help_text="One of the two claims, the one that was stored earlier.",
    )
    second = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="suggestions_second", help_text="The other of the two claims."
    )
    score = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text="How alike the two are to the machine, from 0 to 1; empty where a person told them apart unasked.",
    )
    reason = models.CharField(max_length=limits.REASON, help_text="Why the two may be the same, or are not.")
    run = models.ForeignKey(
        Run,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claim_suggestions",
        help_text="The run that suggests it; empty where a person told the two apart unasked.",
    )
    state = models.CharField(
        max_length=limits.CODE,
        choices=State.choices,
        default=State.OPEN,
        help_text="Whether somebody has said that the two are the same or are not.",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_claim_suggestions",
        help_text="Who said that they are, or are not.",
    )
    decided_at = models.DateTimeField(null=True, blank=True, help_text="When that was said; empty while it is open.")

    class Meta:
        constraints = [
            *lengths("claimsuggestion", reason=limits.REASON),
            *filled("claimsuggestion", "reason"),
            one_of("state", ["open", "applied", "dismissed"], name="claimsuggestion_state_known"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="claimsuggestion_in_order",
                violation_error_message="The two must be different claims, the one stored earlier first.",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0.0, score__lte=1.0),
                name="claimsuggestion_score_range",
                violation_error_message="The score is a number from 0 to 1.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="claimsuggestion_decided_by_somebody",
                violation_error_message="A suggestion that is not open says who decided it and when.",
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="claimsuggestion_once",
                violation_error_message="This pair of claims is known already.",
            ),
        ]
        indexes = [models.Index(fields=["state", "-score"], name="claimsuggestion_queue")]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.score:.2f}" if self.score is not None else self.get_state_display()
