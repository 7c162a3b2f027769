"""What rows have in common that both machine and people write."""

from __future__ import annotations

from django.db import models


class Curated(models.Model):
    """A row that a machine may create and a person may take over.

    Loaders and runs insert such rows and leave them alone from the moment a person touched them. ``version`` goes up
    by one with each change by a person, so that of two people who loaded the same version the second to save is
    told instead of overwriting the first.
    """

    curated = models.BooleanField(
        "touched by a person",
        default=False,
        help_text="Whether a person created or changed this row; imports and runs then leave it as it is.",
    )
    version = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="This number goes up with each change by a person and tells two editors of the same row apart.",
    )

    class Meta:
        abstract = True
