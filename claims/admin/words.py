"""From words that a person typed to the place in an article where they stand."""

from __future__ import annotations

from django.core.exceptions import ValidationError


def locate(text: str, words: str, *, near: int) -> tuple[int, int]:
    """Start and end of the place in ``text`` that has ``words``, of several the one whose start is nearest to ``near``.

    Browsers send a line break as two characters; one that is broken otherwise in ``text`` is found all the same. Raises
    ``ValidationError`` where ``text`` has no such words.
    """
    plain = words.replace("\r\n", "\n")
    for wanted in dict.fromkeys((words, plain, plain.replace("\n", "\r\n"))):
        starts = []
        start = text.find(wanted)
        while start != -1:
            starts.append(start)
            start = text.find(wanted, start + 1)
        if starts:
            nearest = min(starts, key=lambda each: abs(each - near))
            return nearest, nearest + len(wanted)
    raise ValidationError("The article does not have these words in this order; copy them from its text.")


def same_words(one: str, other: str) -> bool:
    """Whether the two are the same words, however a browser has sent their line breaks."""
    return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")
