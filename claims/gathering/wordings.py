"""Wordings: what is gathered into claims."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from claims.gathering.sense import Sense


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a claim, with where it stands and who takes which position on it.

    ``text`` is the normal wording; ``actor`` is whom the actor speaks for (``Analyst.actor``); ``on`` is the day it was
    printed and ``article`` tells one article from another.
    """

    text: str
    sense: Sense = field(compare=False)
    actor: str = ""
    on: dt.date | None = None
    article: str = ""
