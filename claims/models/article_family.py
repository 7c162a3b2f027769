"""Article families: articles that are copies of one another."""

from __future__ import annotations

from django.db import models


class ArticleFamily(models.Model):
    """One story in all the places where it appeared. Figures count it once, by its original."""

    original = models.OneToOneField(
        "Article",
        on_delete=models.PROTECT,
        related_name="family_led",
        help_text="The article that was published first; the others are its copies.",
    )
    created = models.DateTimeField(auto_now_add=True, help_text="When the first copy was found.")

    class Meta:
        verbose_name = "family of articles"
        verbose_name_plural = "families of articles"

    def __str__(self) -> str:
        return f"family found on {self.created:%d %b %Y}"
