"""The cue lexicon: which words express which act, and where their arguments stand.

The table ``data/cues.tsv`` has one row a cue and reading, tab-separated:

``lemma``    the cue's lemma; verbs may carry a preposition ("call for")
``pos``      V verb, N noun, A adjective or participle used as one
``act``      the act it expresses by itself
``tone``     the side it takes on its target: ``+`` for, ``-`` against, ``0`` neutral, ``?`` read from the content
``content``  where the content stands, most telling first (see ``Slot``)
``to``       where the addressee stands
``sense``    a remark that rules act on: "said" (plain speech), "strict" (only people and bodies can do it), ...
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import NamedTuple

from claims.extraction.types import Act


class Slot(NamedTuple):
    """A place for an argument: a dependency label, with the preposition or second argument it needs, if any."""

    label: str
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """One reading of a cue word."""

    lemma: str
    pos: str
    act: Act
    tone: str
    content: tuple[Slot, ...]
    addressee: tuple[Slot, ...]
    sense: str = ""

    @property
    def preposition(self) -> str:
        """The preposition that belongs to the cue ("for" in "call for"), or ""."""
        return self.lemma.rpartition(" ")[2] if " " in self.lemma else ""


def _slots(cell: str) -> tuple[Slot, ...]:
    slots = []
    for word in cell.split():
        label, _, extra = word.partition(":")
        if "+" in label:
            label, _, extra = label.partition("+")
            extra = f"+{extra}"
        slots.append(Slot(label, extra))
    return tuple(slots)


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of the tab-separated table ``data/NAME``; empty cells are ""."""
    text = resources.files("claims.extraction").joinpath("data", name).read_text(encoding="utf-8")
    return [
        {key: value or "" for key, value in row.items()} for row in csv.DictReader(text.splitlines(), delimiter="\t")
    ]


@functools.cache
def cues() -> Mapping[tuple[str, str], tuple[Cue, ...]]:
    """All cues by (first word of the lemma, part of speech), those with a preposition first."""
    table: dict[tuple[str, str], list[Cue]] = {}
    for row in read_table("cues.tsv"):
        cue = Cue(
            lemma=row["lemma"],
            pos=row["pos"],
            act=Act(row["act"]),
            tone=row["tone"],
            content=_slots(row["content"]),
            addressee=_slots(row["to"]),
            sense=row["sense"],
        )
        table.setdefault((cue.lemma.split()[0], cue.pos), []).append(cue)
    return {key: tuple(sorted(found, key=lambda cue: " " not in cue.lemma)) for key, found in table.items()}


@functools.cache
def words(group: str) -> frozenset[str]:
    """The words of one group of ``data/words.tsv``; raises ``KeyError`` for a group it lacks."""
    found: set[str] = set()
    for row in read_table("words.tsv"):
        if row["group"] == group:
            found.update(word.replace("_", " ") for word in row["words"].split())
    if not found:
        raise KeyError(f"no group {group!r} in words.tsv")
    return frozenset(found)
