"""Aliases: the names that actors go by."""

from __future__ import annotations

from django.db import models

from claims.extraction.types import AliasKind
from claims.models import limits
from claims.models.actor import Actor
from claims.models.constraints import filled, lengths, one_of, period
from claims.models.curated import Curated
from claims.models.words import choices


class Alias(Curated):
    """A name of an actor. Two actors may share it; a mention by it then stays open, it is never guessed."""

    actor = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="aliases",
        help_text="The actor that goes by this name.",
    )
    text = models.CharField("name", max_length=limits.NAME, help_text="The name as articles print it.")
    kind = models.CharField(
        max_length=limits.CODE,
        choices=choices(AliasKind),
        default=AliasKind.NAME.value,
        help_text="What sort of name it is; a metonym is a place that stands for a government.",
    )
    valid_from = models.DateField(
        null=True, blank=True, help_text="The first day on which the name meant this actor; empty where that is open."
    )
    valid_until = models.DateField(
        null=True, blank=True, help_text="The last day on which the name meant this actor; empty where that is open."
    )

    class Meta:
        verbose_name_plural = "aliases"
        constraints = [
            *lengths("alias", text=limits.NAME),
            *filled("alias", "text"),
            one_of("kind", AliasKind, name="alias_kind_known"),
            period("alias"),
            models.UniqueConstraint(
                fields=["actor", "text", "kind"],
                name="alias_once_an_actor_and_kind",
                violation_error_message="The actor has this name already.",
            ),
        ]
        indexes = [models.Index(fields=["text"], name="alias_by_text")]
        permissions = [
            ("import_alias", "Can import aliases from a file"),
            ("export_alias", "Can export aliases to a file"),
        ]

    def __str__(self) -> str:
        return self.text
