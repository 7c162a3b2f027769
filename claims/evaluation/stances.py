"""Scores of extracted stances against hand-marked ones.

A found stance and a marked one make a pair, one to one, if they stand in the same line of the same article and at
least half of the words of their contents are the same (F1 over words, without case and punctuation). Of several
possible pairs those that agree on actor and act come first, then those with more words in common.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from claims.evaluation.figures import Figure, Tally

#: A stance as ``claims.extraction.records.to_record`` gives it; hand-marked ones have its first fields.
Record = Mapping[str, Any]

ENOUGH = 0.5
_FIELDS = ("article", "line", "actor", "act", "content", "via")


class GoldError(Exception):
    """Hand-marked stances that can't be read; the message says where and why."""


def read_gold(folder: Path) -> list[Record]:
    """The hand-marked stances of ``folder``: those of ``stances.jsonl``, or of several files ``stances_*.jsonl``."""
    paths = sorted(folder.glob("stances*.jsonl"))
    if not paths:
        raise GoldError(f"{folder} has no stances.jsonl")
    return [record for path in paths for record in _read_lines(path)]


def gold_folders(folder: Path) -> list[Path]:
    """``folder`` itself if it has ``articles/``, or else the folders in it that have."""
    folders = [folder] if (folder / "articles").is_dir() else sorted(path.parent for path in folder.glob("*/articles"))
    if not folders:
        raise GoldError(f"{folder} has no folder articles")
    return folders


def _read_lines(path: Path) -> Iterator[Record]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldError(f"{path}, line {number}: {error}") from error
        missing = [name for name in _FIELDS if not isinstance(record, dict) or name not in record]
        if missing:
            raise GoldError(f"{path}, line {number}: {', '.join(missing)} missing")
        yield record


def _same_actor(marked: Record, found: Record) -> bool:
    return same_name(marked["actor"], found["actor"])


def _same_act(marked: Record, found: Record) -> bool:
    return bool(marked["act"] == found["act"])


def _right(marked: Record, found: Record) -> bool:
    return _same_actor(marked, found) and _same_act(marked, found)


#: What a pair must agree on to count for each of the figures.
CHECKS: dict[str, Callable[[Record, Record], bool]] = {
    "found": lambda _marked, _found: True,
    "actor": _same_actor,
    "act": _same_act,
    "stance": _right,
    "chain": lambda marked, found: _right(marked, found) and same_names(marked["via"], found["via"]),
}


@dataclass(frozen=True)
class Comparison:
    """Marked and found stances of the same articles; what was found in articles without marks is left out."""

    marked: Sequence[Record]
    found: Sequence[Record]

    @classmethod
    def of(cls, marked: Sequence[Record], found: Sequence[Record]) -> Comparison:
        """Compare what was found with what was marked."""
        articles = {record["article"] for record in marked}
        return cls(marked, [record for record in found if record["article"] in articles])

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """The pairs, as indices of marked and found."""
        places: dict[tuple[str, int], list[int]] = defaultdict(list)
        for j, record in enumerate(self.found):
            places[record["article"], record["line"]].append(j)
        candidates = []
        for i, one in enumerate(self.marked):
            for j in places[one["article"], one["line"]]:
                other = self.found[j]
                common = overlap(one["content"], other["content"])
                if common >= ENOUGH:
                    candidates.append((-_same_actor(one, other) - _same_act(one, other), -common, i, j))
        pairs: list[tuple[int, int]] = []
        taken: tuple[set[int], set[int]] = set(), set()
        for _, _, i, j in sorted(candidates):
            if i not in taken[0] and j not in taken[1]:
                taken[0].add(i)
                taken[1].add(j)
                pairs.append((i, j))
        return pairs

    def figures(self) -> dict[str, Any]:
        """All figures by name.

        The counts ``gold``, ``predicted`` and ``pairs``; precision, recall and F1 of each of ``CHECKS``; and the shares
        of pairs with the same ``to``, the same ``side``, and, of those with a marked target, an overlapping ``target``.
        """
        paired = [(self.marked[i], self.found[j]) for i, j in self.pairs]
        figures: dict[str, Any] = {"gold": len(self.marked), "predicted": len(self.found), "pairs": len(paired)}
        for name, agree in CHECKS.items():
            tally = Tally()
            tally.add(sum(agree(one, other) for one, other in paired), len(self.found), len(self.marked))
            figures[name] = tally.figure()
        aimed = [(one, other) for one, other in paired if one.get("target")]
        shares = {
            "to": [same_names(one.get("to"), other.get("to")) for one, other in paired],
            "side": [one.get("side") == other.get("side") for one, other in paired],
            "target": [overlap(one["target"], other.get("target")) > 0 for one, other in aimed],
        }
        return figures | {name: round(sum(hits) / len(hits), 3) for name, hits in shares.items() if hits}

    def by_act(self) -> dict[str, tuple[Figure, int]]:
        """Precision, recall and F1 of each act, and how many stances were marked with it; the commonest first."""
        tallies: dict[str, Tally] = defaultdict(Tally)
        for record in self.marked:
            tallies[record["act"]].wanted += 1
        for record in self.found:
            tallies[record["act"] or "(open)"].found += 1
        for i, j in self.pairs:
            if _same_act(self.marked[i], self.found[j]):
                tally = tallies[self.marked[i]["act"]]
                tally.right_found += 1
                tally.right_wanted += 1
        ranked = sorted(tallies.items(), key=lambda item: (-item[1].wanted, item[0]))
        return {act: (tally.figure(), tally.wanted) for act, tally in ranked}

    def missed(self) -> list[Record]:
        """The marked stances that were not found."""
        paired = {i for i, _ in self.pairs}
        return [record for i, record in enumerate(self.marked) if i not in paired]

    def extra(self) -> list[Record]:
        """What was found and is not marked."""
        paired = {j for _, j in self.pairs}
        return [record for j, record in enumerate(self.found) if j not in paired]

    def wrong(self) -> list[tuple[Record, Record]]:
        """The pairs, marked and found, that disagree on actor or act."""
        paired = ((self.marked[i], self.found[j]) for i, j in sorted(self.pairs))
        return [(one, other) for one, other in paired if not _right(one, other)]

    def judged(self) -> list[tuple[float, bool]]:
        """The confidence of each found stance, and whether it is a marked one with the same actor and act."""
        return [(float(record["confidence"]), j in self.right) for j, record in enumerate(self.found)]

    @cached_property
    def right(self) -> set[int]:
        """The indices of found stances with the actor and the act that were marked."""
        return {j for i, j in self.pairs if _right(self.marked[i], self.found[j])}


def overlap(left: str | None, right: str | None) -> float:
    """F1 over the words that two texts have in common, 0 to 1."""
    one, other = (Counter(re.findall(r"\w+", (text or "").lower())) for text in (left, right))
    common = (one & other).total()
    return 2 * common / (one.total() + other.total()) if common else 0.0


def same_name(left: str | None, right: str | None) -> bool:
    """Whether two names are the same but for case, accents, punctuation and a leading "the"."""
    return _folded(left) == _folded(right)


def same_names(left: Sequence[str] | None, right: Sequence[str] | None) -> bool:
    """Whether two lists hold the same names in the same order."""
    return [_folded(name) for name in left or ()] == [_folded(name) for name in right or ()]


def _folded(name: str | None) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name or "") if not unicodedata.combining(c))
    return re.sub(r"\W+", " ", plain.lower()).strip().removeprefix("the ")
