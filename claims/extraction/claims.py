"""From the words of a content to the wording of a claim."""

from __future__ import annotations

import re

#: "That is unfair" and "that appeal" name something, which a clause behind "that" does not.
_LEADING = re.compile(
    r"^(?:that\s+(?!(?:is|was|has|had|will|would|can|could|may|might|must|should|does|did)\b)(?=\S+\s+\S))+",
    re.IGNORECASE,
)
#: What may stand round a content without being part of what is claimed.
_AROUND = " \t\r\n\"'“”„‘’«»,;:–—-"


def normal_wording(content: str) -> str:
    """The wording by which a claim is found again: white space evened out, without a leading "that", outer quotation
    marks and final punctuation. "" where no word is left.

    >>> normal_wording('that “the West\\n would regret it.”')
    'the West would regret it'
    """
    words = " ".join(content.split()).strip(_AROUND)
    words = _LEADING.sub("", words).lstrip(_AROUND)
    words = words.rstrip(_AROUND + ".!")
    return words if any(character.isalnum() for character in words) else ""
