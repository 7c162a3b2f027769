"""What people decided about claims, as the machine has to ask before it gathers stances into claims.

A person's decision outlives every run: a run places stances where people put them (``placements_in``), joins no claims
that people keep apart (``kept_apart``), and suggests no pair that is known (``suggest``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db.models import Q

from claims.models import Article, Claim, ClaimPlacement, ClaimSuggestion, Run, Stance, limits
from claims.selectors import survivors

#: Keys a query: SQLite takes some 32,000 parameters, and each key may be asked for twice.
CHUNK: Final = 10_000
#: The share of the content that two readings of a passage must have in common to be the same.
SAME_PASSAGE: Final = 0.5

Pair = tuple[int, int]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SuggestedPair:
    """Two claims (keys, in any order) that may be one: ``score`` from 0 to 1, ``reason`` a sentence for people."""

    first: int
    second: int
    score: float
    reason: str


def lasting_claims(claims: Iterable[int]) -> dict[int, int]:
    """The claim that each of ``claims`` (keys) was merged into, or itself; in as many queries as merges follow."""
    wanted = set(claims)
    targets: dict[int, int | None] = {}
    unknown = wanted
    while unknown:
        for keys in _chunks(unknown):
            targets |= dict(Claim.objects.filter(pk__in=keys).values_list("pk", "merged_into"))
        unknown = {target for target in targets.values() if target is not None} - targets.keys()
    ends = survivors(targets)
    return {claim: ends[claim] for claim in wanted}


def kept_apart(claims: Iterable[int] | None = None) -> set[Pair]:
    """The pairs of claims that people said are not the same: those that have one of ``claims`` (keys), or all.

    Each pair is that of the claims that last, after all merges, the smaller key first; what people merged since is left
    out. Costs a few queries, however many pairs there are.
    """
    dismissed = ClaimSuggestion.objects.filter(state=ClaimSuggestion.State.DISMISSED)
    pairs: set[Pair] = set()
    if claims is None:
        pairs.update(dismissed.values_list("first", "second"))
    else:
        for keys in _chunks(_with_merged(lasting_claims(claims).values())):
            pairs.update(dismissed.filter(Q(first__in=keys) | Q(second__in=keys)).values_list("first", "second"))
    return set(_lasting_pairs(pairs).values())


def suggest(pairs: Iterable[SuggestedPair], run: Run | None) -> int:
    """Put ``pairs`` into the queue of suggestions as found by ``run``; gives how many were new.

    A pair is left out if it was suggested before, whatever people said of it, if people keep it apart under other rows,
    and if the two are one by now. Of the same pair twice the higher score counts.
    """
    best: dict[Pair, SuggestedPair] = {}
    given = list(pairs)
    lasting = _lasting_pairs({(each.first, each.second) for each in given})
    for each in given:
        pair = lasting.get((each.first, each.second))
        if pair is not None and (pair not in best or best[pair].score < each.score):
            best[pair] = each
    keys = {key for pair in best for key in pair}
    known = kept_apart(keys) | _known_pairs(keys)
    new = [
        ClaimSuggestion(
            first_id=first, second_id=second, score=each.score, reason=each.reason[: limits.REASON], run=run
        )
        for (first, second), each in sorted(best.items())
        if (first, second) not in known
    ]
    # Another import may suggest the same pair at this moment.
    ClaimSuggestion.objects.bulk_create(new, ignore_conflicts=True, batch_size=1_000)
    return len(new)


def placements_in(article: Article) -> Placements:
    """Where people put the stances of ``article``; one query."""
    return Placements(ClaimPlacement.objects.filter(article=article).order_by("pk"))


class Placements:
    """Passages of one article with the claims that people put them under."""

    def __init__(self, rows: Iterable[ClaimPlacement]) -> None:
        self._rows = list(rows)

    def claims_of(self, stances: Sequence[Stance]) -> dict[int, int]:
        """The claim (key) of each of ``stances`` that a person placed, by its index; the others have no entry.

        A stance is what was placed if content, cue and actor are. Where a run read other bounds, it is the one whose
        cue overlaps and which has most of the content in common, at least half; each placement serves one stance.
        """
        likely = sorted(
            (
                (likeness, -index, -place)
                for place, row in enumerate(self._rows)
                for index, stance in enumerate(stances)
                if (likeness := likeness_of(row, stance))
            ),
            reverse=True,
        )
        found: dict[int, int] = {}
        used: set[int] = set()
        for _, negative_index, negative_place in likely:
            if -negative_index not in found and negative_place not in used:
                found[-negative_index] = self._rows[-negative_place].claim_id
                used.add(negative_place)
        return found

    def place(self, stances: Sequence[Stance]) -> None:
        """Set the claim of each of ``stances`` that a person placed; nothing is written."""
        if self._rows:
            for index, claim in self.claims_of(stances).items():
                stances[index].claim_id = claim


def likeness_of(one: ClaimPlacement | Stance, other: ClaimPlacement | Stance) -> float:
    """How much two readings of a place in one article are the same: 2 if wholly, from 0.5 to 1.5 if partly, or 0."""
    if not common((one.cue_start, one.cue_end), (other.cue_start, other.cue_end)):
        return 0.0
    lengths = one.content_end - one.content_start, other.content_end - other.content_start
    share = common((one.content_start, one.content_end), (other.content_start, other.content_end)) / max(lengths)
    if share < SAME_PASSAGE:
        return 0.0
    same_actor = one.actor_as_printed == other.actor_as_printed
    same_cue = (one.cue_start, one.cue_end) == (other.cue_start, other.cue_end)
    return 2.0 if same_actor and same_cue and share == 1.0 else share + 0.5 * same_actor


def common(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _lasting_pairs(pairs: set[Pair]) -> dict[Pair, Pair]:
    """The pair that each of ``pairs`` is after all merges, the smaller key first, where it is still two."""
    ends = lasting_claims(key for pair in pairs for key in pair)
    lasting = {pair: (min(ends[pair[0]], ends[pair[1]]), max(ends[pair[0]], ends[pair[1]])) for pair in pairs}
    return {pair: (first, second) for pair, (first, second) in lasting.items() if first != second}


def _with_merged(claims: Iterable[int]) -> set[int]:
    """``claims`` (keys) and all that were merged into them."""
    found: set[int] = set(claims)
    latest = found
    while latest:
        merged: set[int] = set()
        for keys in _chunks(latest):
            merged.update(Claim.objects.filter(merged_into__in=keys).values_list("pk", flat=True))
        latest = merged - found
        found = found | latest
    return found


def _known_pairs(claims: set[int]) -> set[Pair]:
    known: set[Pair] = set()
    for keys in _chunks(claims):
        known.update(ClaimSuggestion.objects.filter(first__in=keys).values_list("first", "second"))
    return known


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    iterator = iter(sorted(keys))
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
