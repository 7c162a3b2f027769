"""Judgements: what a person decided about a stance."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from claims.models import limits
from claims.models.constraints import lengths, not_itself, one_of
from claims.models.stance import Stance


class Judgement(models.Model):
    """One decision. Judgements are only ever added: a later one supersedes an earlier, nothing edits or deletes it."""

    class Decision(models.TextChoices):
        """What was decided."""

        ACCEPTED = "accepted", pgettext_lazy("decision", "accepted")
        CORRECTED = "corrected", pgettext_lazy("decision", "corrected")
        REJECTED = "rejected", pgettext_lazy("decision", "rejected")
        REOPENED = "reopened", pgettext_lazy("decision", "reopened")

    stance = models.ForeignKey(
        Stance,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="judgements",
        help_text="The stance that was judged.",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="judgements",
        help_text="The person who judged the stance.",
    )
    decision = models.CharField(
        max_length=limits.CODE, choices=Decision.choices, help_text="What the person decided about the stance."
    )
    changes = models.JSONField(
        default=dict, blank=True, help_text="Each field that changed, with its value before and after."
    )
    note = models.TextField(blank=True, help_text="Why, in the judge's own words.")
    at = models.DateTimeField(auto_now_add=True, help_text="When it was decided.")
    blind = models.BooleanField(
        default=False, help_text="Whether the judge could see neither other judgements nor, if so set, the machine's."
    )
    undoes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        help_text="The judge's own decision that this one takes back.",
    )

    class Meta:
        constraints = [
            not_itself("judgement", "undoes"),
            one_of("decision", ["accepted", "corrected", "rejected", "reopened"], name="judgement_decision_known"),
            *lengths("judgement", note=limits.NOTE),
        ]
        indexes = [
            models.Index(fields=["stance", "-at"], name="judgement_history"),
            models.Index(fields=["user", "-at"], name="judgement_own_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.decision} on {self.at:%d %b %Y}"
