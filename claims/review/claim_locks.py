"""What all edits of claims ask for first: the permission, and the rows as they were seen, locked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from claims.models import Article, Claim, Stance

MERGE, RENAME = "claims.merge_claim", "claims.change_claim"


class RefusedError(Exception):
    """An edit that can't be done as things are; the message tells people why. Nothing was written."""


class ChangedMeanwhileError(RefusedError):
    """Somebody else changed what the edit is about after it was loaded."""


def require_permission(user: User, permission: str = MERGE) -> None:
    """Raises ``PermissionDenied`` unless ``user`` has ``permission``."""
    if not user.has_perm(permission):
        raise PermissionDenied("You may not edit claims in this way.")


def lock_stances(stances: Iterable[Stance]) -> list[Stance]:
    """The rows of ``stances`` as they are now, by key, locked together with their articles.

    An import locks an article before its stances, so everybody does. Raises ``ChangedMeanwhileError`` unless all are
    still what was loaded.
    """
    loaded = {stance.pk: stance.version for stance in stances}
    articles = Article.objects.filter(stances__in=loaded.keys()).values_list("pk", flat=True)
    list(Article.objects.filter(pk__in=set(articles)).order_by("pk").select_for_update().values_list("pk", flat=True))
    rows = list(Stance.objects.filter(pk__in=loaded.keys()).order_by("pk").select_for_update())
    changed = len(loaded) - sum(row.version == loaded[row.pk] for row in rows)
    if changed:
        raise ChangedMeanwhileError(
            f"{changed:,} of the {len(loaded):,} stances were changed by somebody else, or read again, after you had "
            "opened the page. Nothing was moved; look at them once more."
        )
    return rows


def lock_claims(claims: Sequence[Claim]) -> list[Claim]:
    """The rows of ``claims`` as they are now, in the order given, locked.

    Raises ``ChangedMeanwhileError`` unless all are still what was loaded, and ``RefusedError`` where one was merged.
    """
    keys = [claim.pk for claim in claims]
    rows = {row.pk: row for row in Claim.objects.filter(pk__in=keys).order_by("pk").select_for_update()}
    for claim in claims:
        row = rows.get(claim.pk)
        if row is None or row.version != claim.version:
            raise ChangedMeanwhileError(
                f"Somebody else changed the claim “{claim}” after you had opened the page. Nothing was done; look at "
                "it once more."
            )
        if row.merged_into_id is not None:
            raise RefusedError(f"The claim “{claim}” is merged into another; edit that one.")
    return [rows[key] for key in keys]
