"""The tables that people import and export in the admin: what their columns are and how rows find each other again.

Rows of other tables are named by slug, not by number, so that a file means the same in another store. What is imported
counts as touched by a person.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from import_export.fields import Field
from import_export.resources import ModelResource

from claims.exchange.diff import PlainDiff
from claims.exchange.stance_resource import StanceResource
from claims.exchange.widgets import DayWidget, JsonWidget, RelatedListWidget, RelatedWidget
from claims.models import Actor, Alias, Claim, ClaimTopic, Topic
from claims.review import rename_claim
from claims.topics.by_hand import put_in, take_out

__all__ = ["ActorResource", "AliasResource", "ClaimResource", "StanceResource", "TopicResource"]


class CuratedResource(ModelResource):
    """A table that machine and people write."""

    class Meta:
        abstract = True
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    @classmethod
    def get_diff_class(cls) -> type[PlainDiff]:
        """The diff that the preview shows."""
        return PlainDiff

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Mark ``instance`` as touched by a person, one version on."""
        instance.curated = True
        if instance.pk is not None:
            instance.version += 1


class ActorResource(CuratedResource):
    """Actors, found again by their slug; wholes must come before their parts."""

    part_of = Field("part_of", "part_of", RelatedWidget(Actor, "slug"))

    class Meta(CuratedResource.Meta):
        model = Actor
        import_id_fields = ("slug",)
        fields = ("slug", "name", "kind", "pronoun", "part_of", "wikidata_id", "description")


class AliasResource(CuratedResource):
    """Names of actors, found again by actor, name and kind."""

    actor = Field("actor", "actor", RelatedWidget(Actor, "slug"))
    valid_from = Field("valid_from", "valid_from", DayWidget())
    valid_until = Field("valid_until", "valid_until", DayWidget())

    def for_export(self, rows: Any) -> Any:
        """``rows`` with their actors."""
        return rows.select_related("actor")

    class Meta(CuratedResource.Meta):
        model = Alias
        import_id_fields = ("actor", "text", "kind")
        fields = ("actor", "text", "kind", "valid_from", "valid_until")


class TopicResource(CuratedResource):
    """Topics, found again by their slug; patterns are a JSON list."""

    patterns = Field("patterns", "patterns", JsonWidget())

    class Meta(CuratedResource.Meta):
        model = Topic
        import_id_fields = ("slug",)
        fields = ("slug", "name", "description", "patterns")


class _TopicsField(Field):
    """The topics of a claim; those that an import gives count as a person's assignment."""

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Give the claim exactly the topics of the row."""
        wanted = set(self.clean(row, **kwargs))
        stored = {row.topic: row for row in instance.claim_topics.select_related("topic")}
        for topic in stored.keys() - wanted:
            take_out(stored[topic], kwargs.get("user"))
        for topic in sorted(wanted - stored.keys(), key=_key):
            put_in(ClaimTopic(claim=instance, topic=topic))


def _key(row: models.Model) -> Any:
    return row.pk


class ClaimResource(CuratedResource):
    """Claims, found again by the key of the wording they were gathered under; a new one gets it from its text."""

    first_seen = Field("first_seen", "first_seen", DayWidget())
    topics = _TopicsField("topics", "topics", RelatedListWidget(Topic))

    class Meta(CuratedResource.Meta):
        model = Claim
        import_id_fields = ("wording_key",)
        fields = ("wording_key", "text", "first_seen", "topics")

    def for_export(self, rows: Any) -> Any:
        """``rows`` with their topics."""
        return rows.prefetch_related("topics")

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """A row without a key is a claim by its text."""
        if not row.get("wording_key"):
            row["wording_key"] = Claim.key_for(row.get("text") or "")

    def save_instance(self, instance: Claim, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Store ``instance``; a new wording of an old claim goes into its log, where it can be taken back."""
        if not is_create:
            stored = Claim.objects.get(pk=instance.pk)
            rename_claim(stored, instance.text, user=kwargs["user"])
            instance.version = stored.version
            if stored.first_seen == instance.first_seen:
                return
        super().save_instance(instance, is_create, row, **kwargs)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raises ``ValidationError`` where the key is none: people don't make keys up."""
        super().validate_instance(instance, import_validation_errors, validate_unique)
        if instance.pk is None and instance.wording_key != Claim.key_for(instance.text):
            raise ValidationError({"wording_key": "No claim has this key. Leave it empty for a new claim."})
