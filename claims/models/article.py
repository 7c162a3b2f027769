"""Articles: published texts, kept exactly as they came."""

from __future__ import annotations

import hashlib

from django.core.validators import MinLengthValidator, URLValidator
from django.db import models
from django.db.models import F, Q

from claims.models import limits
from claims.models.article_family import ArticleFamily
from claims.models.constraints import filled, lengths, not_itself
from claims.models.outlet import Outlet
from claims.models.run import Run


class Article(models.Model):
    """One published text. ``text`` never changes: all evidence addresses it by character offset."""

    outlet = models.ForeignKey(
        Outlet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="articles",
        help_text="Who published the article; empty where its address does not tell.",
    )
    title = models.CharField(max_length=limits.TITLE, help_text="The headline, as it stands in the text.")
    published_on = models.DateField(help_text="The day on which the article was published.")
    url = models.CharField(
        "address",
        max_length=limits.URL,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text="The web address of the article, http or https; empty where it is not known.",
    )
    text = models.TextField(
        help_text="The whole file as it came, header lines included; offsets of evidence count its characters."
    )
    body_start = models.PositiveIntegerField(
        help_text="The offset of the first character after the header lines, counted in characters of the text."
    )
    sha256 = models.CharField(
        max_length=limits.SHA256,
        unique=True,
        editable=False,
        validators=[MinLengthValidator(limits.SHA256)],
        help_text="The SHA-256 of the text in UTF-8, by which the same text is recognised.",
    )
    supersedes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        help_text="The earlier text that was published under the same address, if there was one.",
    )
    family = models.ForeignKey(
        ArticleFamily,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        help_text="The family of copies that the article belongs to; empty where it has none.",
    )
    sketch_scheme = models.PositiveSmallIntegerField(
        default=0,
        db_index=True,
        editable=False,
        help_text="The version of the comparison that looked for copies of the article; 0 where none did.",
    )
    run = models.ForeignKey(
        Run,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        help_text="The run that brought the article in.",
    )

    class Meta:
        constraints = [
            *lengths("article", title=limits.TITLE, url=limits.URL, text=limits.ARTICLE_TEXT),
            *filled("article", "title", "text"),
            models.CheckConstraint(
                condition=Q(sha256__length=limits.SHA256),
                name="article_sha256_length",
                violation_error_message="A SHA-256 has 64 hexadecimal digits.",
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__istartswith="http://") | Q(url__istartswith="https://"),
                name="article_url_is_web",
                violation_error_message="Only addresses with http or https are accepted.",
            ),
            models.CheckConstraint(
                condition=Q(body_start__gte=0) & Q(text__length__gte=F("body_start")),
                name="article_body_start_in_text",
                violation_error_message="The body must start within the text.",
            ),
            not_itself("article", "supersedes"),
        ]
        indexes = [
            models.Index(fields=["outlet", "-published_on"], name="article_by_outlet"),
            models.Index(fields=["-published_on"], name="article_by_date"),
            models.Index(fields=["url"], name="article_by_url", condition=~Q(url="")),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def digest(text: str) -> str:
        """The SHA-256 of ``text`` in UTF-8 as 64 hexadecimal digits: the value of ``sha256``."""
        return hashlib.sha256(text.encode()).hexdigest()
