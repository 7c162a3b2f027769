"""Changes of position as a reader sees them: which there are, and each with both stances as cards."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse

from claims.models import PositionChange, Stance
from claims.pages.cards import LONGEST_QUOTATION, Card, card, card_rows, shortened
from claims.pages.readable import readable_stances
from claims.selectors import canonical


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """One change in words, with both stances as cards."""

    pk: int
    actor: str
    actor_url: str
    subject: str
    subject_url: str
    is_on_claim: bool
    days: int
    before: Card
    after: Card


def readable_changes(request: HttpRequest) -> QuerySet[PositionChange]:
    """The changes that the visitor may see, newest first: those of which they may see both stances."""
    readable = readable_stances(request).select_related(None).order_by()
    # Asked for each change: as sets, the stances that may be seen would be nearly all there are. Of EXISTS, PostgreSQL
    # makes such a set; of a value it can't.
    changes = PositionChange.objects.alias(
        seen_before=Subquery(readable.filter(pk=OuterRef("earlier")).values("pk")[:1]),
        seen_after=Subquery(readable.filter(pk=OuterRef("later")).values("pk")[:1]),
    ).filter(seen_before__isnull=False, seen_after__isnull=False, dismissed_by=None)
    return changes.select_related("actor__merged_into", "claim__merged_into", "topic").order_by("-later_on", "-pk")


def change_cards(changes: list[PositionChange], request: HttpRequest) -> list[ChangeCard]:
    """The cards of ``changes``, in the same order."""
    keys = [key for change in changes for key in (change.earlier_id, change.later_id)]
    stances = {stance.pk: stance for stance in card_rows(readable_stances(request).filter(pk__in=keys))}
    return [_card(change, stances) for change in changes]


def _card(change: PositionChange, stances: dict[int, Stance]) -> ChangeCard:
    actor = canonical(change.actor)
    # The query for the page asked that both stances are there.
    earlier, later = stances[change.earlier_id or 0], stances[change.later_id or 0]
    claim = canonical(change.claim) if change.claim else None
    topic_url = reverse("topic", args=[change.topic.slug]) if change.topic else ""

    def of(stance: Stance) -> Card:
        is_own = stance.actor is not None and canonical(stance.actor).pk == actor.pk
        return card(stance, speaks_for="" if is_own else actor.name)

    return ChangeCard(
        pk=change.pk,
        actor=actor.name,
        actor_url=reverse("actor", args=[actor.slug]),
        subject=claim.text if claim else shortened(later.target_text, LONGEST_QUOTATION),
        subject_url=reverse("claim", args=[claim.pk]) if claim else topic_url,
        is_on_claim=claim is not None,
        days=change.days,
        before=of(earlier),
        after=of(later),
    )
