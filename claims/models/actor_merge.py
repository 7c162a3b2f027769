"""Actor merges: what was moved when two actors turned out to be one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.actor import Actor


class ActorMerge(models.Model):
    """One merge of two actors, with all that is needed to undo it."""

    source = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="merges_out",
        help_text="The actor that was merged into another.",
    )
    target = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="merges_in",
        help_text="The actor that stays.",
    )
    moved = models.JSONField(
        default=dict,
        blank=True,
        help_text="The rows that the merge points elsewhere, for the undo, and how many rows follow them.",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="actor_merges",
        help_text="Who merged the two.",
    )
    at = models.DateTimeField(auto_now_add=True, help_text="When the two were merged.")
    undone_at = models.DateTimeField(
        null=True, blank=True, help_text="When the merge was undone; empty while it stands."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="actormerge_of_two",
                violation_error_message="An actor can't be merged into itself.",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("at")),
                name="actormerge_undone_after",
                violation_error_message="A merge can't be undone before it was made.",
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(undone_at__isnull=True),
                name="actormerge_one_standing",
                violation_error_message="This actor is merged already; undo that first.",
            ),
        ]

    def __str__(self) -> str:
        return f"merge of {self.at:%d %b %Y}"
