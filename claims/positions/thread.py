"""The thread of a claim: who asserts, confirms, denies, doubts, supports and opposes it, when, and who answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from claims.extraction.types import ActorKind
from claims.models import Actor, ChainLink, Claim, Stance, StanceQuerySet
from claims.positions.position import Position, position_of
from claims.selectors import canonical

#: A thread is made of so many stances at most, the earliest.
MOST_STANCES = 5_000
#: Of each position so many voices are shown, the earliest.
MOST_VOICES = 40
#: How far up wholes are looked for: a ministry, a government, a state.
STEPS_UP = 3
#: Of those who answered a voice, the first so many are named.
MOST_ANSWERS = 3

#: Who holds a stance: the key of an actor, or the words of the article where nobody knows who it is.
Holder = int | str


@dataclass(slots=True)
class Voice:
    """One actor's position on a claim: since when and until when, in which independent articles (keys).

    ``earliest`` is the key of the first stance with it, and ``stance`` that row where it is shown. ``told_by_others``
    where the articles have it from somebody else than the actor; ``root`` is the whole for which it speaks.
    """

    holder: Holder
    position: Position
    earliest: int
    first: dt.date
    days: set[dt.date] = field(default_factory=set)
    originals: set[int] = field(default_factory=set)
    told_by_others: bool = False
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
        if self.stance is None or self.stance.actor is None:
            return str(self.holder)
        return canonical(self.stance.actor).name

    @property
    def slug(self) -> str:
        """The slug of the actor's page, "" where nobody knows who it is."""
        return canonical(self.stance.actor).slug if self.stance and self.stance.actor else ""

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
    """The voices with one position: those shown, by their first day, and how many there are in all."""

    position: Position
    voices: Sequence[Voice]
    number: int


@dataclass(frozen=True, slots=True)
class Thread:
    """The voices on a claim by position; ``is_cut`` where there are more stances than it is made of."""

    groups: Sequence[Group]
    is_cut: bool


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
            whole=Coalesce("role__organisation", "actor__merged_into", "actor"),
        )
        .order_by("day", "pk")
        .values_list(
            "pk", "of", "actor_as_printed", "act", "cue_text", "content_text", "day", "original", "told", "whole"
        )[: MOST_STANCES + 1]
    )
    voices: dict[tuple[Holder, Position, bool], Voice] = {}
    for pk, of, printed, act, cue, content, day, original, told, whole in rows[:MOST_STANCES]:
        position = position_of(act, cue, content, claim.text)
        if position is None:
            continue
        holder: Holder = printed if of is None else of
        voice = voices.setdefault((holder, position, told), Voice(holder, position, pk, day, told_by_others=told))
        voice.root = voice.root or whole
        voice.days.add(day)
        voice.originals.add(original)
    _find_roots(voices.values())
    groups = _groups(list(voices.values()))
    _fill(groups, voices.values())
    return Thread(groups, len(rows) > MOST_STANCES)


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
            groups.append(Group(position, those[:MOST_VOICES], len(those)))
    return groups


def _fill(groups: Sequence[Group], everybody: Collection[Voice]) -> None:
    """Give the voices that are shown their answers, and all that is named its row."""
    for group in groups:
        for voice in group.voices:
            voice.answers = _answers(voice, everybody)
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


def _answers(voice: Voice, everybody: Collection[Voice]) -> list[Answer]:
    found = [
        Answer(other, min(day for day in other.days if day >= voice.first))
        for other in everybody
        if other.holder != voice.holder
        and (other.root is None or other.root != voice.root)
        and not other.told_by_others
        and other.position.opposes(voice.position)
        and other.last >= voice.first
    ]
    return sorted(found, key=lambda answer: (answer.on, answer.voice.earliest))[:MOST_ANSWERS]
