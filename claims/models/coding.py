"""Codings: what one coder, or the machine, made of a stance of a coding round."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.extraction.types import Act, Quotation, Side
from claims.models import limits
from claims.models.actor import Actor
from claims.models.coding_unit import CodingUnit
from claims.models.constraints import lengths, offsets, one_of
from claims.models.words import choices


class Coding(models.Model):
    """An assignment until it is coded, and then the coder's own values. It changes nothing of the stance.

    The machine's reading, as it was when the round was made, is the coding without a coder.
    """

    class Verdict(models.TextChoices):
        """Whether there is a stance at all."""

        STANCE = "stance", "a stance"
        NONE = "none", "no stance"

    unit = models.ForeignKey(
        CodingUnit,
        on_delete=models.CASCADE,
        related_name="codings",
        help_text="The stance that is coded, in its round.",
    )
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="codings",
        help_text="Who codes; empty for the machine.",
    )
    verdict = models.CharField(
        max_length=limits.CODE,
        choices=Verdict.choices,
        blank=True,
        help_text="Whether the passage is a stance; empty until it is coded.",
    )
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="codings",
        help_text="Who holds the stance; empty where that is open.",
    )
    act = models.CharField(
        max_length=limits.CODE, choices=choices(Act), blank=True, help_text="How; empty where that is not known."
    )
    side = models.CharField(
        max_length=limits.CODE,
        choices=choices(Side),
        blank=True,
        help_text="The actor's side on the target; empty where that is not known.",
    )
    quotation = models.CharField(
        max_length=limits.CODE,
        choices=choices(Quotation),
        blank=True,
        help_text="How the content is reported; empty where that is not known.",
    )
    negated = models.BooleanField(default=False, help_text="Whether the content is said not to be so.")
    conditional = models.BooleanField(default=False, help_text="Whether the content holds only under a condition.")
    future = models.BooleanField(default=False, help_text="Whether the content is about what is to come.")
    mention_start = models.PositiveIntegerField(null=True, blank=True, help_text="Where the mention starts.")
    mention_end = models.PositiveIntegerField(null=True, blank=True, help_text="Where the mention has ended.")
    cue_start = models.PositiveIntegerField(null=True, blank=True, help_text="Where the cue starts.")
    cue_end = models.PositiveIntegerField(null=True, blank=True, help_text="Where the cue has ended.")
    content_start = models.PositiveIntegerField(null=True, blank=True, help_text="Where the content starts.")
    content_end = models.PositiveIntegerField(null=True, blank=True, help_text="Where the content has ended.")
    target_start = models.PositiveIntegerField(null=True, blank=True, help_text="Where the target starts.")
    target_end = models.PositiveIntegerField(null=True, blank=True, help_text="Where the target has ended.")
    note = models.TextField(blank=True, help_text="What the coder wants to say about it to who decides.")
    at = models.DateTimeField(null=True, blank=True, help_text="When it was coded last.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "coder"],
                name="coding_once_a_coder",
                violation_error_message="The coder has this stance already.",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(coder__isnull=True),
                name="coding_one_machine",
                violation_error_message="There is a reading of the machine already.",
            ),
            one_of("verdict", ["stance", "none"], name="coding_verdict_known", or_unknown=True),
            one_of("act", Act, name="coding_act_known", or_unknown=True),
            one_of("side", Side, name="coding_side_known", or_unknown=True),
            one_of("quotation", Quotation, name="coding_quotation_known", or_unknown=True),
            *(offsets("coding", span) for span in ("mention", "cue", "content", "target")),
            *lengths("coding", note=limits.NOTE),
            models.CheckConstraint(
                condition=Q(verdict="", at__isnull=True) | (~Q(verdict="") & Q(at__isnull=False)),
                name="coding_says_when",
                violation_error_message="What is coded says when, and what is not says nothing.",
            ),
            models.CheckConstraint(
                condition=Q(verdict="stance", cue_start__isnull=False, content_start__isnull=False)
                | (
                    ~Q(verdict="stance")
                    & Q(
                        actor__isnull=True,
                        act="",
                        side="",
                        quotation="",
                        negated=False,
                        conditional=False,
                        future=False,
                        mention_start__isnull=True,
                        cue_start__isnull=True,
                        content_start__isnull=True,
                        target_start__isnull=True,
                    )
                ),
                name="coding_values_of_a_stance",
                violation_error_message="A stance has a cue and a content; what is no stance has no values.",
            ),
        ]
        indexes = [models.Index(fields=["coder"], name="coding_to_code", condition=Q(verdict=""))]

    def __str__(self) -> str:
        return f"{self.coder or 'the machine'}: {self.get_verdict_display() or 'not coded'}"
