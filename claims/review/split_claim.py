"""Splitting: what was gathered under one claim is two."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from claims.models import Article, Claim, ClaimEdit, ClaimSuggestion, ClaimTopic, ClaimTopicRemoval, Stance
from claims.review.changes import Recorder
from claims.review.claim_locks import RefusedError, lock_claims, lock_stances, require_permission
from claims.review.move_stances import counted, place, require_belonging


def split_claim(claim: Claim, stances: Sequence[Stance], text: str, *, user: User) -> ClaimEdit:
    """Put ``stances`` of ``claim``, all as they were loaded, under a new claim worded ``text``.

    The new claim gets the topics of the old one, also those that people took it out of, and the two are remembered as
    not the same. ``undo_edit`` takes it back. Raises ``PermissionDenied``, ``ValidationError`` where ``text`` is no
    wording of a claim, ``RefusedError`` where another claim has it, and ``ChangedMeanwhileError``.
    """
    require_permission(user)
    recorder = Recorder()
    with transaction.atomic():
        rows = lock_stances(stances)
        (claim,) = lock_claims([claim])
        require_belonging(rows, claim)
        days = Article.objects.filter(stances__in=rows).values_list("published_on", flat=True)
        new = Claim(text=text.strip(), wording_key=Claim.key_for(text), first_seen=min(days), curated=True)
        require_new_wording(new)
        recorder.create([new])
        place(rows, new, user, recorder)
        recorder.create(
            [
                ClaimTopic(claim=new, topic_id=each.topic_id, by_person=each.by_person)
                for each in claim.claim_topics.order_by("pk")
            ]
        )
        recorder.create(
            [
                ClaimTopicRemoval(claim=new, topic_id=each.topic_id, user_id=each.user_id, at=each.at)
                for each in claim.topic_removals.order_by("pk")
            ]
        )
        first, second = sorted((claim, new), key=lambda each: each.pk)
        recorder.create(
            [
                ClaimSuggestion(
                    first=first,
                    second=second,
                    reason="One was split off the other by a person.",
                    state=ClaimSuggestion.State.DISMISSED,
                    decided_by=user,
                    decided_at=timezone.now(),
                )
            ]
        )
        return ClaimEdit.objects.create(
            kind=ClaimEdit.Kind.SPLIT,
            claim=claim,
            other=new,
            summary=f"{counted(rows)} of “{claim}” to the new claim “{new}”",
            user=user,
            changes=recorder.entries,
        )


def require_new_wording(claim: Claim) -> None:
    """Raises ``ValidationError`` unless ``claim`` can be stored, and ``RefusedError`` where its wording exists."""
    claim.clean_fields()
    same = Claim.objects.filter(wording_key=claim.wording_key).first()
    if same is not None:
        raise RefusedError(f"There is a claim with this wording already: “{same}”. Move the stances there instead.")
    try:
        claim.validate_constraints()
    except ValidationError as error:
        raise ValidationError(error.messages) from error
