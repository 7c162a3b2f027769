"""Rules that the database itself holds, in the few shapes that the models share."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

# Lets a rule say ``name__length__lte``. SQLite ignores max_length, so each limit is a rule of its own.
models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)


def one_of(field: str, values: Iterable[str], *, name: str, or_unknown: bool = False) -> models.CheckConstraint:
    """``field`` holds one of ``values``, or "" for "not known" where ``or_unknown``."""
    allowed = [str(value) for value in values] + ([""] if or_unknown else [])
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": allowed}),
        name=name,
        violation_error_message=f"“{field}” must be one of: {', '.join(repr(value) for value in allowed)}.",
    )


def lengths(model: str, **limits: int) -> list[models.CheckConstraint]:
    """Each named field of ``model`` (its name in lower case) is at most so many characters long."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{field}__length__lte": limit}),
            name=f"{model}_{field}_length",
            violation_error_message=f"“{field}” is longer than {limit:,} characters.",
        )
        for field, limit in limits.items()
    ]


def filled(model: str, *fields: str) -> list[models.CheckConstraint]:
    """None of the named fields of ``model`` is empty."""
    return [
        models.CheckConstraint(
            condition=~Q(**{field: ""}),
            name=f"{model}_{field}_filled",
            violation_error_message=f"“{field}” must not be empty.",
        )
        for field in fields
    ]


def evidence(model: str, span: str, *, required: bool) -> models.CheckConstraint:
    """``span`` (three fields ``_start``, ``_end``, ``_text``) is a stretch of text as long as its words.

    Where it is not ``required`` it may be missing, and then whole: no offsets, no words. That the words are the
    article's own is held by a trigger (``claims.triggers``), since a rule can't look into another table.
    """
    start, end, text = f"{span}_start", f"{span}_end", f"{span}_text"
    present = Q(
        **{
            f"{start}__isnull": False,
            f"{end}__isnull": False,
            f"{start}__gte": 0,
            f"{end}__gt": F(start),
            f"{text}__length": F(end) - F(start),
        }
    )
    missing = Q(**{f"{start}__isnull": True, f"{end}__isnull": True, text: ""})
    return models.CheckConstraint(
        condition=present if required else present | missing,
        name=f"{model}_{span}_span",
        violation_error_message=f"The {span} must start before it ends, and its words must be just as long.",
    )


def offsets(model: str, span: str) -> models.CheckConstraint:
    """``span`` (two fields ``_start``, ``_end``) is a stretch of text, or missing."""
    start, end = f"{span}_start", f"{span}_end"
    present = Q(
        **{
            f"{start}__isnull": False,
            f"{end}__isnull": False,
            f"{start}__gte": 0,
            f"{end}__gt": F(start),
        }
    )
    return models.CheckConstraint(
        condition=present | Q(**{f"{start}__isnull": True, f"{end}__isnull": True}),
        name=f"{model}_{span}_span",
        violation_error_message=f"The {span} must start before it ends.",
    )


def period(model: str) -> models.CheckConstraint:
    """``valid_from`` is not after ``valid_until``; either may be open."""
    return models.CheckConstraint(
        condition=Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_from__lte=F("valid_until")),
        name=f"{model}_period",
        violation_error_message="The first day must not be after the last.",
    )


def not_itself(model: str, field: str) -> models.CheckConstraint:
    """The row does not point to itself through ``field``."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | ~Q(**{field: F("pk")}),
        name=f"{model}_{field}_not_itself",
        violation_error_message=f"“{field}” must be another row, not this one.",
    )
