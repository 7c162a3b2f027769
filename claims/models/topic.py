"""Topics: issues that analysts follow."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from claims.models import limits
from claims.models.constraints import filled, lengths
from claims.models.curated import Curated
from claims.models.former_slug import require_free_slug
from claims.patterns.pattern import PatternError, parse


def validate_patterns(value: object) -> None:
    """Raises ``ValidationError``, with all that is wrong, unless ``value`` is a list of patterns."""
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValidationError("Patterns are a list of words or phrases.")
    wrong = []
    for item in value:
        try:
            parse(item)
        except PatternError as error:
            wrong.append(str(error))
    if wrong:
        raise ValidationError(wrong)


class Topic(Curated):
    """An issue that gathers claims: "Western sanctions on Russia"."""

    name = models.CharField(
        max_length=limits.NAME, unique=True, help_text="The issue, as a noun phrase that readers recognise."
    )
    slug = models.SlugField(
        max_length=limits.SLUG,
        unique=True,
        db_index=False,
        help_text="The short form of the name used in web addresses.",
    )
    description = models.CharField(
        max_length=limits.DESCRIPTION, blank=True, help_text="What belongs to the issue and what does not."
    )
    patterns = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_patterns],
        help_text="The words, phrases and actors by which a claim is recognised as belonging to the issue.",
    )

    class Meta:
        constraints = [
            *lengths("topic", name=limits.NAME, slug=limits.SLUG, description=limits.DESCRIPTION),
            *filled("topic", "name", "slug"),
        ]
        permissions = [
            ("import_topic", "Can import topics from a file"),
            ("export_topic", "Can export topics to a file"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ``ValidationError`` where the slug was another topic's."""
        require_free_slug(self.slug, noun="topic", own=self.pk)
