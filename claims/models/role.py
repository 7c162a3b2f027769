"""Roles: offices and memberships, dated."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from claims.models import limits
from claims.models.actor import Actor
from claims.models.constraints import filled, lengths, period
from claims.models.curated import Curated


class Role(Curated):
    """An office or membership of an actor: Yuri Ushakov, aide, Kremlin, since 2012."""

    actor = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="roles",
        help_text="The actor that holds the office.",
    )
    title = models.CharField(max_length=limits.NAME, help_text="The office: president, foreign minister, spokesperson.")
    organisation = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        help_text="The state, institution or organisation in which the office is; empty where that is not known.",
    )
    valid_from = models.DateField(null=True, blank=True, help_text="The first day in office; empty where not known.")
    valid_until = models.DateField(
        null=True, blank=True, help_text="The last day in office; empty while it lasts or where not known."
    )

    class Meta:
        constraints = [
            *lengths("role", title=limits.NAME),
            *filled("role", "title"),
            period("role"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | ~Q(organisation=F("actor")),
                name="role_organisation_not_actor",
                violation_error_message="Nobody holds an office in itself.",
            ),
            # An unknown organisation or first day counts as a value here: unknown twice is the same row twice.
            models.UniqueConstraint(
                "actor",
                "title",
                Coalesce("organisation", Value(0), output_field=models.BigIntegerField()),
                Coalesce("valid_from", Value(dt.date.min), output_field=models.DateField()),
                name="role_once",
                violation_error_message="The actor has this role already.",
            ),
        ]
        permissions = [
            ("import_role", "Can import roles from a file"),
            ("export_role", "Can export roles to a file"),
        ]

    def __str__(self) -> str:
        """The title; where the row was read together with them, also the organisation and the holder."""
        text = self.title
        if self.organisation_id is not None and Role.organisation.is_cached(self):
            text += f", {self.organisation}"
        return f"{text}: {self.actor}" if Role.actor.is_cached(self) else text
