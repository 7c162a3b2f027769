"""What two or more actors say on the same topics and claims, side by side."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Actor, Claim, Stance, StanceQuerySet, Topic
from claims.pages.counted import Counted, read
from claims.pages.kept import kept
from claims.pages.quotes import Quote, quote
from claims.pages.readable import readable_stances
from claims.pages.rollup import rollup_of
from claims.positions.position import Position, position_of
from claims.selectors import Representation, gathered_keys
from claims.topics.sides import ENOUGH, Sides, Stand, sides_by_topic

#: Of each actor so many quotations.
NEWEST: Final = 3
#: So many shared topics and claims are shown; of the claims those of which most is said.
TOPICS_SHOWN, CLAIMS_SHOWN = 20, 12
#: So many stances of each actor on shared claims are read for it.
READ: Final = 1_000
#: An actor alone: others are looked for on so many of its latest claims, in so many stances.
LATEST_CLAIMS, LATEST_STANCES, OTHERS = 100, 2_000, 8


class Verdict(enum.StrEnum):
    """How the positions of several actors on one thing stand to one another."""

    OPPOSED = "opposed"
    BOTH = "both"
    AGREED = "agreed"
    OPEN = "open"

    @property
    def label(self) -> str | Promise:
        """The verdict in words."""
        return {
            Verdict.OPPOSED: _("opposite"),
            Verdict.BOTH: _("partly opposite, partly alike"),
            Verdict.AGREED: _("alike"),
            Verdict.OPEN: _("neither alike nor opposite"),
        }[self]


@dataclass(frozen=True, slots=True)
class Column:
    """An actor with its stances, of very many the latest (``is_cut``), and the newest quotations."""

    actor: Actor
    representation: Representation
    stances: int
    judged: int
    is_cut: bool
    newest: list[Quote]
    counted: Counted


@dataclass(frozen=True, slots=True)
class TopicCell:
    """The sides that an actor takes on a topic, and the address of the stances behind them."""

    sides: Sides
    url: str


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic with the sides that each actor takes on it, None where an actor says nothing on it.

    Without a ``verdict`` too few stances are judged.
    """

    topic: Topic
    cells: list[TopicCell | None]
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class ClaimCell:
    """What an actor, by its name, does with a claim, how often, and the newest words of it or of who speaks for it.

    Where it takes opposite positions there are the newest words of either: none is hidden behind the other.
    """

    name: str
    positions: list[tuple[Position, int]]
    stances: int
    judged: int
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with what each actor that speaks on it does with it; so many of the stances are judged."""

    claim: Claim
    cells: list[ClaimCell]
    verdict: Verdict
    judged: int

    @property
    def is_enough(self) -> bool:
        """Whether people judged enough of the stances to rely on the verdict."""
        return self.judged >= ENOUGH


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that is compared; ``shared`` is the number of claims on which at least two of the actors speak."""

    columns: list[Column]
    topics: list[TopicRow]
    claims: list[ClaimRow]
    shared: int


class _Said(NamedTuple):
    """What tells the position of a stance on its claim."""

    pk: int
    act: str
    cue: str
    content: str
    state: str


def columns_of(request: HttpRequest, actors: Iterable[Actor]) -> list[Column]:
    """A column for each of ``actors``, with those who speak for it as far as the address asks."""
    return [_column(request, actor) for actor in actors]


def _column(request: HttpRequest, actor: Actor) -> Column:
    representation = rollup_of(request, actor).representation
    counted = read(representation.includes(readable_stances(request)))
    keys = counted.newest_first[:NEWEST]
    quoted = _quotes(keys)
    return Column(
        actor=actor,
        representation=representation,
        stances=len(counted.rows),
        judged=sum(row.state != Stance.State.PENDING for row in counted.rows),
        is_cut=counted.is_cut,
        newest=[quoted[key] for key in keys if key in quoted],
        counted=counted,
    )


def compare(request: HttpRequest, columns: list[Column]) -> Comparison:
    """What the actors of ``columns``, at least two, share."""
    stances = readable_stances(request)
    topics = _topics(request, columns, stances)
    claims, shared = _claims(columns, stances)
    return Comparison(columns, topics, claims, shared)


def _topics(request: HttpRequest, columns: list[Column], stances: StanceQuerySet) -> list[TopicRow]:
    found: dict[int, list[Sides | None]] = {}
    for number, column in enumerate(columns):
        for topic, sides in _sides_of(request, column, stances).items():
            found.setdefault(topic, [None] * len(columns))[number] = sides
    shared = {topic: cells for topic, cells in found.items() if sum(cell is not None for cell in cells) > 1}
    most = sorted(shared, key=lambda topic: (-_said(shared[topic]), topic))[:TOPICS_SHOWN]
    topics = Topic.objects.in_bulk(most)
    chosen = [(name, request.GET[name]) for name in ("rollup", "by", "show") if request.GET.get(name)]

    def cell(topic: Topic, column: Column, sides: Sides | None) -> TopicCell | None:
        query = urlencode([("topic", topic.slug), *chosen])
        address = f"{reverse('actor', args=[column.actor.slug])}?{query}"
        return None if sides is None else TopicCell(sides, address)

    return [
        TopicRow(
            topics[key],
            [cell(topics[key], column, sides) for column, sides in zip(columns, shared[key], strict=True)],
            _of_sides(shared[key]),
        )
        for key in most
        if key in topics
    ]


def _sides_of(request: HttpRequest, column: Column, stances: StanceQuerySet) -> dict[int, Sides]:
    """The sides that an actor takes on each topic (key), counted as on its own page: the numbers are the same."""
    own = column.representation.includes(stances)
    asked = "-".join("".join(filter(str.isalnum, request.GET.get(name, "")))[:10] for name in ("rollup", "by"))

    def count() -> dict[int, Sides]:
        return {each.topic.pk: each.total for each in sides_by_topic(own)}

    return kept(request, f"compare.{column.actor.pk}.{asked}", count)


def _said(cells: Sequence[Sides | None]) -> int:
    """How much there is to compare: what the actor that says least but one says, then all."""
    numbers = sorted((cell.stances for cell in cells if cell is not None), reverse=True)
    return numbers[1] * 1_000_000 + sum(numbers)


def _of_sides(cells: Sequence[Sides | None]) -> Verdict | None:
    stands = [cell.stand for cell in cells if cell is not None]
    told = [stand for stand in stands if stand is not Stand.UNCERTAIN]
    if len(told) < 2:
        return None
    if Stand.FOR in told and Stand.AGAINST in told:
        return Verdict.OPPOSED
    if Stand.BOTH in told:
        return Verdict.BOTH
    return Verdict.AGREED if len(set(told)) == 1 and told[0] is not Stand.NEITHER else Verdict.OPEN


def _claims(columns: list[Column], stances: StanceQuerySet) -> tuple[list[ClaimRow], int]:
    numbers = [Counter(row.claim for row in column.counted.rows if row.claim is not None) for column in columns]
    voices = Counter(claim for each in numbers for claim in each)
    shared = [claim for claim, number in voices.items() if number > 1]
    shared.sort(key=lambda claim: (-voices[claim], -sum(each[claim] for each in numbers), -claim))
    keys = shared[: 2 * CLAIMS_SHOWN]
    claims = Claim.objects.in_bulk(keys)
    # Two actors may share a stance: that of one who speaks for the other.
    wanted = [[row.pk for row in column.counted.rows if row.claim in claims][:READ] for column in columns]
    on = {row.pk: row.claim for column in columns for row in column.counted.rows if row.claim in claims}
    rows = stances.select_related(None).filter(pk__in={key for each in wanted for key in each})
    newest = rows.order_by("-article__published_on", "-pk")
    said: dict[int, dict[int, list[_Said]]] = defaultdict(lambda: defaultdict(list))
    whose = [frozenset(each) for each in wanted]
    for found in map(_Said._make, newest.values_list("pk", "act", "cue_text", "content_text", "state")):
        for number, own in enumerate(whose):
            if found.pk in own:
                said[on[found.pk] or 0][number].append(found)
    compared = []
    for key in keys:
        if len(said[key]) > 1:
            taken = {number: _taken(claims[key], said[key][number]) for number in sorted(said[key])}
            compared.append((key, taken, _of_positions([_counted(each) for each in taken.values()])))
    order = list(Verdict)
    # Those on which they differ first; within a verdict as they were.
    compared.sort(key=lambda each: order.index(each[2]))
    shown = compared[:CLAIMS_SHOWN]
    quoted = _quotes({pk for _key, taken, _verdict in shown for each in taken.values() for pk in _newest(each)})
    listed = []
    for key, taken, verdict in shown:
        cells = [
            ClaimCell(
                name=columns[number].actor.name,
                positions=_counted(each).most_common(),
                stances=len(each),
                judged=sum(row.state != Stance.State.PENDING for row, _position in each),
                # Somebody may have dropped a stance in between.
                quotes=[quoted[pk] for pk in _newest(each) if pk in quoted],
            )
            for number, each in taken.items()
        ]
        listed.append(ClaimRow(claims[key], cells, verdict, sum(each.judged for each in cells)))
    return listed, len(shared)


def _quotes(keys: Iterable[int]) -> dict[int, Quote]:
    rows = Stance.objects.select_related("article__outlet", "actor__merged_into").defer("article__text")
    return {key: quote(row) for key, row in rows.in_bulk(list(keys)).items()}


_Taken = list[tuple[_Said, Position | None]]


def _taken(claim: Claim, said: Iterable[_Said]) -> _Taken:
    return [(row, position_of(row.act, row.cue, row.content, claim.text)) for row in said]


def _counted(taken: _Taken) -> Counter[Position]:
    return Counter(position for _row, position in taken if position is not None)


def _newest(taken: _Taken) -> list[int]:
    """The newest stance (key) for the claim and the newest against it; where none is either, the newest."""
    found: dict[bool, int] = {}
    for row, position in taken:
        if position is not None:
            found.setdefault(position.is_for, row.pk)
    return list(found.values()) or [taken[0][0].pk]


def _of_positions(positions: Sequence[Counter[Position]]) -> Verdict:
    pairs = [(one, other) for first, second in combinations(positions, 2) for one in first for other in second]
    are_opposed = any(one.opposes(other) for one, other in pairs)
    are_alike = any(one.question is other.question and one.is_for is other.is_for for one, other in pairs)
    if are_opposed:
        return Verdict.BOTH if are_alike else Verdict.OPPOSED
    return Verdict.AGREED if are_alike else Verdict.OPEN


def others_on_claims_of(request: HttpRequest, column: Column) -> list[Actor]:
    """Whom to compare an actor with: those who say most on the claims that it spoke of last."""
    latest = sorted(column.counted.rows, reverse=True)
    keys = list(dict.fromkeys(row.claim for row in latest if row.claim is not None))[:LATEST_CLAIMS]
    rows = readable_stances(request).select_related(None).filter(claim__in=gathered_keys(Claim, keys))
    whose = Coalesce("actor__merged_into", "actor")
    said = rows.filter(actor__isnull=False).order_by("-pk").values_list("pk", whose)[:LATEST_STANCES]
    # Who speaks for an actor is not somebody else.
    own = {row.pk for row in column.counted.rows}
    speakers = {actor for pk, actor in said if pk in own} | {column.actor.pk}
    numbers = Counter(actor for _pk, actor in said if actor not in speakers)
    most = [key for key, _number in numbers.most_common(OTHERS)]
    actors = Actor.objects.in_bulk(most)
    return [actors[key] for key in most if key in actors]
