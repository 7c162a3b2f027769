"""Actor distinctions: pairs of actors that somebody said are not the same."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models import limits
from claims.models.actor import Actor
from claims.models.constraints import lengths


class ActorDistinction(models.Model):
    """The memory that two actors are not the same, so that nobody is asked again. The pair has no order."""

    first = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="distinctions_first",
        help_text="One of the two actors, the one that was stored earlier.",
    )
    second = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="distinctions_second", help_text="The other of the two actors."
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="actor_distinctions",
        help_text="Who told the two apart.",
    )
    at = models.DateTimeField(auto_now_add=True, help_text="When the two were told apart.")
    note = models.CharField(max_length=limits.REASON, blank=True, help_text="How the two can be told apart.")

    class Meta:
        constraints = [
            *lengths("actordistinction", note=limits.REASON),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="actordistinction_in_order",
                violation_error_message="The two must be different actors, the one stored earlier first.",
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="actordistinction_once",
                violation_error_message="The two have been told apart already.",
            ),
        ]

    def __str__(self) -> str:
        return f"distinction of {self.at:%d %b %Y}"
