"""Claim topics: which claim belongs to which issue."""

from __future__ import annotations

from django.db import models

from claims.models.claim import Claim
from claims.models.topic import Topic


class ClaimTopic(models.Model):
    """One claim's place in one topic, with who put it there."""

    claim = models.ForeignKey(
        Claim,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="claim_topics",
        help_text="The claim that belongs to the topic.",
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="claim_topics", help_text="The topic to which the claim belongs."
    )
    by_person = models.BooleanField(
        default=False, help_text="Whether a person made the assignment; the machine then never undoes it."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "topic"],
                name="claimtopic_once",
                violation_error_message="The claim belongs to this topic already.",
            ),
        ]

    def __str__(self) -> str:
        return "by a person" if self.by_person else "by pattern"
