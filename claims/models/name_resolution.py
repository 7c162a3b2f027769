"""Name resolutions: who a name in an article is, as a person said."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from claims.models import limits
from claims.models.actor import Actor
from claims.models.article import Article
from claims.models.constraints import filled, lengths


class NameResolution(models.Model):
    """The memory that a name, as one article prints it, means one actor.

    Pending stances are replaced when their article is read again; what a person said of a name in it is kept here, and
    goes before what any later reading makes of that name.
    """

    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="name_resolutions",
        help_text="The article that prints the name.",
    )
    as_printed = models.CharField(max_length=limits.PRINTED, help_text="The name in the article's own words.")
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="name_resolutions", help_text="Whom the name means there."
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="name_resolutions",
        help_text="Who said whom the name means.",
    )
    at = models.DateTimeField(auto_now_add=True, help_text="When that was said.")

    class Meta:
        constraints = [
            *lengths("nameresolution", as_printed=limits.PRINTED),
            *filled("nameresolution", "as_printed"),
            models.UniqueConstraint(
                fields=["article", "as_printed"],
                name="nameresolution_once_an_article",
                violation_error_message="Somebody has said already whom this name means in the article.",
            ),
        ]
        permissions = [("resolve_name", "Can say whom a printed name means")]

    def __str__(self) -> str:
        return self.as_printed
