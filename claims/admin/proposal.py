"""Proposals of later runs in the admin."""

from __future__ import annotations

from django.contrib import admin

from claims.admin.base import ReadOnlyAdmin
from claims.models import Proposal


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    """What a later run would change on articles that people have judged."""

    list_display = ("kind", "article", "stance", "run", "state", "decided_by", "decided_at")
    list_filter = ("state", "kind")
    list_select_related = ("article", "stance", "run", "decided_by")
    ordering = ("-pk",)
