"""What goes into extraction and what comes out of it.

All offsets are character offsets into ``ArticleText.text``, half-open ``[start, end)``, so that
``text[span.start:span.end]`` gives exactly the words that were printed.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Act(enum.StrEnum):
    """How a position is taken; the cue decides, the content only where the cue is neutral."""

    STATES = "states"
    ANNOUNCES = "announces"
    CONFIRMS = "confirms"
    DENIES = "denies"
    WARNS = "warns"
    THREATENS = "threatens"
    PROMISES = "promises"
    DEMANDS = "demands"
    PROPOSES = "proposes"
    ACCUSES = "accuses"
    CRITICISES = "criticises"
    SUPPORTS = "supports"
    OPPOSES = "opposes"
    AGREES = "agrees"
    BELIEVES = "believes"
    DOUBTS = "doubts"


class Side(enum.StrEnum):
    """The actor's side on the target of a stance."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


class Plover(enum.StrEnum):
    """The categories of political events of PLOVER 0.8, from verbal cooperation to material conflict."""

    AGREE = "agree"
    CONSULT = "consult"
    SUPPORT = "support"
    CONCEDE = "concede"
    COOPERATE = "cooperate"
    AID = "aid"
    RETREAT = "retreat"
    REQUEST = "request"
    ACCUSE = "accuse"
    REJECT = "reject"
    THREATEN = "threaten"
    PROTEST = "protest"
    SANCTION = "sanction"
    MOBILIZE = "mobilize"
    COERCE = "coerce"
    ASSAULT = "assault"


class Quotation(enum.StrEnum):
    """How the content is reported: within quotation marks, partly within, or in other words."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class ActorKind(enum.StrEnum):
    """What an actor is."""

    PERSON = "person"
    STATE = "state"
    INSTITUTION = "institution"
    ORGANISATION = "organisation"
    PARTY = "party"
    COMPANY = "company"
    ARMED_GROUP = "armed_group"
    OUTLET = "outlet"
    GROUP = "group"


class AliasKind(enum.StrEnum):
    """What sort of name an alias is."""

    NAME = "name"
    SHORT_NAME = "short_name"
    ABBREVIATION = "abbreviation"
    DEMONYM = "demonym"
    METONYM = "metonym"


class Span(NamedTuple):
    """A stretch of the article's raw text, in characters, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article as extraction reads it.

    ``text`` is the article exactly as it came, header lines included; ``title_span`` and ``body_start`` say
    where in it the title stands and where the body begins (character offsets).
    """

    name: str
    text: str
    title_span: Span
    body_start: int
    published_on: dt.date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class AliasFact:
    """A name an actor goes by; ``valid_from``/``valid_until`` (inclusive) bound it in time where known."""

    text: str
    kind: AliasKind = AliasKind.NAME
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RoleFact:
    """An office or membership: ``organisation`` is the slug of the state, institution or organisation it is in."""

    title: str
    organisation: str
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ActorFact:
    """What is known of one actor.

    ``slug`` identifies it; ``pronoun`` is "he", "she", "they" or "" where not known; ``part_of`` is the slug of the
    state or organisation that an institution belongs to, or "".
    """

    slug: str
    name: str
    kind: ActorKind
    pronoun: str = ""
    part_of: str = ""
    wikidata_id: str = ""
    description: str = ""
    aliases: tuple[AliasFact, ...] = ()
    roles: tuple[RoleFact, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as a stance refers to it.

    ``slug`` names a known actor and is "" while it is unresolved; ``name`` is then the fullest form printed.
    ``mention`` is where it is named; None where the line does not name it. ``candidates`` lists the slugs an
    ambiguous mention may stand for.
    """

    name: str
    slug: str = ""
    mention: Span | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractedLink:
    """One outer source of a stance: who passed it on, with which cue and act."""

    actor: ActorRef
    cue: Span | None
    act: Act | None


@dataclass(frozen=True, slots=True)
class ExtractedStance:
    """One actor's position on one claim in one place of one article.

    ``chain`` lists the outer sources, outermost first. ``line`` counts from 1. ``act`` and ``side`` are None where they
    are not known, ``plover`` where the stance is no political event. ``confidence`` is between 0 and 1; ``rule`` names
    the pattern that found the stance. ``claim`` is the content as a clause of its own, "" where nothing made one.
    """

    line: int
    actor: ActorRef
    cue: Span
    content: Span
    act: Act | None
    side: Side | None
    target: Span | None
    target_actor: ActorRef | None = None
    plover: Plover | None = None
    addressees: tuple[ActorRef, ...] = ()
    chain: tuple[ExtractedLink, ...] = ()
    negated: bool = False
    conditional: bool = False
    future: bool = False
    quotation: Quotation = Quotation.INDIRECT
    said_on: dt.date | None = None
    confidence: float = 0.0
    rule: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read, where and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The outcome for one article of a batch: its stances, or the failure that kept it from being read."""

    name: str
    stances: Sequence[ExtractedStance] = field(default_factory=tuple)
    failure: Failure | None = None
