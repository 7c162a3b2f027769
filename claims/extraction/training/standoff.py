"""PolNeAR's annotations: brat standoff files beside the texts, an article of several annotators having several.

Lines that are not of the form (texts broken over lines, notes) are passed over, and so are references to marks that are
not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROLES = ("SOURCE", "CUE", "CONTENT")
#: A fragment of a mark: the characters [start, end) of the text.
Fragment = tuple[int, int]

_MARK = re.compile(r"^(T\d+)\t(Source|Cue|Content) (\d+ \d+(?:;\d+ \d+)*)\t")
_EVENT = re.compile(r"^E\d+\tAttribution\S*( .+)$")
_PART = re.compile(r" (Source|Cue|Content)\d*:(T\d+)")


@dataclass(frozen=True, slots=True)
class Standoff:
    """What one annotator marked in one text.

    ``fragments`` lists the fragments of each role in the order of the file; ``attributions`` groups them, with the
    fragments of each role that an attribution has (a source may be missing).
    """

    fragments: dict[str, list[Fragment]] = field(default_factory=lambda: {role: [] for role in ROLES})
    attributions: list[dict[str, list[Fragment]]] = field(default_factory=list)


def annotated_texts(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Each text of PolNeAR's ``train`` or ``dev`` with its annotations, in order of name; without them, left out.

    Of several annotators' files the first in order of name counts.
    """
    annotations: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rpartition("_")[0], path)
    for text in sorted((folder / "text").glob("*.txt")):
        if text.stem in annotations:
            yield text, annotations[text.stem]


def read_standoff(path: Path) -> Standoff:
    """The marks and attributions of one file; raises OSError or UnicodeDecodeError where it can't be read."""
    found = Standoff()
    marks: dict[str, list[Fragment]] = {}
    events: list[str] = []
    for line in path.read_text(encoding="utf8").split("\n"):
        if mark := _MARK.match(line):
            fragments = [(int(start), int(end)) for start, end in (pair.split() for pair in mark[3].split(";"))]
            marks[mark[1]] = fragments
            found.fragments[mark[2].upper()] += fragments
        elif event := _EVENT.match(line):
            events.append(event[1])
    for parts in events:
        roles: dict[str, list[Fragment]] = {role: [] for role in ROLES}
        for part in _PART.finditer(parts):
            roles[part[1].upper()] += marks.get(part[2], [])
        found.attributions.append(roles)
    return found
