"""The thread of a claim: who asserts, confirms, denies, doubts, supports and opposes it, when, and who answered."""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from claims.extraction.types import Act, ActorKind
from claims.models import Actor, ChainLink, Claim, Stance, StanceQuerySet
from claims.positions.position import Position, has_negation, position_of
from claims.selectors import canonical

#: A thread is made of so many stances at most, the earliest.
MOST_STANCES = 5_000
#: Of each position so many voices are shown, the earliest.
MOST_VOICES = 40
#: Who says that another announces, promises or threatens to do something asserts that it plans to.
DEEDS = (Act.ANNOUNCES, Act.PROMISES, Act.THREATENS)
#: How far up wholes are looked for: a ministry, a government, a state.
STEPS_UP = 3
#: Of those who answered a voice, the first so many are named.
MOST_ANSWERS = 3
#: So many voices stand in the order of time, the earliest.
MOST_IN_TIME = 60

#: Who holds a stance: the key of an actor, or the words of the article where nobody knows who it is.
Holder = int | str


@dataclass(slots=True)
class Voice:
    """One actor's position on a claim: since when and until when, in which independent articles (keys).

    ``earliest`` is the key of the first stance with it, and ``stance`` that row where it is shown; ``is_judged`` where
    people have judged one of the stances. ``told_by_others``
    where the articles have it from somebody else than the actor; ``root`` is the whole for which it speaks. In a voice
    ``is_of_deeds`` somebody says what another plans, and so asserts it.
    """

    holder: Holder
    position: Position
    earliest: int
    first: dt.date
    days: set[dt.date] = field(default_factory=set)
    originals: set[int] = field(default_factory=set)
    told_by_others: bool = False
    is_of_deeds: bool = False
    is_judged: bool = False
    root: int | None = None
    stance: Stance | None = None
    answers: list[Answer] = field(default_factory=list)

    @property
    def last(self) -> dt.date:
        """The last day on which the position was taken."""
        return max(self.days)

    @property
    def name(self) -> str:
        """The actor's name; its words in the article where nobody knows who it is."""
        return self.actor.name if self.actor else str(self.holder)

    @property
    def slug(self) -> str:
        """The slug of the actor's page, "" where nobody knows who it is."""
        return self.actor.slug if self.actor else ""

    @property
    def actor(self) -> Actor | None:
        """Whose voice it is; None where nobody knows."""
        if self.stance is None:
            return None
        known = [self.stance.actor, *(link.actor for link in self.stance.chain.all())]
        return next((actor for actor in map(_lasting, known) if actor and actor.pk == self.holder), None)

    @property
    def subject(self) -> str:
        """Who is said to plan something; "" where the voice speaks of what it holds itself."""
        if self.stance is None or not self.is_of_deeds:
            return ""
        actor = _lasting(self.stance.actor)
        return actor.name if actor else self.stance.actor_as_printed

    @property
    def verb(self) -> str:
        """How the position was put: the act, or the article's words where these say what it is or that it is not so."""
        if self.stance is None:
            return ""
        in_words = self.is_of_deeds or has_negation(self.stance.cue_text)
        return self.stance.cue_text if in_words else self.stance.act

    @property
    def sources(self) -> list[str]:
        """Who passed the first stance on, by name, outermost first."""
        if self.stance is None:
            return []
        return [canonical(link.actor).name if link.actor else link.as_printed for link in self.stance.chain.all()]

    @property
    def others(self) -> int:
        """In how many independent articles besides the first the position was taken."""
        return len(self.originals) - 1


@dataclass(frozen=True, slots=True)
class Answer:
    """A voice that opposes another one, and the first day on which it did so, that of the other or a later one."""

    voice: Voice
    on: dt.date


@dataclass(frozen=True, slots=True)
class Group:
    """The voices with one position: those shown, by their first day, and how many there are in all.

    ``articles`` are the independent articles in which any of them took it.
    """

    position: Position
    voices: Sequence[Voice]
    number: int
    articles: int


@dataclass(frozen=True, slots=True)
class Thread:
    """The voices on a claim by position; ``is_cut`` where there are more stances than it is made of."""

    groups: Sequence[Group]
    is_cut: bool

    @property
    def in_time(self) -> list[Voice]:
        """The voices of all positions that are shown, in the order in which they were first heard."""
        voices = [voice for group in self.groups for voice in group.voices]
        return sorted(voices, key=lambda voice: (voice.first, voice.earliest))[:MOST_IN_TIME]

    @property
    def number(self) -> int:
        """How many voices there are, those that are not shown included."""
        return sum(group.number for group in self.groups)

    @property
    def is_answered(self) -> bool:
        """Whether anybody is reported to have taken the opposite of what another took."""
        return any(voice.answers for group in self.groups for voice in group.voices)


def thread_of(claim: Claim, stances: StanceQuerySet) -> Thread:
    """The thread of ``claim``; ``stances`` are all on it that the reader may see. Takes five to eight queries."""
    rows = list(
        stances.select_related(None)
        .exclude(act="")
        .annotate(
            of=Coalesce("actor__merged_into", "actor"),
            day=F("article__published_on"),
            original=Coalesce("article__family__original", "article"),
            told=_told_by_others(),
            teller=_teller(),
            whole=Coalesce("role__organisation", "actor__merged_into", "actor"),
        )
        .order_by("day", "pk")
        .values_list(
            "pk",
            "of",
            "actor_as_printed",
            "act",
            "cue_text",
            "content_text",
            "day",
            "original",
            "told",
            "teller",
            "whole",
            "state",
        )[: MOST_STANCES + 1]
    )
    voices: dict[tuple[Holder, Position, bool], Voice] = {}
    for pk, of, printed, act, cue, content, day, original, told, teller, whole, state in rows[:MOST_STANCES]:
        position = position_of(act, cue, content, claim.text)
        if position is None:
            continue
        holder: Holder = printed if of is None else of
        is_of_deeds = act in DEEDS and teller is not None
        if is_of_deeds:
            holder, told, whole = teller, False, teller
        voice = voices.setdefault(
            (holder, position, told),
            Voice(holder, position, pk, day, told_by_others=told, is_of_deeds=is_of_deeds),
        )
        voice.root = voice.root or whole
        voice.is_judged = voice.is_judged or state != Stance.State.PENDING
        voice.days.add(day)
        voice.originals.add(original)
    _find_roots(voices.values())
    groups = _groups(list(voices.values()))
    _fill(groups, voices.values())
    return Thread(groups, len(rows) > MOST_STANCES)


def _lasting(actor: Actor | None) -> Actor | None:
    return canonical(actor) if actor else None


def _teller() -> Subquery:
    """Who passes a stance on, outlets left out: the nearest to the actor."""
    links = ChainLink.objects.filter(stance=OuterRef("pk"), actor__isnull=False)
    nearest = links.exclude(actor__kind=ActorKind.OUTLET).order_by("-order")
    return Subquery(nearest.values_list(Coalesce("actor__merged_into", "actor"))[:1])


def _told_by_others() -> Exists:
    """Whether somebody else than the actor itself and an outlet passes a stance on."""
    links = ChainLink.objects.filter(stance=OuterRef("pk")).exclude(actor__kind=ActorKind.OUTLET)
    return Exists(links.filter(Q(actor=None) | ~Q(actor=OuterRef("actor"))))


def _find_roots(voices: Collection[Voice]) -> None:
    """Replace the whole for which each of ``voices`` speaks by the outermost that it is part of; a query a step up."""
    for _ in range(STEPS_UP):
        wholes = Actor.objects.filter(pk__in={voice.root for voice in voices} - {None}, part_of__isnull=False)
        part_of = dict(wholes.values_list("pk", Coalesce("part_of__merged_into", "part_of")))
        if not part_of:
            return
        for voice in voices:
            voice.root = part_of.get(voice.root or 0, voice.root)


def _groups(voices: Sequence[Voice]) -> list[Group]:
    groups = []
    for position in Position:
        those = [each for each in voices if each.position is position]
        if those:
            articles = set[int]().union(*(each.originals for each in those))
            groups.append(Group(position, those[:MOST_VOICES], len(those), len(articles)))
    return groups


def _fill(groups: Sequence[Group], everybody: Collection[Voice]) -> None:
    """Give the voices that are shown their answers, and all that is named its row."""
    # The voices came in the order of their first day.
    own = [voice for voice in everybody if not voice.told_by_others]
    for group in groups:
        opposite = [voice for voice in own if voice.position.opposes(group.position)]
        for voice in group.voices:
            voice.answers = _answers(voice, opposite)
    named = [voice for group in groups for voice in group.voices]
    named += [answer.voice for voice in named for answer in voice.answers]
    stances = (
        Stance.objects.select_related("article__outlet", "actor__merged_into")
        .prefetch_related("chain__actor__merged_into")
        .defer("article__text", "extracted")
        .in_bulk([voice.earliest for voice in named])
    )
    for voice in named:
        voice.stance = stances[voice.earliest]


def _answers(voice: Voice, others: Sequence[Voice]) -> list[Answer]:
    """Who answered ``voice`` first; ``others`` are those that might, in the order in which they were first heard."""
    # Those that are first heard later come in order, so that of thousands only a few are looked at.
    at = bisect_left(others, voice.first, key=lambda other: other.first)
    before = [other for other in others[:at] if other.last >= voice.first and _is_of_another_side(other, voice)]
    after = itertools.islice((other for other in others[at:] if _is_of_another_side(other, voice)), MOST_ANSWERS)
    found = [Answer(other, min(day for day in other.days if day >= voice.first)) for other in (*before, *after)]
    return sorted(found, key=lambda answer: (answer.on, answer.voice.earliest))[:MOST_ANSWERS]


def _is_of_another_side(other: Voice, voice: Voice) -> bool:
    return other.holder != voice.holder and (other.root is None or other.root != voice.root)
