"""Coding units: the stances of a coding round."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.coding_round import CodingRound
from claims.models.constraints import offsets
from claims.models.stance import Stance


class CodingUnit(models.Model):
    """One stance of a round, with the passage that its coders are shown, whatever becomes of the stance meanwhile."""

    round = models.ForeignKey(
        CodingRound,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="units",
        help_text="The round that the stance was drawn for.",
    )
    stance = models.ForeignKey(
        Stance, on_delete=models.PROTECT, related_name="coding_units", help_text="The stance to be coded."
    )
    order = models.PositiveIntegerField(help_text="The place in the round, counted from 1.")
    cue_start = models.PositiveIntegerField(help_text="The offset in the text at which the cue shown starts.")
    cue_end = models.PositiveIntegerField(help_text="The offset in the text after the last character of the cue shown.")
    content_start = models.PositiveIntegerField(help_text="The offset in the text at which the content shown starts.")
    content_end = models.PositiveIntegerField(
        help_text="The offset in the text after the last character of the content shown."
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_coding_units",
        help_text="Who decided what holds, the codings at hand.",
    )
    decided_at = models.DateTimeField(null=True, blank=True, help_text="When that was decided.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "order"],
                name="codingunit_one_a_place",
                violation_error_message="The round has a stance at this place already.",
            ),
            models.UniqueConstraint(
                fields=["round", "stance"],
                name="codingunit_once",
                violation_error_message="The round has this stance already.",
            ),
            offsets("codingunit", "cue"),
            offsets("codingunit", "content"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="codingunit_decided_by_somebody",
                violation_error_message="What is decided says by whom and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order:,} of {self.round}"
