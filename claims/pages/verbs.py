"""Which words outlets report with: the neutral ones, and those by which they keep their distance.

The one list of both. A cue is sorted by the first of its words that is listed, in any of its forms; a cue without one
is counted under its own words in lower case, as neither.
"""

from __future__ import annotations

import enum
from typing import Final


class Tone(enum.StrEnum):
    """How a reporting word stands to what it reports."""

    NEUTRAL = "neutral"
    DISTANCING = "distancing"
    OTHER = "other"


#: Words that only report.
NEUTRAL: Final = {
    "say": "say says said saying",
    "tell": "tell tells told telling",
    "according to": "according",
    "state": "state states stated stating",
    "announce": "announce announces announced announcing",
    "add": "add adds added adding",
    "report": "report reports reported reporting",
}
#: Words that leave open whether it is so, or hint that it may not be.
DISTANCING: Final = {
    "claim": "claim claims claimed claiming",
    "allege": "allege alleges alleged alleging allegedly allegation allegations",
    "purport": "purport purports purported purporting purportedly",
    "assert": "assert asserts asserted asserting assertion assertions",
    "insist": "insist insists insisted insisting insistence",
    "maintain": "maintain maintains maintained maintaining",
    "contend": "contend contends contended contending contention",
    "so-called": "so-called",
}

_SORTED: Final = {
    form: (lemma, tone)
    for tone, words in ((Tone.NEUTRAL, NEUTRAL), (Tone.DISTANCING, DISTANCING))
    for lemma, forms in words.items()
    for form in forms.split()
}


def verb_of(cue: str) -> tuple[str, Tone]:
    """The word under which ``cue`` is counted, and its tone."""
    words = cue.lower().split()
    for word in words:
        if word in _SORTED:
            return _SORTED[word]
    return " ".join(words), Tone.OTHER
