"""When something was said, where the words beside the cue tell."""

from __future__ import annotations

import datetime as dt

from spacy.tokens import Token

from claims.extraction.syntax import children

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def said_on(cue: Token, published_on: dt.date | None) -> dt.date | None:
    """The day a cue's verb is dated to by a weekday, "today" or "yesterday" beside it, or None.

    A weekday means its last occurrence up to the day of publication.
    """
    if published_on is None:
        return None
    for phrase in children(cue, "obl*", "nmod*", "advmod", "nsubj"):
        for word in (phrase, *children(phrase, "compound", "flat*")):
            lower = word.lower_.removesuffix("'s")
            if lower == "yesterday":
                return published_on - dt.timedelta(days=1)
            if lower == "today":
                return published_on
            if lower in WEEKDAYS and phrase.dep_ != "nsubj":
                return published_on - dt.timedelta(days=(published_on.weekday() - WEEKDAYS.index(lower)) % 7)
    return None
