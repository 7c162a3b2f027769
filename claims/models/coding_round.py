"""Coding rounds: stances that several people code independently of each other."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from claims.models import limits
from claims.models.constraints import filled, lengths


class CodingRound(models.Model):
    """A sample of stances and the people who code each of them, blind to one another."""

    name = models.CharField(max_length=limits.NAME, unique=True, help_text="What the round is called.")
    instructions = models.TextField(blank=True, help_text="What the coders are told above each stance.")
    filters = models.CharField(
        max_length=limits.URL,
        blank=True,
        help_text="The filters of the list of stances that the sample was drawn within.",
    )
    seed = models.PositiveIntegerField(help_text="What the random sample and the intervals of its figures start from.")
    blind_to_machine = models.BooleanField(
        default=True,
        help_text="Whether the coders see nothing of what the machine read but cue and content.",
    )
    coders = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="coding_rounds", help_text="Who codes each stance of the round."
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="created_coding_rounds",
        help_text="Who made the round.",
    )
    created = models.DateTimeField(auto_now_add=True, help_text="When the round was made.")
    assigned = models.DateTimeField(
        null=True, blank=True, help_text="When all its stances were assigned; until then nobody codes."
    )
    closed = models.DateTimeField(
        null=True, blank=True, help_text="When coding ended; what is not coded by then stays so."
    )

    class Meta:
        constraints = [
            *lengths(
                "codinground",
                name=limits.NAME,
                instructions=limits.DESCRIPTION,
                filters=limits.URL,
            ),
            *filled("codinground", "name"),
        ]
        permissions = [
            ("code_stance", "Can code the stances assigned to them in coding rounds"),
            ("lead_codinground", "Can make coding rounds, decide them and see how far coders agree"),
        ]

    def __str__(self) -> str:
        return self.name
