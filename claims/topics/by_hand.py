"""What a person does to the topics of a claim, so that the machine leaves it at that."""

from __future__ import annotations

from django.contrib.auth.models import User

from claims.models import ClaimTopic, ClaimTopicRemoval


def put_in(row: ClaimTopic) -> None:
    """Store ``row``, new or not, as a person's; that the claim was taken out of the topic before is forgotten."""
    row.by_person = True
    row.save()
    ClaimTopicRemoval.objects.filter(claim=row.claim_id, topic=row.topic_id).delete()


def take_out(row: ClaimTopic, user: User | None) -> None:
    """Delete ``row``, whoever assigned it, and remember that ``user`` did."""
    ClaimTopicRemoval.objects.get_or_create(claim_id=row.claim_id, topic_id=row.topic_id, defaults={"user": user})
    ClaimTopic.objects.filter(claim=row.claim_id, topic=row.topic_id).delete()
