"""Changes of position: where an actor took the opposite of what it had taken before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models import limits
from claims.models.actor import Actor
from claims.models.article import Article
from claims.models.claim import Claim
from claims.models.constraints import lengths
from claims.models.stance import Stance
from claims.models.topic import Topic


class PositionChange(models.Model):
    """One change, with the two stances that show it; a person can dismiss it with a reason.

    A run finds it again by whose it is, what it is about and its two articles, so that what was dismissed stays so
    whatever becomes of the stances.
    """

    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="position_changes",
        help_text="Whose position changed; others may have spoken for it.",
    )
    claim = models.ForeignKey(
        Claim,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="position_changes",
        help_text="The claim on which the position changed; empty where it is the target of a topic.",
    )
    topic = models.ForeignKey(
        Topic,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="position_changes",
        help_text="The topic on a target of which the side changed; empty where it is a claim.",
    )
    target = models.CharField(
        max_length=limits.NAME,
        blank=True,
        help_text="The words that the target has in common in both stances; empty where it is a claim.",
    )
    earlier = models.ForeignKey(
        Stance,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="changes_after",
        help_text="The stance before the change; empty where a later run no longer found it.",
    )
    later = models.ForeignKey(
        Stance,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="changes_before",
        help_text="The stance after the change; empty where a later run no longer found it.",
    )
    earlier_article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        related_name="changes_after",
        help_text="The article that prints the stance before the change.",
    )
    later_article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        related_name="changes_before",
        help_text="The article that prints the stance after the change.",
    )
    earlier_position = models.CharField(
        max_length=limits.CODE, help_text="The position or side that was taken before the change."
    )
    later_position = models.CharField(
        max_length=limits.CODE, help_text="The position or side that was taken after the change."
    )
    earlier_on = models.DateField(help_text="The day of the stance before the change.")
    later_on = models.DateField(help_text="The day of the stance after the change.")
    found_at = models.DateTimeField(auto_now_add=True, help_text="When the change was found.")
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dismissed_changes",
        help_text="Who said that this is no change; empty while nobody did.",
    )
    dismissed_at = models.DateTimeField(null=True, blank=True, help_text="When the change was dismissed.")
    reason = models.CharField(
        max_length=limits.REASON, blank=True, help_text="Why it is no change, in that person's words."
    )

    class Meta:
        verbose_name = "change of position"
        verbose_name_plural = "changes of position"
        constraints = [
            *lengths(
                "positionchange",
                target=limits.NAME,
                earlier_position=limits.CODE,
                later_position=limits.CODE,
                reason=limits.REASON,
            ),
            models.CheckConstraint(
                condition=Q(claim__isnull=False, topic__isnull=True, target="")
                | (Q(claim__isnull=True, topic__isnull=False) & ~Q(target="")),
                name="positionchange_on_one_thing",
                violation_error_message="A change is on a claim, or on a target of a topic.",
            ),
            models.CheckConstraint(
                condition=Q(earlier_on__lt=F("later_on")),
                name="positionchange_in_order",
                violation_error_message="The earlier stance must be of an earlier day.",
            ),
            models.CheckConstraint(
                condition=Q(dismissed_by__isnull=True, dismissed_at__isnull=True, reason="")
                | (Q(dismissed_by__isnull=False, dismissed_at__isnull=False) & ~Q(reason="")),
                name="positionchange_dismissed_by_somebody",
                violation_error_message="A change is dismissed by somebody, at some time, for a reason.",
            ),
            models.UniqueConstraint(
                fields=["actor", "claim", "earlier_article", "later_article"],
                condition=Q(claim__isnull=False),
                name="positionchange_once_a_claim",
                violation_error_message="This change is listed already.",
            ),
            models.UniqueConstraint(
                fields=["actor", "topic", "target", "earlier_article", "later_article"],
                condition=Q(topic__isnull=False),
                name="positionchange_once_a_target",
                violation_error_message="This change is listed already.",
            ),
        ]
        indexes = [
            models.Index(fields=["-later_on", "-id"], name="positionchange_newest"),
            models.Index(fields=["actor", "-later_on"], name="positionchange_of_actor"),
        ]
        permissions = [("dismiss_positionchange", "Can dismiss changes of position and take that back")]

    def __str__(self) -> str:
        days = f"{self.earlier_on:%d %b %Y} to {self.later_on:%d %b %Y}"
        return f"{self.earlier_position}, then {self.later_position}, {days}"

    @property
    def days(self) -> int:
        """How many days lie between the two stances."""
        return (self.later_on - self.earlier_on).days
