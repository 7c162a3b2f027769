"""Changes of position in short: on what, how many days apart, and the words of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from claims.models import PositionChange
from claims.pages.cards import LONGEST_QUOTATION, shortened
from claims.pages.quotes import Quote, quote
from claims.selectors import canonical, visible_stances


@dataclass(frozen=True, slots=True)
class ChangeQuotes:
    """One change with both quotations."""

    pk: int
    subject: str
    subject_url: str
    days: int
    before: Quote
    after: Quote


def change_quotes(changes: Sequence[PositionChange]) -> list[ChangeQuotes]:
    """``changes`` that the visitor may see (see ``readable_changes``), in their order; one query."""
    keys = {key for change in changes for key in (change.earlier_id, change.later_id)}
    stances = visible_stances().select_related("actor__merged_into", "article__outlet").in_bulk(keys) if keys else {}
    found = []
    for change in changes:
        earlier, later = stances[change.earlier_id], stances[change.later_id]
        claim = canonical(change.claim) if change.claim else None
        topic_url = reverse("topic", args=[change.topic.slug]) if change.topic else ""
        found.append(
            ChangeQuotes(
                pk=change.pk,
                subject=claim.text if claim else shortened(later.target_text, LONGEST_QUOTATION),
                subject_url=reverse("claim", args=[claim.pk]) if claim else topic_url,
                days=change.days,
                before=quote(earlier),
                after=quote(later),
            )
        )
    return found
