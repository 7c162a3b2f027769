"""Chain links: the sources that a stance came through."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from claims.extraction.types import Act
from claims.models import limits
from claims.models.actor import Actor
from claims.models.constraints import filled, lengths, offsets, one_of
from claims.models.stance import Stance
from claims.models.words import choices


class ChainLink(models.Model):
    """One outer source of a stance: Yuri Ushakov, who said what Vladimir Putin had told Joe Biden."""

    stance = models.ForeignKey(
        Stance,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="chain",
        help_text="The stance that was passed on.",
    )
    order = models.PositiveSmallIntegerField(help_text="The place in the chain, from 0 for the outermost source.")
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="chain_links",
        help_text="Who passed the stance on; empty while it is open who that is.",
    )
    as_printed = models.CharField(max_length=limits.PRINTED, help_text="The source in the article's own words.")
    mention_start = models.PositiveIntegerField(
        null=True, blank=True, help_text="The offset in the text at which the words that name the source start."
    )
    mention_end = models.PositiveIntegerField(
        null=True, blank=True, help_text="The offset in the text after the last character that names the source."
    )
    cue_start = models.PositiveIntegerField(
        null=True, blank=True, help_text="The offset in the text at which the source's own cue starts."
    )
    cue_end = models.PositiveIntegerField(
        null=True, blank=True, help_text="The offset in the text after the last character of the source's own cue."
    )
    act = models.CharField(
        max_length=limits.CODE,
        choices=choices(Act),
        blank=True,
        help_text="How the source passed it on; empty where that is not known.",
    )

    class Meta:
        ordering = ["order"]
        constraints = [
            *lengths("chainlink", as_printed=limits.PRINTED),
            *filled("chainlink", "as_printed"),
            one_of("act", Act, name="chainlink_act_known", or_unknown=True),
            offsets("chainlink", "mention"),
            offsets("chainlink", "cue"),
            models.UniqueConstraint(
                fields=["stance", "order"],
                name="chainlink_one_a_place",
                violation_error_message="The chain has a source at this place already.",
            ),
        ]
        indexes = [
            models.Index(fields=["as_printed"], name="chainlink_unresolved", condition=Q(actor__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.as_printed
