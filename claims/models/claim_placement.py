"""Claim placements: which claim a person put a stance under."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from claims.models import limits
from claims.models.article import Article
from claims.models.claim import Claim
from claims.models.constraints import filled, lengths, offsets


class ClaimPlacement(models.Model):
    """A person's word that a passage belongs to a claim.

    It names the passage and not the row of the stance, since a newer run replaces the rows of stances that nobody has
    judged; whatever run reads the passage, its stance goes to this claim.
    """

    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="claim_placements",
        help_text="The article in which the passage stands.",
    )
    content_start = models.PositiveIntegerField(help_text="The offset in the text at which the content starts.")
    content_end = models.PositiveIntegerField(help_text="The offset in the text after the content's last character.")
    cue_start = models.PositiveIntegerField(help_text="The offset in the text at which the cue starts.")
    cue_end = models.PositiveIntegerField(help_text="The offset in the text after the cue's last character.")
    actor_as_printed = models.CharField(
        max_length=limits.PRINTED, help_text="The stance's actor in the article's words."
    )
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="placements", help_text="The claim that the passage belongs to."
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="claim_placements",
        help_text="Who put the passage there.",
    )
    at = models.DateTimeField(help_text="When it was said.")

    class Meta:
        constraints = [
            *lengths("claimplacement", actor_as_printed=limits.PRINTED),
            *filled("claimplacement", "actor_as_printed"),
            offsets("claimplacement", "content"),
            offsets("claimplacement", "cue"),
            models.UniqueConstraint(
                fields=["article", "content_start", "content_end", "cue_start", "cue_end", "actor_as_printed"],
                name="claimplacement_natural_key",
                violation_error_message="Somebody has placed this stance already.",
            ),
        ]

    def __str__(self) -> str:
        return f"placement of {self.at:%d %b %Y}"
