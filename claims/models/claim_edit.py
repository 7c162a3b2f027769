"""Claim edits: how people merged, split, moved and renamed claims."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models import limits
from claims.models.claim import Claim
from claims.models.constraints import lengths, one_of


class ClaimEdit(models.Model):
    """One change to how stances are gathered into claims, with all that is needed to undo it."""

    class Kind(models.TextChoices):
        """What was done."""

        MERGE = "merge", "merge"
        SPLIT = "split", "split"
        MOVE = "move", "move of stances"
        RENAME = "rename", "rename"

    kind = models.CharField(max_length=limits.CODE, choices=Kind.choices, help_text="What was done to the claim.")
    claim = models.ForeignKey(
        Claim,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="edits",
        help_text="The claim that was merged into another, split, renamed, or lost stances; empty once it is gone.",
    )
    other = models.ForeignKey(
        Claim,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="edits_as_other",
        help_text="The claim that took in the other, or the stances; empty for a rename, and once it is gone.",
    )
    summary = models.CharField(
        max_length=limits.NOTE, blank=True, help_text="What was done to what, in the wordings of that time."
    )
    changes = models.JSONField(
        default=list,
        blank=True,
        help_text="Each row that was changed, with its columns before and after, for the undo.",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="claim_edits",
        help_text="Who merged, split, moved or renamed.",
    )
    at = models.DateTimeField(auto_now_add=True, help_text="When it was done.")
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_claim_edits",
        help_text="Who undid it; empty while it stands.",
    )
    undone_at = models.DateTimeField(null=True, blank=True, help_text="When it was undone; empty while it stands.")

    class Meta:
        constraints = [
            *lengths("claimedit", summary=limits.NOTE),
            one_of("kind", ["merge", "split", "move", "rename"], name="claimedit_kind_known"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__gte=F("at"), undone_by__isnull=False),
                name="claimedit_undone_by_somebody",
                violation_error_message="What was undone says who undid it and when, not before it was done.",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=F("claim")),
                name="claimedit_of_two",
                violation_error_message="The other claim must be another one.",
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(kind="merge", undone_at__isnull=True),
                name="claimedit_one_standing_merge",
                violation_error_message="This claim is merged already; undo that first.",
            ),
        ]
        indexes = [models.Index(fields=["-at"], name="claimedit_newest_first")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.at:%d %b %Y}"
