"""Presences: who has which article on the desk at this moment."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from claims.models.article import Article


class Presence(models.Model):
    """One person at one article; the desk renews it every few seconds, and an old one means nothing."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # Nothing was decided by being there.
        on_delete=models.CASCADE,
        db_index=False,
        related_name="presences",
        help_text="Who has the article on the desk.",
    )
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="presences", help_text="The article on that person's desk."
    )
    seen = models.DateTimeField(db_index=True, help_text="When the desk last said so.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "article"],
                name="presence_once",
                violation_error_message="The person is at this article already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.seen:%H:%M:%S}"
