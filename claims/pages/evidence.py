"""Evidence in its context: an article's words cut into pieces, each with what it is evidence of."""

from __future__ import annotations

import enum
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy, pgettext_lazy

from claims.models import Stance

# How much of a paragraph is shown on either side of the evidence before it is cut, in characters.
REACH = 400
# How much of a passage is shown at most, in characters.
LONGEST = 3_000
# So many stances are named that share the same words, the first of the article.
MOST_STANCES = 12
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")


class Kind(enum.StrEnum):
    """What a stretch of text is evidence of."""

    MENTION = "mention"
    CUE = "cue"
    CONTENT = "content"
    TARGET = "target"
    ADDRESSEE = "addressee"
    SOURCE = "source"
    OTHER = "other"
    CURRENT = "current"


LEGEND = (
    (Kind.MENTION, pgettext_lazy("mark", "actor"), gettext_lazy("who takes the position")),
    (Kind.CUE, pgettext_lazy("mark", "cue"), gettext_lazy("the words that show how")),
    (Kind.CONTENT, pgettext_lazy("mark", "content"), gettext_lazy("what is claimed, demanded or denied")),
    (Kind.TARGET, pgettext_lazy("mark", "target"), gettext_lazy("what or whom it is about")),
    (Kind.ADDRESSEE, pgettext_lazy("mark", "addressee"), gettext_lazy("whom it was said to")),
    (Kind.SOURCE, pgettext_lazy("mark", "source"), gettext_lazy("who passed it on")),
)


class Mark(NamedTuple):
    """The characters ``[start, end)`` of an article's text are evidence of ``kind``, for the stance ``number``."""

    start: int
    end: int
    kind: Kind
    number: int = 0


class Piece(NamedTuple):
    """Some words, with the kinds of evidence that they are, and the numbers of the stances whose content ends here.

    ``stances`` are the numbers of those that the words are evidence of, as far as marks had numbers.
    """

    text: str
    kinds: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    stances: tuple[int, ...] = ()

    @property
    def classes(self) -> str:
        """The CSS classes of the piece."""
        return " ".join(f"mark-{kind}" for kind in self.kinds)


def marks_of(stance: Stance) -> list[Mark]:
    """All evidence of ``stance``; its chain and addressees should be prefetched."""
    marks = [
        _mark(stance.mention_start, stance.mention_end, Kind.MENTION),
        _mark(stance.cue_start, stance.cue_end, Kind.CUE),
        _mark(stance.content_start, stance.content_end, Kind.CONTENT),
        _mark(stance.target_start, stance.target_end, Kind.TARGET),
    ]
    for addressee in stance.addressees.all():
        marks.append(_mark(addressee.mention_start, addressee.mention_end, Kind.ADDRESSEE))
    for link in stance.chain.all():
        marks.append(_mark(link.mention_start, link.mention_end, Kind.SOURCE))
    return [mark for mark in marks if mark is not None]


def _mark(start: int | None, end: int | None, kind: Kind) -> Mark | None:
    return Mark(start, end, kind) if start is not None and end is not None and start < end else None


def passage(text: str, marks: Sequence[Mark]) -> tuple[int, int]:
    """Give start and end of the sentences of ``text`` that hold the evidence nearest to its first content.

    Evidence in another paragraph than the content and its cue (a name given earlier) is left out. Sentences longer than
    ``REACH`` are cut, and the whole at ``LONGEST`` characters.
    """
    core = [mark for mark in marks if mark.kind in {Kind.CONTENT, Kind.CUE}]
    first, last = min(mark.start for mark in core), max(mark.end for mark in core)
    line_start = text.rfind("\n", 0, first) + 1
    line_end = text.find("\n", last)
    line_end = len(text) if line_end == -1 else line_end
    inside = [mark for mark in marks if line_start <= mark.start and mark.end <= line_end]
    first, last = min(mark.start for mark in inside), max(mark.end for mark in inside)
    start = max(line_start, first - REACH)
    # One character more than the gap: a sentence ends where the next begins.
    for match in SENTENCE_END.finditer(text, start, first + 1):
        start = match.end()
    stop = min(line_end, last + REACH)
    ending = SENTENCE_END.search(text, max(last - 1, first), stop)
    end = ending.end() if ending else stop
    return start, min(end, start + LONGEST)


def pieces(
    text: str, start: int, end: int, marks: Iterable[Mark], notes: Iterable[tuple[int, int]] = ()
) -> list[Piece]:
    """Cut ``text[start:end]`` where a mark starts or ends; joined, the pieces are exactly that text.

    ``notes`` are pairs of an offset and a number; the piece that ends at the offset carries the number.
    """
    begins: dict[int, Counter[tuple[Kind, int]]] = {}
    ends: dict[int, Counter[tuple[Kind, int]]] = {}
    for mark in marks:
        if mark.start < end and mark.end > start:
            begins.setdefault(max(mark.start, start), Counter())[mark.kind, mark.number] += 1
            ends.setdefault(min(mark.end, end), Counter())[mark.kind, mark.number] += 1
    numbers: dict[int, list[int]] = {}
    for offset, number in notes:
        if start < offset <= end:
            numbers.setdefault(offset, []).append(number)
    cuts = sorted({start, end, *begins, *ends, *numbers})
    cut: list[Piece] = []
    open_now: Counter[tuple[Kind, int]] = Counter()
    for left, right in itertools.pairwise(cuts):
        open_now.subtract(ends.get(left, Counter()))
        open_now.update(begins.get(left, Counter()))
        # Only what is still open is looked through: of many stances few share the same words.
        open_now = +open_now
        here = {kind for kind, _number in open_now}
        kinds = tuple(kind.value for kind in Kind if kind in here)
        stances = tuple(sorted({number for _kind, number in open_now if number})[:MOST_STANCES])
        cut.append(Piece(text[left:right], kinds, tuple(sorted(numbers.get(right, ()))), stances))
    return cut
