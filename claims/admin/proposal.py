"""Proposals of later runs in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin
from claims.models import Proposal


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    """What a later run would change on articles that people have judged."""

    list_display = ("kind", "decide", "article", "stance", "run", "state", "decided_by", "decided_at")
    list_filter = ("state", "kind")
    list_select_related = ("article", "stance", "run", "decided_by")
    ordering = ("-pk",)

    @admin.display(description="all of the article")
    def decide(self, proposal: Proposal) -> SafeString:
        """The page where the article's proposals are applied or dismissed."""
        address = reverse("admin:claims_article_proposals", args=[proposal.article_id])
        return format_html('<a href="{}">compare and decide</a>', address)
