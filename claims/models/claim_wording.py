"""Claim wordings: the different words in which claims were printed, and the index by which alike ones are found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from claims.models import limits
from claims.models.article import Article
from claims.models.claim import Claim
from claims.models.constraints import filled, lengths


class ClaimWording(models.Model):
    """One wording that a run gathered into a claim; the same words always go to the same claim."""

    claim = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="wordings", help_text="The claim that the wording was put under."
    )
    text = models.CharField(max_length=limits.CLAIM_TEXT, help_text="The wording in its normal form.")
    wording_key = models.CharField(
        max_length=limits.SHA256, unique=True, editable=False, help_text="A fingerprint of the wording."
    )
    speaker = models.CharField(
        max_length=limits.PRINTED,
        blank=True,
        help_text="For whom its first actor speaks: the slug of a state or body, or the actor's name.",
    )
    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        related_name="claim_wordings",
        help_text="The first article that was read with this wording.",
    )

    class Meta:
        constraints = [
            *lengths("claimwording", text=limits.CLAIM_TEXT, speaker=limits.PRINTED),
            *filled("claimwording", "text"),
            models.CheckConstraint(
                condition=Q(wording_key__length=limits.SHA256),
                name="claimwording_key_length",
                violation_error_message="The fingerprint of a wording has 64 hexadecimal digits.",
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 120 else f"{self.text[:117]}..."


class ClaimWordingKey(models.Model):
    """One key of the index: wordings that share none are not compared."""

    wording = models.ForeignKey(
        ClaimWording,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="keys",
        help_text="The wording that has the key.",
    )
    key = models.BigIntegerField(help_text="A fingerprint of two things that the wording says.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "wording"],
                name="claimwordingkey_once",
                violation_error_message="The wording has this key already.",
            ),
        ]
        indexes = [models.Index(fields=["wording"], name="claimwordingkey_by_wording")]

    def __str__(self) -> str:
        return f"{self.key:x}"
