"""Stances as a table to import and export."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import FloatWidget

from claims.exchange.diff import PlainDiff
from claims.exchange.widgets import CodeOrNoneWidget, DayWidget, RelatedWidget
from claims.models import Actor, Article, Claim, Stance
from claims.review import correct
from claims.review.correct import FIELDS, SPANS

#: Lets people change judged stances by an import.
OVERRIDE = "claims.override_judgement"
OFFSETS = tuple(f"{span}_{part}" for span in SPANS for part in ("start", "end"))
WORDS = tuple(f"{span}_text" for span in SPANS)
NATURAL_KEY = ("article", "content_start", "content_end", "cue_start", "cue_end", "actor_as_printed")


class StanceResource(ModelResource):
    """Stances, found again by article (its SHA-256), spans and the actor as printed.

    An import adds stances, whose evidence must be the article's own words, and corrects pending ones in the name of
    the person who imports. One that somebody has judged it changes only with ``override``, which is for those who have
    ``OVERRIDE``; that is a correction too.
    """

    article = Field("article", "article", RelatedWidget(Article, "sha256"))
    actor = Field("actor", "actor", RelatedWidget(Actor, "slug"))
    target_actor = Field("target_actor", "target_actor", RelatedWidget(Actor, "slug"))
    claim = Field("claim", "claim", RelatedWidget(Claim, "wording_key"))
    plover = Field("plover", "plover", CodeOrNoneWidget())
    said_on = Field("said_on", "said_on", DayWidget())
    title = Field("article__title", "title", readonly=True)
    published_on = Field("article__published_on", "published_on", DayWidget(), readonly=True)
    url = Field("article__url", "url", readonly=True)
    claim_text = Field("claim__text", "claim_text", readonly=True)
    confidence = Field("confidence", "confidence", FloatWidget(), readonly=True)
    state = Field("state", "state", readonly=True)

    class Meta:
        model = Stance
        import_id_fields = NATURAL_KEY
        fields = (
            "article",
            # The dated role has no name to be found again by; its title is the office.
            *(name for name in FIELDS if name != "role"),
            *OFFSETS,
            *WORDS,
            "confidence",
            "state",
            "title",
            "published_on",
            "url",
            "claim_text",
        )
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    def __init__(self, override: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.override = override

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Raises ``PermissionDenied`` where the person may not override judgements, but it is asked for."""
        if self.override and not kwargs["user"].has_perm(OVERRIDE):
            raise PermissionDenied("You may not change judged stances by an import.")

    @classmethod
    def get_diff_class(cls) -> type[PlainDiff]:
        """The diff that the preview shows."""
        return PlainDiff

    def get_queryset(self) -> Any:
        """All stances with what their columns name."""
        return super().get_queryset().select_related("article", "actor", "target_actor", "claim")

    def for_export(self, rows: Any) -> Any:
        """``rows`` with what the columns name, and without the articles' texts."""
        rows = rows.select_related(None).prefetch_related(None)
        related = rows.select_related("article", "actor", "target_actor", "claim")
        return related.defer("article__text", "extracted")

    def validate_instance(
        self, instance: Stance, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raises ``ValidationError`` where a judged stance would change, or where evidence is not the article's own."""
        if instance.pk is not None and instance.state != Stance.State.PENDING and not self.override:
            raise ValidationError(f"This stance is {instance.state}: what people have judged, an import leaves alone.")
        super().validate_instance(instance, import_validation_errors, validate_unique)
        text = instance.article.text
        for span in SPANS:
            start, end = getattr(instance, f"{span}_start"), getattr(instance, f"{span}_end")
            if start is not None and text[start:end] != getattr(instance, f"{span}_text"):
                raise ValidationError({f"{span}_text": f"The article has other words there: {text[start:end]!r}."})

    def do_instance_save(self, instance: Stance, is_create: bool) -> None:
        """Insert a new stance; an old one is corrected instead (see ``save_instance``)."""
        if is_create:
            instance.save(force_insert=True)

    def save_instance(self, instance: Stance, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Store ``instance``; an old stance that changes is corrected, by a judgement of whoever imports it."""
        super().save_instance(instance, is_create, row, **kwargs)
        if is_create:
            return
        stored = Stance.objects.select_related("article").get(pk=instance.pk)
        values: dict[str, Any] = {name: getattr(instance, name) for name in FIELDS if name != "role"}
        for span in SPANS:
            start, end = getattr(instance, f"{span}_start"), getattr(instance, f"{span}_end")
            values[span] = None if start is None else (start, end)
        correct(stored, values, user=kwargs["user"], note=f"imported from {kwargs.get('file_name') or 'a file'}")
