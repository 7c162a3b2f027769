"""Article bands: by which copies of an article are found without comparing it with all others."""

from __future__ import annotations

from django.db import models

from claims.models.article import Article


class ArticleBand(models.Model):
    """One band of the sketch of an article's text; copies are likely to have some in common."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="bands", help_text="The article that the band is of."
    )
    key = models.BigIntegerField(help_text="The fingerprint of the band, a number of 64 bits.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "article"],
                name="articleband_once",
                violation_error_message="The article has this band already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}"
