"""What patterns would gather, before anybody saves them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from claims.models import Claim, ClaimTopic, ClaimTopicRemoval
from claims.patterns.matcher import Matcher
from claims.patterns.pattern import Pattern, PatternError, parse
from claims.topics.wordings import wordings

#: A preview looks at so many of the newest claims, so that it takes about as long in a store of any size.
LOOKED_AT = 50_000
#: Of the claims found, the newest so many are shown.
SHOWN = 25


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim that patterns fit: its key, its text, and the patterns, as typed.

    ``is_new`` where it does not belong to the topic yet, ``is_refused`` where a person took it out of it.
    """

    pk: int
    text: str
    patterns: tuple[str, ...]
    is_new: bool
    is_refused: bool


@dataclass(slots=True)
class Preview:
    """What patterns fit among the newest ``looked_at`` claims: how many, how many each, and the newest of them.

    ``refused`` says what is wrong with patterns that are none; the others are tried all the same.
    """

    looked_at: int = 0
    is_whole: bool = True
    matching: int = 0
    numbers: dict[str, int] = field(default_factory=dict)
    claims: list[FoundClaim] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def preview(patterns: Sequence[str], topic: int | None = None) -> Preview:
    """Try ``patterns`` (as typed) on the newest claims; ``topic`` is the key of the topic they are for, if stored."""
    result = Preview()
    parsed: dict[str, Pattern] = {}
    for text in dict.fromkeys(patterns):
        try:
            parsed[text] = parse(text)
        except PatternError as error:
            result.refused.append(str(error))
    result.numbers = dict.fromkeys(parsed, 0)
    if parsed:
        _look(result, parsed, topic)
    return result


def _look(result: Preview, parsed: Mapping[str, Pattern], topic: int | None) -> None:
    texts = list(parsed)
    matcher = Matcher({number: [parsed[text]] for number, text in enumerate(texts)})
    standing = Claim.objects.filter(merged_into=None).order_by("-pk")
    found: list[tuple[int, str, tuple[str, ...]]] = []
    for wording in wordings(standing[:LOOKED_AT], matcher.actors):
        result.looked_at += 1
        fitting = sorted(matcher.topics(wording.texts, wording.actors))
        for number in fitting:
            result.numbers[texts[number]] += 1
        if fitting:
            result.matching += 1
            if len(found) < SHOWN:
                found.append((wording.claim, wording.texts[0], tuple(texts[number] for number in fitting)))
    result.is_whole = result.looked_at < LOOKED_AT or not standing[LOOKED_AT:].exists()
    keys = [pk for pk, _, _ in found]
    belonging = set(ClaimTopic.objects.filter(topic=topic, claim__in=keys).values_list("claim", flat=True))
    refused = set(ClaimTopicRemoval.objects.filter(topic=topic, claim__in=keys).values_list("claim", flat=True))
    result.claims = [FoundClaim(pk, text, which, pk not in belonging, pk in refused) for pk, text, which in found]
