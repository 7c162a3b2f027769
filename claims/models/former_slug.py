"""Former slugs: addresses that actors and topics had before they were renamed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from claims.models import limits
from claims.models.constraints import filled, lengths


class FormerSlug(models.Model):
    """A slug that an actor or a topic had once; its old addresses lead to where the row is found now.

    Triggers (``claims.triggers``) write these rows, whoever renames, and refuse to give the slug to another row of the
    same noun: an address in a footnote never leads to somebody else. Who takes back a slug of its own loses the row;
    who deletes the row sets the slug free.
    """

    slug = models.SlugField(max_length=limits.SLUG, db_index=False, help_text="The slug that the row had.")
    actor = models.ForeignKey(
        "claims.Actor",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="former_slugs",
        help_text="The actor that had the slug.",
    )
    topic = models.ForeignKey(
        "claims.Topic",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="former_slugs",
        help_text="The topic that had the slug.",
    )
    at = models.DateTimeField(auto_now_add=True, help_text="When the row got another slug.")

    class Meta:
        constraints = [
            *lengths("formerslug", slug=limits.SLUG),
            *filled("formerslug", "slug"),
            models.CheckConstraint(
                condition=Q(actor__isnull=False, topic__isnull=True) | Q(actor__isnull=True, topic__isnull=False),
                name="formerslug_of_one",
                violation_error_message="A former slug is that of an actor or of a topic.",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(actor__isnull=False),
                name="formerslug_of_one_actor",
                violation_error_message="Another actor had this slug.",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(topic__isnull=False),
                name="formerslug_of_one_topic",
                violation_error_message="Another topic had this slug.",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


def require_free_slug(slug: str, *, noun: str, own: int | None) -> None:
    """Raises ``ValidationError`` where another row of ``noun`` ("actor" or "topic") than the one with key ``own`` had
    ``slug``. It is what the triggers hold, in words for whoever fills in a form or a file.
    """
    others = FormerSlug.objects.filter(**{f"{noun}__isnull": False}, slug=slug).exclude(**{noun: own})
    former = others.select_related(noun).first()
    if former is not None:
        owner = getattr(former, noun)
        raise ValidationError(
            {"slug": f"“{slug}” was the address of “{owner}”, and old links still lead there; take another one."}
        )
