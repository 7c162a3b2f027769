"""The claims that an article's wordings belong to, found in the store and created where there is none.

What the same words were put under before stays their claim; other words go to the claim of the wordings that they are
most like (``claims.gathering``). However many wordings are stored, an article costs a bounded number of queries of
bounded size.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from claims.decisions import SuggestedPair, suggest
from claims.extraction.actors import Registry
from claims.gathering.gather import SURE, UNDER_KEY, UNSURE, nearest, rank
from claims.gathering.likeness import keys_of
from claims.gathering.sense import Analyst
from claims.gathering.wordings import Wording
from claims.ingest.actors import known_actors
from claims.models import Article, Claim, ClaimWording, ClaimWordingKey, Run, limits

#: SQLite joins at most 500 selections.
SELECTIONS = 250
#: So many claims at most are suggested as the same as a new one.
SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Worded:
    """A wording that an article prints: its text, and the name or slug of the actor whose position is on it."""

    text: str
    actor: str


class Gathering:
    """Gathers wordings into claims; it knows the actors of the store as they were when it was made."""

    def __init__(self) -> None:
        self._analyst = Analyst(Registry.from_facts(known_actors()))

    def claims(self, row: Article, worded: Iterable[Worded], run: Run) -> dict[str, Claim]:
        """The claim of each wording of the stored article ``row``, by its key.

        Pairs of claims of which ``run`` is not sure are suggested to people. Meant to be called within a transaction.
        """
        texts: dict[str, Worded] = {}
        for each in worded:
            texts.setdefault(Claim.key_for(each.text), each)
        read = {key: self._wording(each, row) for key, each in texts.items()}
        keys = {key: _key(wording, row) for key, wording in read.items()}
        known = ClaimWording.objects.filter(wording_key__in=keys.values()).select_related("claim__merged_into")
        found = {each.wording_key: each.claim for each in known}
        new = {keys[key]: wording for key, wording in read.items() if keys[key] not in found}
        if new:
            placing = _Placing(_near(new.values()), self._analyst, _first_worded(new))
            for key, wording in new.items():
                placing.place(key, wording)
            found |= _store(placing, new, row, run)
        return {key: found[stored] for key, stored in keys.items()}

    def _wording(self, each: Worded, row: Article) -> Wording:
        text = each.text[: limits.CLAIM_TEXT]
        actor = self._analyst.actor(each.actor, row.published_on)
        sense = self._analyst.sense(text, row.published_on, actor)
        return Wording(text, sense, actor, row.published_on, str(row.pk))


@dataclass(slots=True)
class _Placing:
    """Where the new wordings of an article go: to a stored claim by its key, or together into a new one.

    A new claim goes by the key of its first wording until it is stored. ``given`` are the claims of those wordings that
    need no looking for.
    """

    stored: Mapping[str, Sequence[ClaimWording]]
    analyst: Analyst
    given: Mapping[str, int]
    claims: dict[str, int | str] = field(default_factory=dict)
    unsure: list[tuple[str, int | str, float]] = field(default_factory=list)
    _own: defaultdict[str, list[tuple[str, Wording]]] = field(default_factory=lambda: defaultdict(list))

    def place(self, key: str, wording: Wording) -> None:
        """Find the claim of one wording among the stored ones and those placed before."""
        keys = keys_of(wording.sense)
        ranked = [] if key in self.given else rank(wording, self._candidates(keys))
        if key in self.given:
            self.claims[key] = self.given[key]
        elif ranked and ranked[0].score >= SURE:
            self.claims[key] = ranked[0].claim
        else:
            self.claims[key] = key
            self.unsure += [(key, each.claim, each.score) for each in ranked[:SUGGESTIONS] if each.score >= UNSURE]
        for each in keys:
            self._own[each].append((key, wording))

    def _candidates(self, keys: Sequence[str]) -> Iterator[tuple[int | str, Wording]]:
        own = {key: wording for each in keys for key, wording in self._own[each]}
        rows = {row.pk: row for each in keys for row in self.stored.get(each, ())}
        found: list[int | str] = [key for each in keys for key, _ in reversed(self._own[each])]
        found += [row.pk for each in keys for row in self.stored.get(each, ())]
        for place in nearest(found):
            if isinstance(place, str):
                yield self.claims[place], own[place]
            else:
                yield rows[place].claim_id, self._read(rows[place])

    def _read(self, row: ClaimWording) -> Wording:
        on = row.article.published_on
        return Wording(row.text, self.analyst.sense(row.text, on, row.speaker), row.speaker, on, str(row.article_id))


def _key(wording: Wording, row: Article) -> str:
    """By what a wording is known as the same again; one that says little ("the move") only within its article."""
    return Claim.key_for(f"{row.sha256} {wording.text}" if wording.sense.is_vague else wording.text)


def _first_worded(keys: Iterable[str]) -> dict[str, int]:
    """The claims that are worded so themselves: people wrote them, or a version that knew no other wordings."""
    return dict(Claim.objects.filter(wording_key__in=set(keys)).values_list("wording_key", "pk"))


def _near(wordings: Iterable[Wording]) -> dict[str, list[ClaimWording]]:
    """The latest stored wordings under each key of ``wordings``."""
    keys = {_number(key): key for wording in wordings for key in keys_of(wording.sense)}
    under: dict[int, list[int]] = defaultdict(list)
    numbers = sorted(keys)
    for start in range(0, len(numbers), SELECTIONS):
        some = numbers[start : start + SELECTIONS]
        # A limit for each key, so that a key which a million wordings have costs no more than another.
        one = (
            "SELECT * FROM (SELECT key, wording_id FROM claims_claimwordingkey WHERE key = %s"  # noqa: S608
            f" ORDER BY wording_id DESC LIMIT {UNDER_KEY}) AS latest"
        )
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([one] * len(some)), some)
            for key, wording in cursor.fetchall():
                under[key].append(wording)
    rows = ClaimWording.objects.select_related("article").only(
        "text", "speaker", "claim_id", "article_id", "article__published_on"
    )
    found = rows.in_bulk({pk for pks in under.values() for pk in pks})
    return {keys[key]: [found[pk] for pk in sorted(pks, reverse=True)] for key, pks in under.items()}


def _store(placing: _Placing, new: Mapping[str, Wording], row: Article, run: Run) -> dict[str, Claim]:
    """Store new claims, wordings and suggestions; gives the claim of each new wording by its key."""
    # In one order everywhere, so that two imports that create the same claims don't wait for each other in a circle.
    first = sorted({claim for claim in placing.claims.values() if isinstance(claim, str)})
    Claim.objects.bulk_create(
        [Claim(text=new[key].text, wording_key=key, first_seen=row.published_on) for key in first],
        ignore_conflicts=True,
    )
    created = dict(Claim.objects.filter(wording_key__in=first).values_list("wording_key", "pk"))
    claims = {key: created[claim] if isinstance(claim, str) else claim for key, claim in placing.claims.items()}
    ClaimWording.objects.bulk_create(
        [
            ClaimWording(
                claim_id=claims[key],
                text=new[key].text,
                wording_key=key,
                speaker=new[key].actor[: limits.PRINTED],
                article=row,
            )
            for key in sorted(new)
        ],
        ignore_conflicts=True,
    )
    stored = ClaimWording.objects.filter(wording_key__in=new).select_related("claim__merged_into")
    found = {each.wording_key: each for each in stored}
    ClaimWordingKey.objects.bulk_create(
        [
            ClaimWordingKey(wording=each, key=number)
            for key, each in sorted(found.items())
            for number in sorted({_number(name) for name in keys_of(new[key].sense)})
        ],
        ignore_conflicts=True,
    )
    suggest(
        (
            SuggestedPair(claims[key], created[other] if isinstance(other, str) else other, score, _REASON)
            for key, other, score in placing.unsure
        ),
        run,
    )
    return {key: each.claim for key, each in found.items()}


_REASON = "Their wordings are alike, but not so much that they are surely one claim."


def _number(key: str) -> int:
    """A key as a signed number of 64 bits."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
