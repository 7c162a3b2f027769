"""Actors: who can hold a position."""

from __future__ import annotations

import enum

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from claims.extraction.types import ActorKind
from claims.models import limits
from claims.models.constraints import filled, lengths, not_itself, one_of
from claims.models.curated import Curated
from claims.models.former_slug import require_free_slug
from claims.models.words import choices


class Pronoun(enum.StrEnum):
    """How an article refers to an actor it has named."""

    HE = "he"
    SHE = "she"
    THEY = "they"


class Actor(Curated):
    """A person, state, institution, organisation, party, company, armed group, outlet or unnamed group.

    Two rows for the same actor are merged softly: one points to the other, neither is deleted, and both can be told
    apart again for ever.
    """

    name = models.CharField(max_length=limits.NAME, help_text="The name by which readers know the actor.")
    slug = models.SlugField(
        max_length=limits.SLUG,
        unique=True,
        db_index=False,
        help_text="The short form of the name used in web addresses and in files of facts.",
    )
    kind = models.CharField(
        max_length=limits.CODE,
        choices=choices(ActorKind),
        blank=True,
        help_text="What the actor is; empty where that is not known.",
    )
    pronoun = models.CharField(
        max_length=limits.CODE,
        choices=choices(Pronoun),
        blank=True,
        help_text="The pronoun used for a person; empty where it is not known or the actor is not a person.",
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The state or organisation to which an institution belongs.",
    )
    wikidata_id = models.CharField(
        "Wikidata id",
        max_length=limits.WIKIDATA_ID,
        blank=True,
        validators=[RegexValidator(r"\AQ[1-9][0-9]*\Z", "A Wikidata id is a Q followed by a number.")],
        help_text="The actor's item in Wikidata, a Q with a number; empty where nobody is sure of it.",
    )
    description = models.CharField(
        max_length=limits.DESCRIPTION, blank=True, help_text="One sentence that tells the actor from its namesakes."
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        help_text="The actor that this row turned out to be; readers follow it.",
    )

    class Meta:
        constraints = [
            *lengths(
                "actor",
                name=limits.NAME,
                slug=limits.SLUG,
                wikidata_id=limits.WIKIDATA_ID,
                description=limits.DESCRIPTION,
            ),
            *filled("actor", "name", "slug"),
            one_of("kind", ActorKind, name="actor_kind_known", or_unknown=True),
            one_of("pronoun", Pronoun, name="actor_pronoun_known", or_unknown=True),
            not_itself("actor", "merged_into"),
            not_itself("actor", "part_of"),
            models.CheckConstraint(
                condition=Q(wikidata_id="") | Q(wikidata_id__startswith="Q"),
                name="actor_wikidata_id_form",
                violation_error_message="A Wikidata id is a Q followed by a number.",
            ),
            models.UniqueConstraint(
                fields=["wikidata_id"],
                condition=Q(merged_into__isnull=True) & ~Q(wikidata_id=""),
                name="actor_wikidata_id_once",
                violation_error_message="Another actor has this Wikidata id; merge the two instead.",
            ),
        ]
        indexes = [models.Index(fields=["name"], name="actor_by_name")]
        permissions = [
            ("import_actor", "Can import actors from a file"),
            ("export_actor", "Can export actors to a file"),
            ("merge_actor", "Can merge actors and undo merges"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ``ValidationError`` where the slug was another actor's."""
        require_free_slug(self.slug, noun="actor", own=self.pk)
