"""Renaming: the claim is better worded otherwise."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Claim, ClaimEdit
from claims.review.changes import Recorder
from claims.review.claim_locks import RENAME, ChangedMeanwhileError, require_permission


def rename_claim(claim: Claim, text: str, *, user: User) -> ClaimEdit | None:
    """Word ``claim``, as it was loaded, as ``text``; None where it is worded so. ``undo_edit`` takes it back.

    The key of its first wording stays, so what articles said so far is still found to be this claim. ``claim`` then has
    the new text and version. Raises ``PermissionDenied``, ``ValidationError`` where ``text`` is no wording, and
    ``ChangedMeanwhileError``.
    """
    require_permission(user, RENAME)
    recorder = Recorder()
    with transaction.atomic():
        row = Claim.objects.select_for_update().get(pk=claim.pk)
        if row.version != claim.version:
            raise ChangedMeanwhileError(f"Somebody else changed the claim “{row}” after you had opened it.")
        if row.text == text:
            return None
        _require_wording(row, text)
        summary = f"“{row}” to “{Claim(text=text)}”"
        recorder.update([row], {"text": text, "curated": True})
        claim.text, claim.curated, claim.version = text, True, row.version + 1
        return ClaimEdit.objects.create(
            kind=ClaimEdit.Kind.RENAME, claim=row, summary=summary, user=user, changes=recorder.entries
        )


def _require_wording(row: Claim, text: str) -> None:
    Claim(text=text, wording_key=row.wording_key).clean_fields()
