"""Removals from topics: which claim a person took out of which issue."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from claims.models.claim import Claim
from claims.models.topic import Topic


class ClaimTopicRemoval(models.Model):
    """The memory that a person took a claim out of a topic, so that no pattern brings it back.

    It stands beside the assignments and not among them: whoever asks for the claims of a topic needs not know of it.
    """

    claim = models.ForeignKey(
        Claim,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="topic_removals",
        help_text="The claim that does not belong to the topic.",
    )
    topic = models.ForeignKey(
        Topic,
        on_delete=models.CASCADE,
        related_name="claim_removals",
        help_text="The topic to which the claim does not belong.",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="topic_removals",
        help_text="Who took the claim out; empty where that is not known.",
    )
    at = models.DateTimeField(auto_now_add=True, help_text="When the claim was taken out.")

    class Meta:
        verbose_name = "removal from a topic"
        verbose_name_plural = "removals from topics"
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "topic"],
                name="claimtopicremoval_once",
                violation_error_message="The claim was taken out of this topic already.",
            ),
        ]

    def __str__(self) -> str:
        return f"removal of {self.at:%d %b %Y}"
