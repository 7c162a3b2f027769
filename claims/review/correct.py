"""Correcting: the stance is one, but not as the machine has it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction

from claims.actors.offices import Offices, words_around
from claims.models import Actor, Judgement, Role, Stance
from claims.review.decide import attribute, decide, require_permission
from claims.review.outcome import ConflictError
from claims.selectors import canonical

FIELDS = (
    "actor",
    "actor_as_printed",
    "role",
    "office",
    "claim",
    "act",
    "side",
    "plover",
    "target_actor",
    "negated",
    "conditional",
    "future",
    "quotation",
    "said_on",
)
SPANS = ("mention", "cue", "content", "target")
NATURAL_KEY = {"article", "content_start", "content_end", "cue_start", "cue_end", "actor_as_printed"}
Offsets = tuple[int, int] | None


def correct(stance: Stance, values: Mapping[str, Any], *, user: User, note: str = "", blind: bool = False) -> bool:
    """Set ``values`` on ``stance`` and mark it corrected; gives whether anything was different.

    ``values`` has any of ``FIELDS``, and for any of ``SPANS`` its offsets in the article's text or None; the words of a
    span are always taken from the article, and the office follows the actor and the role. Raises ``ValidationError``
    where the values are no stance, ``ConflictError`` where somebody else changed it since ``stance`` was loaded, and
    ``PermissionDenied`` where ``user`` may not judge.
    """
    require_permission(user)
    different = different_columns(stance, values)
    if not different:
        return False
    with transaction.atomic():
        done = decide(
            stance,
            {**different, "state": Stance.State.CORRECTED},
            user=user,
            decision=Judgement.Decision.CORRECTED,
            note=note,
            blind=blind,
        )
        if not done:
            raise ConflictError(Stance.objects.get(pk=stance.pk))
    return True


def different_columns(stance: Stance, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of ``stance`` that ``values`` (see ``correct``) would change, with their new values.

    Raises ``ValidationError`` where the result would be no stance. Nothing is written.
    """
    different = {
        name: value
        for name, value in _columns(stance, values).items()
        if getattr(stance, attribute(name)) != (value.pk if isinstance(value, models.Model) else value)
    }
    _follow_office(stance, different)
    if different:
        _require_valid(stance, different)
    return different


def _follow_office(stance: Stance, different: dict[str, Any]) -> None:
    """Let the office follow what else changes: a new actor's is the one it held on the day, a new role's is its title.

    Raises ``ValidationError`` where the role is somebody else's.
    """
    if "role" in different:
        role, actor = different["role"], different.get("actor", stance.actor)
        if role is not None and (actor is None or canonical(role.actor) != canonical(actor)):
            raise ValidationError({"role": f"This is an office of {role.actor.name}, not of the stance's actor."})
    elif "actor" in different:
        role = _office_of(different["actor"], stance)
        different["role"] = role
    else:
        return
    different.setdefault("office", role.title if role else "")


def _office_of(actor: Actor | None, stance: Stance) -> Role | None:
    if actor is None:
        return None
    survivor = canonical(actor).pk
    day = stance.said_on or stance.article.published_on
    start, end = stance.mention_start, stance.mention_end
    words = words_around(stance.article.text, start, end) if start is not None and end is not None else ""
    return Offices([survivor]).held(survivor, day, words)


def _columns(stance: Stance, values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` with each span as the three columns that hold it."""
    columns: dict[str, Any] = {}
    for name, value in values.items():
        if name in SPANS:
            offsets: Offsets = value
            columns[f"{name}_start"], columns[f"{name}_end"] = offsets or (None, None)
            columns[f"{name}_text"] = stance.article.text[slice(*offsets)] if offsets else ""
        elif name in FIELDS:
            columns[name] = value
        else:
            raise ValueError(f"{name} is not for people to correct")
    return columns


def _require_valid(stance: Stance, different: Mapping[str, Any]) -> None:
    changed = copy(stance)
    for name, value in different.items():
        setattr(changed, name, value)
    text = changed.article.text
    for span in SPANS:
        start, end = getattr(changed, f"{span}_start"), getattr(changed, f"{span}_end")
        if start is not None and not 0 <= start < end <= len(text):
            raise ValidationError(f"The {span} must lie within the article.")
    changed.full_clean(exclude=_untouched(different))


def _untouched(different: Mapping[str, Any]) -> set[str]:
    """The columns that no rule about ``different`` looks at; asking the database about each takes its time."""
    together: list[set[str]] = [{f"{span}_{part}" for part in ("start", "end", "text")} for span in SPANS]
    together.append(NATURAL_KEY)
    touched = set(different).union(*(columns for columns in together if not columns.isdisjoint(different)))
    return {field.name for field in Stance._meta.fields} - touched
