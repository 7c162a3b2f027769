"""Reads the actor facts and topics that ship with the project, and says everything that is wrong with them.

The files are JSON Lines; docs/facts.md gives their format. Dates may be as coarse as they are known: a year or a month
stands for its first day where a validity begins and for its last day where it ends.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claims.extraction.types import ActorFact, ActorKind, AliasFact, AliasKind, RoleFact

_ACTOR_FIELDS = {"slug", "name", "kind", "pronoun", "part_of", "wikidata_id", "description", "aliases", "roles"}
_ALIAS_FIELDS = {"text", "kind", "from", "until"}
_ROLE_FIELDS = {"title", "organisation", "from", "until"}
_TOPIC_FIELDS = {"slug", "name", "description", "patterns"}
_PRONOUNS = {"", "he", "she", "they"}
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_WIKIDATA_ID = re.compile(r"Q[1-9][0-9]*")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_YEARS = range(1900, 2101)


class FactsError(ValueError):
    """Fact files break their format; ``problems`` has one line "file:line: field: what is wrong" for each fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class TopicFact:
    """An issue that analysts follow; ``patterns`` are phrases that tell a claim belongs to it."""

    slug: str
    name: str
    description: str = ""
    patterns: tuple[str, ...] = ()


def read_facts(folder: Path) -> list[ActorFact]:
    """Return the actors of all ``*.jsonl`` files in ``folder``, files by name and lines in their order.

    Raises FactsError with every fault of every file, and OSError where a file cannot be read.
    """
    check = _Check()
    places: dict[str, str] = {}
    actors = []
    for path in sorted(folder.glob("*.jsonl")):
        for place, record in _records(path, check):
            actor = _actor(record, check.at(place))
            if actor is None:
                continue
            check.at(place).unique("slug", actor.slug, places)
            actors.append((place, actor))
    if not actors and not check.problems:
        check.add(str(folder), "", "holds no actor facts (*.jsonl)")
    _check_references(actors, check)
    check.raise_if_any()
    return [actor for _, actor in actors]


def read_topics(path: Path) -> list[TopicFact]:
    """Return the topics of the JSON Lines file ``path`` in their order.

    Raises FactsError with every fault, and OSError where the file cannot be read.
    """
    check = _Check()
    slugs: dict[str, str] = {}
    topics = []
    for place, record in _records(path, check):
        at = check.at(place)
        at.known_fields("", record, _TOPIC_FIELDS)
        patterns = at.texts("patterns", record)
        topic = TopicFact(
            at.slug("slug", record), at.text("name", record), at.optional("description", record), patterns
        )
        at.unique("slug", topic.slug, slugs)
        topics.append(topic)
    check.raise_if_any()
    return topics


def read_date(text: str, *, ends: bool) -> dt.date:
    """Return the day that ``text`` (YYYY, YYYY-MM or YYYY-MM-DD) begins on, or ends on with ``ends``.

    Raises ValueError where it is no such date.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError("is not a date like 2019, 2019-05 or 2019-05-20")
    year = int(match[1])
    if year not in _YEARS:
        raise ValueError(f"is not between the years {_YEARS.start} and {_YEARS.stop - 1}")
    month = int(match[2] or (12 if ends else 1))
    if not 1 <= month <= 12:
        raise ValueError("has no such month")
    last = calendar.monthrange(year, month)[1]
    day = int(match[3] or (last if ends else 1))
    if not 1 <= day <= last:
        raise ValueError("has no such day")
    return dt.date(year, month, day)


@dataclass(slots=True)
class _Check:
    """Gathers the faults of all files."""

    problems: list[str] = field(default_factory=list)

    def add(self, place: str, name: str, what: str) -> None:
        self.problems.append(f"{place}: {name}: {what}" if name else f"{place}: {what}")

    def at(self, place: str) -> _Place:
        return _Place(self, place)

    def raise_if_any(self) -> None:
        if self.problems:
            raise FactsError(self.problems)


@dataclass(frozen=True, slots=True)
class _Place:
    """Reads fields of one line; a fault is noted, and a harmless value stands in so that reading goes on."""

    check: _Check
    where: str

    def fault(self, name: str, what: str) -> None:
        self.check.add(self.where, name, what)

    def known_fields(self, name: str, record: dict[str, Any], known: set[str]) -> None:
        for key in sorted(record.keys() - known):
            self.fault(f"{name}{key}", "is not a known field")

    def optional(self, name: str, record: dict[str, Any]) -> str:
        value = record.get(name.rpartition(".")[2], "")
        if not isinstance(value, str):
            self.fault(name, "is not text")
            return ""
        if value != value.strip():
            self.fault(name, f"{value!r} has spaces round it")
        if not unicodedata.is_normalized("NFC", value):
            self.fault(name, f"{value!r} is not in Unicode form NFC")
        return value

    def text(self, name: str, record: dict[str, Any]) -> str:
        value = self.optional(name, record)
        if not value:
            self.fault(name, "is missing or empty")
        return value

    def slug(self, name: str, record: dict[str, Any]) -> str:
        value = self.text(name, record)
        if value and _SLUG.fullmatch(value) is None:
            self.fault(name, f"{value!r} is not a slug (small letters, digits and hyphens)")
        return value

    def texts(self, name: str, record: dict[str, Any]) -> tuple[str, ...]:
        values = record.get(name, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
            self.fault(name, "is not a list of texts")
            return ()
        for value in sorted({value for value in values if values.count(value) > 1}):
            self.fault(name, f"has {value!r} twice")
        return tuple(values)

    def objects(self, name: str, record: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        values = record.get(name, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self.fault(name, "is not a list of objects")
            return []
        return [(f"{name}[{number}].", value) for number, value in enumerate(values)]

    def one_of(self, name: str, value: str, allowed: set[str]) -> bool:
        if value in allowed:
            return True
        self.fault(name, f"{value!r} is none of {', '.join(sorted(filter(None, allowed)))}")
        return False

    def unique(self, name: str, value: str, seen: dict[str, str]) -> None:
        if value and seen.setdefault(value, self.where) != self.where:
            self.fault(name, f"{value!r} is already at {seen[value]}")

    def period(self, name: str, record: dict[str, Any]) -> tuple[dt.date | None, dt.date | None]:
        starts = self._date(f"{name}from", record.get("from"), ends=False)
        ends = self._date(f"{name}until", record.get("until"), ends=True)
        if starts and ends and starts > ends:
            self.fault(f"{name}until", f"{ends} is before {starts}")
        return starts, ends

    def _date(self, name: str, value: object, *, ends: bool) -> dt.date | None:
        if value is None:
            return None
        try:
            return read_date(value if isinstance(value, str) else "", ends=ends)
        except ValueError as error:
            self.fault(name, f"{value!r} {error}")
            return None


def _records(path: Path, check: _Check) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each line of ``path`` as an object with its place; blank lines and broken ones are faults."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        check.add(path.name, "", f"is not UTF-8 at byte {error.start}")
        return
    if lines[-1] == "":
        lines.pop()
    for number, line in enumerate(lines, start=1):
        place = f"{path.name}:{number}"
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            check.add(place, "", f"is not JSON: {error.msg} (column {error.colno})")
            continue
        if isinstance(record, dict):
            yield place, record
        else:
            check.add(place, "", "is not a JSON object")


def _actor(record: dict[str, Any], at: _Place) -> ActorFact | None:
    """Return the actor of a line; None where it has no slug or kind that anything could refer to."""
    at.known_fields("", record, _ACTOR_FIELDS)
    slug, name, kind = at.slug("slug", record), at.text("name", record), at.text("kind", record)
    pronoun = at.optional("pronoun", record)
    at.one_of("pronoun", pronoun, _PRONOUNS)
    wikidata_id = at.optional("wikidata_id", record)
    if wikidata_id and _WIKIDATA_ID.fullmatch(wikidata_id) is None:
        at.fault("wikidata_id", f"{wikidata_id!r} is not an item id like Q159")
    aliases = tuple(_aliases(name, record, at))
    roles = tuple(_roles(record, at))
    part_of, description = at.optional("part_of", record), at.optional("description", record)
    if not at.one_of("kind", kind, {str(value) for value in ActorKind}) or not slug:
        return None
    return ActorFact(slug, name, ActorKind(kind), pronoun, part_of, wikidata_id, description, aliases, roles)


def _aliases(actor_name: str, record: dict[str, Any], at: _Place) -> Iterator[AliasFact]:
    seen = {actor_name}
    for name, alias in at.objects("aliases", record):
        at.known_fields(name, alias, _ALIAS_FIELDS)
        text, kind = at.text(f"{name}text", alias), at.text(f"{name}kind", alias)
        starts, ends = at.period(name, alias)
        if text in seen:
            at.fault(f"{name}text", f"{text!r} is there twice, as alias or name")
        seen.add(text)
        if at.one_of(f"{name}kind", kind, {str(value) for value in AliasKind}):
            yield AliasFact(text, AliasKind(kind), starts, ends)


def _roles(record: dict[str, Any], at: _Place) -> Iterator[RoleFact]:
    seen: set[RoleFact] = set()
    for name, role in at.objects("roles", record):
        at.known_fields(name, role, _ROLE_FIELDS)
        title, organisation = at.text(f"{name}title", role), at.text(f"{name}organisation", role)
        fact = RoleFact(title, organisation, *at.period(name, role))
        if fact in seen:
            at.fault(name.rstrip("."), "is there twice")
        seen.add(fact)
        yield fact


def _check_references(actors: list[tuple[str, ActorFact]], check: _Check) -> None:
    """Note every slug that names nobody, every person that is an organisation, and every circle of part_of."""
    kinds = {actor.slug: actor.kind for _, actor in actors}
    wholes = {actor.slug: actor.part_of for _, actor in actors}
    wikidata_ids: dict[str, str] = {}
    for place, actor in actors:
        at = check.at(place)
        at.unique("wikidata_id", actor.wikidata_id, wikidata_ids)
        references = [(f"roles[{number}].organisation", role.organisation) for number, role in enumerate(actor.roles)]
        if actor.part_of:
            references.append(("part_of", actor.part_of))
        for name, slug in references:
            if slug and slug not in kinds:
                at.fault(name, f"{slug!r} is the slug of no actor")
            elif slug and kinds[slug] is ActorKind.PERSON:
                at.fault(name, f"{slug!r} is a person")
        if _is_part_of_itself(actor.slug, wholes):
            at.fault("part_of", "leads back to the actor itself")


def _is_part_of_itself(slug: str, wholes: dict[str, str]) -> bool:
    whole, seen = wholes.get(slug, ""), set[str]()
    while whole and whole not in seen:
        if whole == slug:
            return True
        seen.add(whole)
        whole = wholes.get(whole, "")
    return False
