"""Adding: a stance that the machine missed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Article, Claim, Judgement, Stance, limits
from claims.review.correct import FIELDS, SPANS, Offsets
from claims.review.decide import require_permission


def add(article: Article, values: Mapping[str, Any], *, user: User, note: str = "") -> Stance:
    """Store a stance of ``article`` that ``user`` found; it counts as accepted.

    ``values`` has any of the ``FIELDS`` of a correction and the offsets of ``SPANS`` in the article's text; cue and
    content must be among them. Without a claim it belongs to the one that its content words. Raises
    ``ValidationError`` where the values are no stance or the article has it already, and ``PermissionDenied`` where
    ``user`` may not judge.
    """
    require_permission(user)
    stance = Stance(article=article, state=Stance.State.ACCEPTED)
    for name, value in values.items():
        if name in SPANS:
            offsets: Offsets = value
            start, end = offsets or (None, None)
            setattr(stance, f"{name}_start", start)
            setattr(stance, f"{name}_end", end)
            setattr(stance, f"{name}_text", article.text[start:end] if offsets else "")
        elif name in FIELDS:
            setattr(stance, name, value)
        else:
            raise ValueError(f"{name} is not for people to set")
    with transaction.atomic():
        if stance.claim is None and stance.content_text.strip():
            stance.claim = Claim.objects.get_or_create(
                wording_key=Claim.key_for(stance.content_text),
                defaults={"text": stance.content_text[: limits.CLAIM_TEXT], "first_seen": article.published_on},
            )[0]
        stance.full_clean(exclude={"run", "extracted"})
        stance.save(force_insert=True)
        Judgement.objects.create(stance=stance, user=user, decision=Judgement.Decision.ACCEPTED, note=note)
    return stance
