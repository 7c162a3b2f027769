"""The tables that people import and export: what their columns are and how rows find each other again.

Rows of other tables are named by slug, not by number, so that a file means the same in another store. What is imported
counts as touched by a person.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import F
from django.db.models.lookups import IsNull
from import_export.fields import Field

from claims.actors.offices import refresh
from claims.exchange.stance_resource import StanceResource
from claims.exchange.table_resource import TableResource
from claims.exchange.widgets import DayWidget, JsonWidget, RelatedWidget
from claims.models import Actor, Alias, Claim, ClaimTopic, Role, Topic
from claims.review import rename_claim
from claims.topics.by_hand import put_in, take_out

__all__ = [
    "TABLES",
    "ActorResource",
    "AliasResource",
    "ClaimResource",
    "RoleResource",
    "StanceResource",
    "TopicResource",
]

#: What stands between several slugs in one cell.
BETWEEN = "; "
#: How deep an export looks to put wholes before their parts: an office of a body of an organisation of a state.
DEPTH = 4


class CuratedResource(TableResource):
    """A table that machine and people write."""

    class Meta(TableResource.Meta):
        abstract = True

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Store ``instance`` as touched by a person, one version on."""
        if kwargs["dry_run"]:
            return
        instance.curated = True
        if not is_create:
            instance.version += 1
        instance.save(force_insert=is_create)


class ActorResource(CuratedResource):
    """Actors, found again by their slug; in a file, wholes come before their parts."""

    part_of = Field("part_of", "part_of", RelatedWidget(Actor, "slug"))
    merged_into = Field("merged_into", "merged_into", RelatedWidget(Actor, "slug"), readonly=True)

    finding: ClassVar[dict[str, str]] = {"slug": "slug__in"}
    once = ("wikidata_id",)

    class Meta(CuratedResource.Meta):
        model = Actor
        import_id_fields = ("slug",)
        fields = ("slug", "name", "kind", "pronoun", "part_of", "wikidata_id", "description", "merged_into")

    def with_related(self, rows: Any) -> Any:
        """``rows`` with what they are part of and merged into."""
        return rows.select_related("part_of", "merged_into")

    def for_export(self, rows: Any) -> Any:
        """``rows`` with their wholes, which come before their parts, as an import needs them."""
        order = rows.query.order_by or ("pk",)
        wholes = ("__".join(["part_of"] * depth) + "_id" for depth in range(DEPTH, 0, -1))
        return super().for_export(rows).order_by(*(IsNull(F(whole), True).desc() for whole in wholes), *order)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """In a dry run, which stores none, take a whole that came earlier in the file for stored."""
        super().before_import_row(row, **kwargs)
        known, whole = self.fields["part_of"].widget.known, row.get("part_of")
        is_open = kwargs["dry_run"] and whole and whole not in known and whole != row["slug"]
        if is_open and self.seen.first(("slug",), (whole,)) is not None:
            known[whole] = Actor(slug=whole, name=whole)


class AliasResource(CuratedResource):
    """Names of actors, found again by actor, name and kind."""

    actor = Field("actor", "actor", RelatedWidget(Actor, "slug"))
    valid_from = Field("valid_from", "valid_from", DayWidget())
    valid_until = Field("valid_until", "valid_until", DayWidget())

    finding: ClassVar[dict[str, str]] = {"actor": "actor__slug__in", "text": "text__in"}

    class Meta(CuratedResource.Meta):
        model = Alias
        import_id_fields = ("actor", "text", "kind")
        fields = ("actor", "text", "kind", "valid_from", "valid_until")

    def with_related(self, rows: Any) -> Any:
        """``rows`` with their actors."""
        return rows.select_related("actor")


class RoleResource(CuratedResource):
    """Offices of actors, found again by actor, title, organisation and first day."""

    actor = Field("actor", "actor", RelatedWidget(Actor, "slug"))
    organisation = Field("organisation", "organisation", RelatedWidget(Actor, "slug"))
    valid_from = Field("valid_from", "valid_from", DayWidget())
    valid_until = Field("valid_until", "valid_until", DayWidget())

    finding: ClassVar[dict[str, str]] = {"actor": "actor__slug__in", "title": "title__in"}

    class Meta(CuratedResource.Meta):
        model = Role
        import_id_fields = ("actor", "title", "organisation", "valid_from")
        fields = ("actor", "title", "organisation", "valid_from", "valid_until")

    def with_related(self, rows: Any) -> Any:
        """``rows`` with whom they name."""
        return rows.select_related("actor", "organisation")

    def log(self, result: Any, **kwargs: Any) -> None:
        """Write down who imported the rows; the pending stances of whose offices changed follow."""
        super().log(result, **kwargs)
        refresh({row.instance.actor_id for row in result.rows if row.is_new() or row.is_update()})


class TopicResource(CuratedResource):
    """Topics, found again by their slug; patterns are a JSON list."""

    patterns = Field("patterns", "patterns", JsonWidget())

    finding: ClassVar[dict[str, str]] = {"slug": "slug__in"}
    once = ("name",)

    class Meta(CuratedResource.Meta):
        model = Topic
        import_id_fields = ("slug",)
        fields = ("slug", "name", "description", "patterns")


class TopicsField(Field):
    """The topics of a claim by their slugs; what an import gives stays aside on the claim until that is stored."""

    def get_value(self, instance: Claim) -> tuple[str, ...]:
        """What an import gave, otherwise what is stored."""
        given: tuple[str, ...] | None = instance.__dict__.get("_imported_topics")
        if given is not None:
            return given
        return self.stored(instance) if instance.pk is not None else ()

    def stored(self, instance: Claim) -> tuple[str, ...]:
        """What is stored with ``instance``."""
        settled: tuple[str, ...] | None = instance.__dict__.get("_stored_topics")
        if settled is not None:
            return settled
        return tuple(sorted(topic.slug for topic in instance.topics.all()))

    def export(self, instance: Claim, **kwargs: Any) -> str:
        """The slugs in their order."""
        return BETWEEN.join(self.get_value(instance))

    def save(self, instance: Claim, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Keep the topics of ``row`` aside. Raises ``ValueError`` where one of them is missing."""
        slugs = {slug.strip() for slug in str(row[self.column_name]).split(BETWEEN.strip())} - {""}
        missing = slugs - set(Topic.objects.filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else None
        if missing:
            raise ValueError(f"No topic has the slug {', '.join(sorted(missing))}.")
        instance.__dict__["_imported_topics"] = tuple(sorted(slugs))

    def store(self, instance: Claim, user: Any) -> None:
        """Give the stored claim exactly the topics that an import gave it, as a person's assignment."""
        wanted = set(self.get_value(instance))
        stored = {row.topic.slug: row for row in instance.claim_topics.select_related("topic")}
        for slug in sorted(stored.keys() - wanted):
            take_out(stored[slug], user)
        for topic in Topic.objects.filter(slug__in=wanted - stored.keys()).order_by("pk"):
            put_in(ClaimTopic(claim=instance, topic=topic))


class ClaimResource(CuratedResource):
    """Claims, found again by the key of the wording they were gathered under; a new one gets it from its text."""

    first_seen = Field("first_seen", "first_seen", DayWidget())
    topics = TopicsField("topics", "topics")
    merged_into = Field("merged_into", "merged_into", RelatedWidget(Claim, "wording_key"), readonly=True)

    finding: ClassVar[dict[str, str]] = {"wording_key": "wording_key__in"}

    class Meta(CuratedResource.Meta):
        model = Claim
        import_id_fields = ("wording_key",)
        fields = ("wording_key", "text", "first_seen", "topics", "merged_into")

    def with_related(self, rows: Any) -> Any:
        """``rows`` with their topics and the claims they were merged into."""
        return rows.select_related("merged_into").prefetch_related("topics")

    def settle(self, instance: Claim) -> None:
        """Put aside the stored topics."""
        instance.__dict__["_stored_topics"] = self.fields["topics"].stored(instance)

    def prepare(self, row: Any) -> None:
        """A row without a key is a claim by its text."""
        if not row.get("wording_key"):
            row["wording_key"] = Claim.key_for(str(row.get("text") or ""))

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raises ``ValidationError`` where the key is none: people don't make keys up."""
        super().validate_instance(instance, import_validation_errors, validate_unique)
        if instance.pk is None and instance.wording_key != Claim.key_for(instance.text):
            raise ValidationError({"wording_key": "No claim has this key. Leave it empty for a new claim."})

    def save_instance(self, instance: Claim, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Store ``instance``; a new wording of an old claim goes into its log, where it can be taken back."""
        if kwargs["dry_run"]:
            return
        if is_create:
            super().save_instance(instance, is_create, row, **kwargs)
        else:
            stored = Claim.objects.get(pk=instance.pk)
            rename_claim(stored, instance.text, user=kwargs["user"])
            instance.version = stored.version
            if stored.first_seen != instance.first_seen:
                super().save_instance(instance, is_create, row, **kwargs)
        if "topics" in row:
            self.fields["topics"].store(instance, kwargs["user"])


#: The tables by the nouns under which commands know them, in the order in which an empty store takes them.
TABLES: dict[str, type[TableResource]] = {
    "actors": ActorResource,
    "aliases": AliasResource,
    "roles": RoleResource,
    "topics": TopicResource,
    "claims": ClaimResource,
    "stances": StanceResource,
}
