"""Stances as a table to import and export."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from import_export.fields import Field
from import_export.widgets import FloatWidget

from claims.exchange.sources import SourcesField
from claims.exchange.table_resource import TableResource
from claims.exchange.widgets import CodeOrNoneWidget, DayWidget, FlagWidget, OffsetWidget, RelatedWidget
from claims.models import Actor, Addressee, Article, ChainLink, Claim, Stance
from claims.review import correct
from claims.review.correct import FIELDS, SPANS
from claims.review.decide import require_permission

#: Lets people change judged stances by an import.
OVERRIDE = "claims.override_judgement"
OFFSETS = tuple(f"{span}_{part}" for span in SPANS for part in ("start", "end"))
WORDS = tuple(f"{span}_text" for span in SPANS)
NATURAL_KEY = ("article", "content_start", "content_end", "cue_start", "cue_end", "actor_as_printed")
SOURCES = ("chain", "addressees")


class StanceResource(TableResource):
    """Stances, found again by article (its SHA-256), spans and the actor as printed.

    An import adds stances, whose evidence must be the article's own words, and corrects pending ones in the name of
    the person who imports. One that somebody has judged it changes only with ``override``, which is for those who have
    ``OVERRIDE``; that is a correction too. Sources and addressees come with a new stance, and stay as they are then.
    """

    article = Field("article", "article", RelatedWidget(Article, "sha256", defer=("text",)))
    actor = Field("actor", "actor", RelatedWidget(Actor, "slug"))
    target_actor = Field("target_actor", "target_actor", RelatedWidget(Actor, "slug"))
    claim = Field("claim", "claim", RelatedWidget(Claim, "wording_key"))
    plover = Field("plover", "plover", CodeOrNoneWidget())
    negated = Field("negated", "negated", FlagWidget())
    conditional = Field("conditional", "conditional", FlagWidget())
    future = Field("future", "future", FlagWidget())
    said_on = Field("said_on", "said_on", DayWidget())
    mention_start = Field("mention_start", "mention_start", OffsetWidget())
    mention_end = Field("mention_end", "mention_end", OffsetWidget())
    cue_start = Field("cue_start", "cue_start", OffsetWidget())
    cue_end = Field("cue_end", "cue_end", OffsetWidget())
    content_start = Field("content_start", "content_start", OffsetWidget())
    content_end = Field("content_end", "content_end", OffsetWidget())
    target_start = Field("target_start", "target_start", OffsetWidget())
    target_end = Field("target_end", "target_end", OffsetWidget())
    chain = SourcesField("chain", ChainLink)
    addressees = SourcesField("addressees", Addressee)
    title = Field("article__title", "title", readonly=True)
    published_on = Field("article__published_on", "published_on", DayWidget(), readonly=True)
    url = Field("article__url", "url", readonly=True)
    claim_text = Field("claim__text", "claim_text", readonly=True)
    confidence = Field("confidence", "confidence", FloatWidget(), readonly=True)
    state = Field("state", "state", readonly=True)

    finding: ClassVar[dict[str, str]] = {"article": "article__sha256__in", "content_start": "content_start__in"}

    class Meta(TableResource.Meta):
        model = Stance
        import_id_fields = NATURAL_KEY
        fields = (
            "article",
            # The dated role has no name to be found again by; its title is the office.
            *(name for name in FIELDS if name != "role"),
            *OFFSETS,
            *WORDS,
            *SOURCES,
            "confidence",
            "state",
            "title",
            "published_on",
            "url",
            "claim_text",
        )

    def __init__(self, override: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.override = override

    def import_data(self, dataset: Any, dry_run: bool = False, **kwargs: Any) -> Any:
        """Import ``dataset`` (see ``TableResource``).

        Raises ``PermissionDenied`` where the person may not judge, or not override judgements, but it is asked for.
        """
        require_permission(kwargs["user"])
        if self.override and not kwargs["user"].has_perm(OVERRIDE):
            raise PermissionDenied("You may not change judged stances by an import.")
        return super().import_data(dataset, dry_run, **kwargs)

    def with_related(self, rows: Any) -> Any:
        """``rows`` with what the columns name, and without the articles' texts."""
        related = rows.select_related("article", "actor", "target_actor", "claim")
        return related.prefetch_related("chain__actor", "addressees__actor").defer("article__text", "extracted")

    def settle(self, instance: Stance) -> None:
        """Put aside the stored sources and addressees."""
        for name in SOURCES:
            self.fields[name].settle(instance)

    def validate_instance(
        self, instance: Stance, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raises ``ValidationError`` where a judged stance would change, or the row breaks a rule."""
        if instance.pk is not None and instance.state != Stance.State.PENDING and not self.override:
            raise ValidationError(f"This stance is {instance.state}: what people have judged, an import leaves alone.")
        super().validate_instance(instance, import_validation_errors, validate_unique)

    def require_rules(self, instance: Stance) -> None:
        """Raises ``ValidationError`` where a span or source is none of the article's."""
        text = instance.article.text
        for span in SPANS:
            start, end = getattr(instance, f"{span}_start"), getattr(instance, f"{span}_end")
            _require_own_words(text, span, start, end, getattr(instance, f"{span}_text"))
        for name in SOURCES:
            field = self.fields[name]
            given = field.get_value(instance)
            last = max((each[part] or 0 for each in given for part in field.offsets), default=0)
            if last > len(text):
                raise ValidationError({name: f"The article ends at {len(text):,}, before {last:,}."})
            if instance.pk is not None and given != field.stored(instance):
                raise ValidationError({name: "An import gives these to new stances only; stored ones keep theirs."})

    def save_instance(self, instance: Stance, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Store ``instance``; an old stance that changes is corrected, by a judgement of whoever imports it."""
        if kwargs["dry_run"]:
            return
        if is_create:
            instance.save(force_insert=True)
            for name in SOURCES:
                self.fields[name].create(instance)
            return
        stored = Stance.objects.select_related("article").get(pk=instance.pk)
        values: dict[str, Any] = {name: getattr(instance, name) for name in FIELDS if name != "role"}
        for span in SPANS:
            start, end = getattr(instance, f"{span}_start"), getattr(instance, f"{span}_end")
            values[span] = None if start is None else (start, end)
        correct(stored, values, user=kwargs["user"], note=f"imported from {kwargs.get('file_name') or 'a file'}")


def _require_own_words(text: str, span: str, start: int | None, end: int | None, words: str) -> None:
    """Raises ``ValidationError`` where ``words`` are not those of ``text`` from ``start`` to ``end``."""
    if start is None and end is None and not words:
        return
    if start is None or end is None or not 0 <= start < end <= len(text):
        raise ValidationError(
            {f"{span}_start": f"The {span} must lie within the article, which has {len(text):,} characters."}
        )
    if text[start:end] != words:
        raise ValidationError({f"{span}_text": f"The article has other words there: {text[start:end]!r}."})
