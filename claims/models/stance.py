"""Stances: one actor's position on one claim in one place of one article."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from claims.extraction.types import Act, Plover, Quotation, Side
from claims.models import limits
from claims.models.actor import Actor
from claims.models.article import Article
from claims.models.claim import Claim
from claims.models.constraints import evidence, filled, lengths, one_of
from claims.models.role import Role
from claims.models.run import Run
from claims.models.words import choices


class StanceQuerySet(models.QuerySet["Stance"]):
    """The stances of one sort or another."""

    def pending(self) -> Self:
        """Those that nobody has judged: they belong to the machine."""
        return self.filter(state=Stance.State.PENDING)

    def judged(self) -> Self:
        """Those that a person has judged, rejected ones included: they belong to people."""
        return self.exclude(state=Stance.State.PENDING)

    def visible(self) -> Self:
        """Those that readers see: all but the rejected ones."""
        return self.exclude(state=Stance.State.REJECTED)


class Stance(models.Model):
    """The central row: who takes which position on what, with the words that show it.

    Each span of evidence is kept as two offsets into the article's text and the words between them; rules and
    triggers of the database refuse any words that are not the article's own.
    """

    class State(models.TextChoices):
        """What people made of the stance so far."""

        PENDING = "pending", pgettext_lazy("state", "pending")
        ACCEPTED = "accepted", pgettext_lazy("state", "accepted")
        CORRECTED = "corrected", pgettext_lazy("state", "corrected")
        REJECTED = "rejected", pgettext_lazy("state", "rejected")

    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="stances",
        help_text="The article in which the stance is printed.",
    )
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="stances",
        help_text="Who holds the stance: the innermost source; empty while it is open who that is.",
    )
    actor_as_printed = models.CharField(
        max_length=limits.PRINTED, help_text="The actor in the article's own words, in the fullest form it prints."
    )
    office = models.CharField(
        max_length=limits.NAME,
        blank=True,
        help_text="The office that the actor held on the article's date; empty where none is known.",
    )
    role = models.ForeignKey(
        Role,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="stances",
        help_text="That office with where it is held, if it is among the actor's dated roles.",
    )
    claim = models.ForeignKey(
        Claim,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stances",
        help_text="The claim that the content words; empty while the stance belongs to none.",
    )
    act = models.CharField(
        max_length=limits.CODE,
        choices=choices(Act),
        blank=True,
        help_text="How the position is taken; empty where that is not known.",
    )
    side = models.CharField(
        max_length=limits.CODE,
        choices=choices(Side),
        blank=True,
        help_text="The actor's side on the target; empty where that is not known.",
    )
    target_actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="targeting_stances",
        help_text="The actor that the target names, where it names one that is known.",
    )
    # Null, not "" as with codes that are merely not known: a stance that is no event has none.
    plover = models.CharField(  # noqa: DJ001
        max_length=limits.CODE,
        choices=choices(Plover),
        null=True,
        blank=True,
        help_text="The category of political event in PLOVER that this amounts to; empty where it is none.",
    )
    negated = models.BooleanField(default=False, help_text="Whether the content is said not to be so.")
    conditional = models.BooleanField(default=False, help_text="Whether the content holds only under a condition.")
    future = models.BooleanField(default=False, help_text="Whether the content is about what is to come.")
    quotation = models.CharField(
        max_length=limits.CODE,
        choices=choices(Quotation),
        blank=True,
        help_text="Whether the content is quoted, partly quoted or put in other words; empty where not known.",
    )

    mention_start = models.PositiveIntegerField(
        null=True, blank=True, help_text="The offset in the text at which the words that name the actor start."
    )
    mention_end = models.PositiveIntegerField(
        null=True, blank=True, help_text="The offset in the text after the last character that names the actor."
    )
    mention_text = models.TextField(
        blank=True, help_text="The words that name the actor; empty where the passage does not name it."
    )
    cue_start = models.PositiveIntegerField(help_text="The offset in the text at which the cue starts.")
    cue_end = models.PositiveIntegerField(help_text="The offset in the text after the cue's last character.")
    cue_text = models.TextField(help_text="The words that express the act: “warned”, “according to”.")
    content_start = models.PositiveIntegerField(help_text="The offset in the text at which the content starts.")
    content_end = models.PositiveIntegerField(help_text="The offset in the text after the content's last character.")
    content_text = models.TextField(help_text="The words of what is claimed, demanded or denied.")
    target_start = models.PositiveIntegerField(
        null=True, blank=True, help_text="The offset in the text at which the target starts."
    )
    target_end = models.PositiveIntegerField(
        null=True, blank=True, help_text="The offset in the text after the target's last character."
    )
    target_text = models.TextField(
        blank=True, help_text="The words that name what the position is on; empty where nothing stands out."
    )

    said_on = models.DateField(
        null=True, blank=True, help_text="The day on which it was said, where the article tells."
    )
    confidence = models.FloatField(
        default=0.0,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text="How sure the machine is, from 0 to 1; a score, not a judgement.",
    )
    state = models.CharField(
        max_length=limits.CODE,
        choices=State.choices,
        default=State.PENDING,
        help_text="What people made of the stance: pending until somebody judged it.",
    )
    run = models.ForeignKey(
        Run,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stances",
        help_text="The run that found the stance; empty where a person added it.",
    )
    rule = models.CharField(
        max_length=limits.RULE, blank=True, help_text="The pattern of extraction that found the stance."
    )
    extracted = models.JSONField(
        default=dict, blank=True, help_text="What the machine said, kept whole beside what people made of it."
    )
    version = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="This number goes up with each change by a person and tells two editors of the same stance apart.",
    )
    created = models.DateTimeField(auto_now_add=True, help_text="When the stance was stored.")
    updated = models.DateTimeField(auto_now=True, help_text="When the stance was last changed.")

    objects = StanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "content_start", "content_end", "cue_start", "cue_end", "actor_as_printed"],
                name="stance_natural_key",
                violation_error_message="The article has a stance with this actor, cue and content already.",
            ),
            *lengths("stance", actor_as_printed=limits.PRINTED, office=limits.NAME, rule=limits.RULE),
            *filled("stance", "actor_as_printed"),
            one_of("act", Act, name="stance_act_known", or_unknown=True),
            one_of("side", Side, name="stance_side_known", or_unknown=True),
            one_of("plover", Plover, name="stance_plover_known"),
            one_of("quotation", Quotation, name="stance_quotation_known", or_unknown=True),
            one_of("state", ["pending", "accepted", "corrected", "rejected"], name="stance_state_known"),
            evidence("stance", "mention", required=False),
            evidence("stance", "cue", required=True),
            evidence("stance", "content", required=True),
            evidence("stance", "target", required=False),
            models.CheckConstraint(
                condition=Q(confidence__gte=0.0, confidence__lte=1.0),
                name="stance_confidence_range",
                violation_error_message="The confidence is a number from 0 to 1.",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "article", "content_start"], name="stance_queue_by_article"),
            models.Index(fields=["state", "confidence"], name="stance_queue_by_confidence"),
            models.Index(fields=["state", "-created"], name="stance_queue_newest"),
            models.Index(fields=["state", "-id"], name="stance_latest_of_state"),
            models.Index(fields=["actor", "state"], name="stance_by_actor"),
            models.Index(fields=["role", "state"], name="stance_by_role", condition=Q(role__isnull=False)),
            models.Index(
                fields=["actor_as_printed"], name="stance_unresolved", condition=Q(actor__isnull=True, state="pending")
            ),
        ]
        permissions = [
            ("judge_stance", "Can accept, correct, reject and reopen stances"),
            ("import_stance", "Can import stances from a file"),
            ("export_stance", "Can export stances to a file"),
            ("override_judgement", "Can change judged stances by an import"),
        ]

    def __str__(self) -> str:
        content = self.content_text if len(self.content_text) <= 80 else f"{self.content_text[:77]}..."
        return f"{self.actor_as_printed} {self.act or self.cue_text}: “{content}”"
