"""What patterns are compared with: the wordings of claims, and the actors that stances on them name."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from claims.models import Claim, ClaimWording, Stance

#: Claims whose wordings are read at once.
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Wording:
    """A claim's key, its texts and the slugs of the actors asked for that it names.

    The first text is the claim's own; behind it come those in which articles print it, and claims merged into it.
    """

    claim: int
    texts: Sequence[str]
    actors: frozenset[str]


def wordings(claims: QuerySet[Claim], actors: Set[str]) -> Iterator[Wording]:
    """The wordings of ``claims`` in their order, with those of their actors that have a slug in ``actors``."""
    rows = iter(claims.values_list("pk", "text").iterator(chunk_size=CHUNK))
    while chunk := list(itertools.islice(rows, CHUNK)):
        keys = [pk for pk, _ in chunk]
        others = defaultdict(list)
        merged = Claim.objects.filter(merged_into__in=keys).values_list("merged_into", "text")
        printed = ClaimWording.objects.filter(Q(claim__in=keys) | Q(claim__merged_into__in=keys))
        lasting = Coalesce("claim__merged_into", "claim")
        for claim, text in itertools.chain(merged, printed.values_list(lasting, "text")):
            others[claim].append(text)
        named = _actors(keys, actors) if actors else {}
        for pk, text in chunk:
            yield Wording(pk, [text, *others[pk]], frozenset(named.get(pk, ())))


def _actors(claims: Iterable[int], actors: Set[str]) -> dict[int, set[str]]:
    """The slugs of ``actors`` that hold a visible stance on each of ``claims``, or are what one is on."""
    found: dict[int, set[str]] = defaultdict(set)
    for role in ("actor", "target_actor"):
        slug, merged = f"{role}__slug", f"{role}__merged_into__slug"
        rows = (
            Stance.objects.visible()
            .filter(Q(**{f"{slug}__in": actors}) | Q(**{f"{merged}__in": actors}), claim__in=claims)
            .values_list("claim", slug, merged)
            .distinct()
        )
        for claim, own, of_merged in rows:
            found[claim] |= {each for each in (own, of_merged) if each in actors}
    return found
