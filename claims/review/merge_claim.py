"""Merging: two claims turned out to be one."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.models import Claim, ClaimEdit, ClaimSuggestion, ClaimTopic, PositionChange, Stance
from claims.review.carry_dismissals import carry_dismissals
from claims.review.changes import Recorder
from claims.review.claim_locks import RefusedError, lock_claims, require_permission
from claims.selectors import merged_ids


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge moves: how many stances, how many of them judged, claims merged before, and topics gained."""

    stances: int
    judged: int
    claims: int
    topics: int


def merge_claim(source: Claim, target: Claim, *, user: User) -> ClaimEdit:
    """Merge ``source`` into ``target``, both as they were loaded; ``undo_edit`` takes it back.

    The merge is soft: the row of ``source`` and its stances stay as they are, and readers follow ``merged_into``. What
    was merged into ``source`` leads to ``target`` at once, so that a merge is never more than one step away. ``target``
    gains the topics of ``source`` and its earlier first day; suggestions that the two are one count as applied.
    Raises ``PermissionDenied``, ``RefusedError`` and ``ChangedMeanwhileError``.
    """
    require_permission(user)
    if source.pk == target.pk:
        raise RefusedError("A claim can't be merged into itself; choose another one.")
    recorder = Recorder()
    with transaction.atomic():
        source, target = lock_claims([source, target])
        suggestions = list(suggestions_between(source, target))
        merged = list(source.merged_from.order_by("pk").select_for_update())
        recorder.update([source, *merged], {"merged_into_id": target.pk})
        days = [day for day in (source.first_seen, target.first_seen) if day is not None]
        recorder.update([target], {"first_seen": min(days, default=None)})
        _give_topics(source, target, recorder)
        carry_dismissals(PositionChange.objects.filter(claim=source), target, recorder)
        decided = {"state": ClaimSuggestion.State.APPLIED.value, "decided_by_id": user.pk, "decided_at": timezone.now()}
        recorder.update(suggestions, decided)
        return ClaimEdit.objects.create(
            kind=ClaimEdit.Kind.MERGE,
            claim=source,
            other=target,
            summary=f"“{source}” into “{target}”",
            user=user,
            changes=recorder.entries,
        )


def plan_merge(source: Claim, target: Claim) -> MergePlan:
    """What merging ``source`` into ``target`` would move."""
    rows = merged_ids(source)
    stances = Stance.objects.filter(claim__in=rows)
    theirs = target.claim_topics.values("topic")
    return MergePlan(
        stances=stances.count(),
        judged=stances.judged().count(),
        claims=len(rows) - 1,
        topics=gained_topics(source, target).exclude(topic__in=theirs).count(),
    )


def suggestions_between(one: Claim, other: Claim) -> list[ClaimSuggestion]:
    """The suggestions, decided or not, that the two are one, under whichever of the rows merged into them."""
    ones, others = merged_ids(one), merged_ids(other)
    either = Q(first__in=ones, second__in=others) | Q(first__in=others, second__in=ones)
    return list(ClaimSuggestion.objects.filter(either).order_by("pk").select_for_update())


def gained_topics(source: Claim, target: Claim) -> QuerySet[ClaimTopic]:
    """The topics of ``source`` that ``target`` is to have too: all but those that a person took it out of."""
    return source.claim_topics.exclude(topic__in=target.topic_removals.values("topic")).order_by("pk")


def _give_topics(source: Claim, target: Claim, recorder: Recorder) -> None:
    has = {each.topic_id: each for each in target.claim_topics.all()}
    given = list(gained_topics(source, target))
    recorder.create(
        [
            ClaimTopic(claim=target, topic_id=each.topic_id, by_person=each.by_person)
            for each in given
            if each.topic_id not in has
        ]
    )
    taken_over = [has[each.topic_id] for each in given if each.by_person and each.topic_id in has]
    recorder.update(taken_over, {"by_person": True})
