"""Dismissed changes of position go along when the stances that showed them come to another claim."""

from __future__ import annotations

from django.db.models import QuerySet

from claims.models import Claim, PositionChange
from claims.review.changes import Recorder


def carry_dismissals(changes: QuerySet[PositionChange], claim: Claim, recorder: Recorder) -> None:
    """Put those of ``changes`` that people dismissed on ``claim``, so that no run lists them there anew.

    What is listed on ``claim`` by itself stays as it is. Changes that nobody dismissed are the machine's to find again.
    """
    listed = set(PositionChange.objects.filter(claim=claim).values_list("actor", "earlier_article", "later_article"))
    dismissed = changes.filter(dismissed_by__isnull=False).exclude(claim=claim).order_by("pk").select_for_update()
    recorder.update(
        [row for row in dismissed if (row.actor_id, row.earlier_article_id, row.later_article_id) not in listed],
        {"claim_id": claim.pk},
    )
