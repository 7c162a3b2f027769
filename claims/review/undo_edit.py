"""Undoing: an edit of claims is taken back, and every row is what it was before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from claims.decisions import likeness_of
from claims.models import (
    Article,
    Claim,
    ClaimEdit,
    ClaimPlacement,
    ClaimSuggestion,
    ClaimTopic,
    ClaimWording,
    PositionChange,
    Stance,
)
from claims.review.changes import Entry, as_json, columns, write
from claims.review.claim_locks import MERGE, RENAME, RefusedError, require_permission

#: Columns that the machine may have moved on since; then they stay as they are.
MACHINES = frozenset({"first_seen"})
#: The nouns that ``_empty`` looks after, where a claim goes that a split had made.
_GIVEN_BACK = (
    Claim,
    ClaimEdit,
    ClaimPlacement,
    ClaimSuggestion,
    ClaimTopic,
    ClaimWording,
    PositionChange,
    Stance,
)


def undo_edit(edit: ClaimEdit, *, user: User) -> ClaimEdit:
    """Take ``edit`` back: each row that it changed gets its columns of before, what it created goes.

    Versions go on, so that whoever has a row open notices. Stances that a run has replaced since are found by their
    passage. Raises ``PermissionDenied``, and ``RefusedError`` where it is undone already or later edits build on it.
    """
    require_permission(user, RENAME if edit.kind == ClaimEdit.Kind.RENAME else MERGE)
    with transaction.atomic():
        edit = ClaimEdit.objects.select_for_update().get(pk=edit.pk)
        if edit.undone_at is not None:
            raise RefusedError("This is undone already.")
        _lock(edit)
        problems = _Undoing(edit).execute()
        if problems:
            raise RefusedError(
                f"This can't be undone as things are, since something builds on it: {'; '.join(problems)}."
                + _to_undo_first(edit)
            )
        edit.undone_by, edit.undone_at = user, timezone.now()
        edit.save(update_fields=["undone_by", "undone_at"])
    edit.refresh_from_db()
    return edit


class _Undoing:
    """One undo; ``execute`` gives what stands in its way, and is to be rolled back if there is anything."""

    def __init__(self, edit: ClaimEdit) -> None:
        self._edit = edit
        self._problems: list[str] = []

    def execute(self) -> list[str]:
        created = [entry for entry in self._edit.changes if entry["before"] is None]
        updated = [entry for entry in self._edit.changes if entry["before"] is not None]
        self._restore_stances([entry for entry in updated if entry["model"] == "stance"])
        for entry in updated:
            if entry["model"] != "stance":
                self._restore(entry)
        # The claim last: what points to it goes before it.
        for entry in sorted(created, key=lambda each: each["model"] == "claim"):
            self._remove(entry)
        return self._problems

    def _restore_stances(self, entries: Sequence[Entry]) -> None:
        keys = {entry["pk"] for entry in entries}
        stored = {row.pk: row for row in Stance.objects.filter(pk__in=keys)}
        elsewhere = 0
        for entry in entries:
            row = stored.get(entry["pk"]) or _found_again(entry, keys)
            if row is None:
                continue
            if row.claim_id != entry["after"]["claim_id"]:
                elsewhere += 1
            else:
                write(Stance, [row.pk], entry["before"])
        if elsewhere:
            self._problems.append(f"{elsewhere:,} of its stances belong to another claim by now")

    def _restore(self, entry: Entry) -> None:
        row = _row(entry)
        if row is None:
            # A change of position that is no longer dismissed is the machine's, and goes when no stance shows it.
            if entry["model"] != "positionchange":
                self._problems.append(f"a {_noun(entry)} is gone")
            return
        now = {name: as_json(getattr(row, name)) for name in entry["after"]}
        if isinstance(row, ClaimTopic) and now != entry["after"]:
            return
        moved_on = {name for name in MACHINES & now.keys() if now[name] != entry["after"][name]}
        changed = [name for name, value in entry["after"].items() if now[name] != value and name not in moved_on]
        if changed:
            self._problems.append(f"the {_noun(entry)} “{row}” was changed since ({', '.join(map(_words, changed))})")
            return
        model = type(row)
        write(model, [row.pk], {name: _value(model, name, entry) for name in entry["before"] if name not in moved_on})

    def _remove(self, entry: Entry) -> None:
        row = _row(entry)
        if row is None:
            return
        now = columns(row)
        if isinstance(row, ClaimTopic) and now != entry["after"]:
            return  # A person took it over since, and it stays theirs.
        changed = [name for name, value in entry["after"].items() if now.get(name) != value and name not in MACHINES]
        if changed:
            self._problems.append(f"the {_noun(entry)} “{row}” was changed since ({', '.join(map(_words, changed))})")
            return
        if isinstance(row, Claim):
            self._empty(row)
            if self._problems:
                return
        row.delete()

    def _empty(self, claim: Claim) -> None:
        """Give back what runs put under ``claim`` since, and note what people did."""
        stances = Stance.objects.filter(claim=claim)
        checks: list[tuple[str, models.QuerySet[Any]]] = [
            ("stances on it were judged or added by people since", stances.exclude(state="pending", run__isnull=False)),
            ("stances were put under it since", ClaimPlacement.objects.filter(claim=claim)),
            ("topics were given to it since", ClaimTopic.objects.filter(claim=claim, by_person=True)),
            ("claims were merged into it since", Claim.objects.filter(merged_into=claim)),
            ("suggestions about it were decided since", _suggestions(claim).exclude(state="open")),
            ("changes of position on it were dismissed since", _changes(claim).filter(dismissed_by__isnull=False)),
            *_naming(claim),
        ]
        if self._edit.claim_id is None:
            self._problems.append("the claim that it was split off is gone")
        self._problems += [f"{number:,} {what}" for what, rows in checks if (number := rows.count())]
        if not self._problems:
            write(Stance, list(stances.values_list("pk", flat=True)), {"claim_id": self._edit.claim_id})
            ClaimWording.objects.filter(claim=claim).update(claim=self._edit.claim_id)
            ClaimTopic.objects.filter(claim=claim).delete()
            _changes(claim).delete()
            _suggestions(claim).delete()


def _lock(edit: ClaimEdit) -> None:
    """Lock all that ``edit`` changed, in the order in which everybody does: articles, stances, claims."""
    articles = {entry["passage"]["article_id"] for entry in edit.changes if "passage" in entry}
    list(Article.objects.filter(pk__in=articles).order_by("pk").select_for_update().values_list("pk", flat=True))
    _lock_keys(Stance, (entry["pk"] for entry in edit.changes if entry["model"] == "stance"))
    keys = [entry["pk"] for entry in edit.changes if entry["model"] == "claim"]
    _lock_keys(Claim, keys)


def _lock_keys(model: type[models.Model], keys: Iterable[int]) -> None:
    rows = model._default_manager.filter(pk__in=set(keys)).order_by("pk")
    list(rows.select_for_update().values_list("pk", flat=True))


def _found_again(entry: Entry, known: set[int]) -> Stance | None:
    """The stance that a run has put in the place of the one of ``entry``, where it read the passage again."""
    passage = ClaimPlacement(**entry["passage"])
    rows = Stance.objects.filter(article=passage.article_id, claim=entry["after"]["claim_id"]).exclude(pk__in=known)
    likely = [(likeness, row.pk, row) for row in rows if (likeness := likeness_of(passage, row))]
    return max(likely, key=lambda each: each[:2])[2] if likely else None


def _to_undo_first(edit: ClaimEdit) -> str:
    claims = [key for key in (edit.claim_id, edit.other_id) if key is not None]
    later = ClaimEdit.objects.filter(
        Q(claim__in=claims) | Q(other__in=claims), pk__gt=edit.pk, undone_at__isnull=True
    ).order_by("-pk")
    names = ", ".join(f"the {each} (number {each.pk})" for each in later[:5])
    return f" Undo first: {names}." if names else ""


def _suggestions(claim: Claim) -> models.QuerySet[ClaimSuggestion]:
    return ClaimSuggestion.objects.filter(Q(first=claim) | Q(second=claim))


def _changes(claim: Claim) -> models.QuerySet[PositionChange]:
    return PositionChange.objects.filter(claim=claim)


def _naming(claim: Claim) -> Iterator[tuple[str, models.QuerySet[Any]]]:
    """The rows of all other nouns that name ``claim``."""
    for relation in Claim._meta.related_objects:
        model: Any = relation.related_model
        if model not in _GIVEN_BACK:
            rows = model._default_manager.filter(**{relation.field.name: claim})
            yield f"{model._meta.verbose_name_plural} name it by now", rows


def _row(entry: Entry) -> models.Model | None:
    model = apps.get_model("claims", entry["model"])
    row: models.Model | None = model._default_manager.filter(pk=entry["pk"]).first()
    return row


def _value(model: type[models.Model], name: str, entry: Entry) -> Any:
    field: Any = model._meta.get_field(name.removesuffix("_id"))
    return field.to_python(entry["before"][name])


def _noun(entry: Entry) -> str:
    return str(apps.get_model("claims", entry["model"])._meta.verbose_name)


def _words(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")
