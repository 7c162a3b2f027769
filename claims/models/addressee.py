"""Addressees: whom a stance was said to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from claims.models import limits
from claims.models.actor import Actor
from claims.models.constraints import filled, lengths, offsets
from claims.models.stance import Stance


class Addressee(models.Model):
    """One actor that a stance was said to: Joe Biden, whom Vladimir Putin told it."""

    stance = models.ForeignKey(
        Stance,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="addressees",
        help_text="The stance that was addressed to somebody.",
    )
    order = models.PositiveSmallIntegerField(help_text="The place among the addressees, counted from 0.")
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="addressed",
        help_text="Whom it was said to; empty while it is open who that is.",
    )
    as_printed = models.CharField(max_length=limits.PRINTED, help_text="The addressee in the article's own words.")
    mention_start = models.PositiveIntegerField(
        null=True, blank=True, help_text="The offset in the text at which the words that name the addressee start."
    )
    mention_end = models.PositiveIntegerField(
        null=True, blank=True, help_text="The offset in the text after the last character that names the addressee."
    )

    class Meta:
        ordering = ["order"]
        constraints = [
            *lengths("addressee", as_printed=limits.PRINTED),
            *filled("addressee", "as_printed"),
            offsets("addressee", "mention"),
            models.UniqueConstraint(
                fields=["stance", "order"],
                name="addressee_one_a_place",
                violation_error_message="The stance has an addressee at this place already.",
            ),
        ]
        indexes = [
            models.Index(fields=["as_printed"], name="addressee_unresolved", condition=Q(actor__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.as_printed
