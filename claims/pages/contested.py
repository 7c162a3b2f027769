"""Claims that actors take opposite positions on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from django.db.models import Count
from django.db.models.functions import Coalesce

from claims.models import Claim, Stance, StanceQuerySet
from claims.positions.position import Question, position_of, questions_of

#: Claims are looked for in so many of the stances that came in last; of these in the claims with most actors, and there
#: in so many stances: a front page must not wait for all of a large store.
LATEST: Final = 50_000
CANDIDATES: Final = 40
READ: Final = 3_000


@dataclass(frozen=True, slots=True)
class Contested:
    """A claim (key) with the number of actors for it and against it, and how many of so many stances are judged."""

    claim: int
    is_for: int
    is_against: int
    stances: int
    judged: int


def most_contested(stances: StanceQuerySet, limit: int) -> list[Contested]:
    """The claims among the latest of ``stances`` with most actors on opposite sides, at most ``limit``; three queries.

    Those on which few oppose many come after those on which as many do. Actors that nobody identified don't count.
    """
    newest = Stance.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    plain = stances.select_related(None).order_by()
    known = plain.filter(pk__gt=newest - LATEST, actor__isnull=False, claim__isnull=False).annotate(
        of=Coalesce("claim__merged_into", "claim"), who=Coalesce("actor__merged_into", "actor")
    )
    counted = known.values("of").annotate(actors=Count("who", distinct=True)).filter(actors__gt=1)
    candidates = [row["of"] for row in counted.order_by("-actors", "-of")[:CANDIDATES]]
    texts = dict(Claim.objects.filter(pk__in=candidates).values_list("pk", "text"))
    # For each question that a claim raises, who answers yes and who answers no.
    voices: dict[tuple[int, Question], dict[bool, set[int]]] = defaultdict(lambda: {True: set(), False: set()})
    numbers: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    rows = known.filter(of__in=candidates).order_by("-pk")
    for of, who, act, cue, content, state in rows.values_list("of", "who", "act", "cue_text", "content_text", "state")[
        :READ
    ]:
        numbers[of][0] += 1
        numbers[of][1] += state != Stance.State.PENDING
        position = position_of(act, cue, content, texts.get(of, ""))
        if position is not None:
            for question in questions_of(act, position):
                voices[of, question][position.is_for].add(who)
    found: dict[int, Contested] = {}
    for (of, _question), by_side in voices.items():
        for_, against = by_side[True], by_side[False]
        # One actor that says both is no dispute.
        if for_ and against and len(for_ | against) > 1:
            each = Contested(of, len(for_), len(against), *numbers[of])
            if of not in found or _rank(each) > _rank(found[of]):
                found[of] = each
    return sorted(found.values(), key=_rank, reverse=True)[:limit]


def _rank(contested: Contested) -> tuple[int, int, int]:
    sides = contested.is_for, contested.is_against
    return min(sides), max(sides), contested.claim
