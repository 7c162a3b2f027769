"""Loaded facts: which rows of the files of facts have ever been loaded."""

from __future__ import annotations

from django.db import models

from claims.models import limits
from claims.models.constraints import filled, lengths, one_of


class LoadedFact(models.Model):
    """The mark that a fact was loaded once.

    A fact with a mark but without its row was deleted by somebody, and loading the files again must not bring it back.
    """

    class Kind(models.TextChoices):
        """What the fact became."""

        ACTOR = "actor", "actor"
        ALIAS = "alias", "alias"
        ROLE = "role", "role"
        TOPIC = "topic", "topic"

    kind = models.CharField(max_length=limits.CODE, choices=Kind.choices, help_text="What the fact became.")
    key = models.CharField(
        max_length=limits.PLACE, help_text="What tells the fact from all others of its kind: slug, name, dates."
    )
    at = models.DateTimeField(auto_now_add=True, help_text="When the fact was first loaded.")

    class Meta:
        constraints = [
            one_of("kind", ["actor", "alias", "role", "topic"], name="loadedfact_kind_known"),
            *lengths("loadedfact", key=limits.PLACE),
            *filled("loadedfact", "key"),
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="loadedfact_once",
                violation_error_message="This fact is marked as loaded already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
