"""Scores of attributions on PolNeAR.

Each role for itself, by the definitions of Wang et al., "CofeNet" (COLING 2022), over characters instead of words:
*exact*, the same mark; *begin*, a mark that begins at the same place; *Jaccard*, by how much a mark overlaps the best
of the other side. Whether marks belong together is not asked there. It is asked of whole attributions: *exact* with
the same words of source, cue and content, *overlap* with a common character in each of the three.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from spacy.language import Language

from claims.evaluation.figures import Figure, Tally
from claims.evaluation.marks import ROLES, Marked, MarkedAttribution, from_doc, from_standoff, quotation_of
from claims.extraction.training.standoff import annotated_texts, read_standoff
from claims.extraction.types import Quotation, Span


class JaccardFigure(Figure):
    """``precision`` is the mean over what was found of the share it has in common with the best wanted mark.

    ``recall`` is the same over what was wanted; ``mean`` is the one value that is published: over what was wanted, and
    what was found beside it.
    """

    mean: float


class RoleFigures(TypedDict):
    """The figures of one role."""

    exact: Figure
    begin: Figure
    jaccard: JaccardFigure
    count: int


class AttributionFigures(TypedDict):
    """The figures of whole attributions; ``count`` is how many are wanted."""

    exact: Figure
    overlap: Figure
    count: int


class AttributionReport(TypedDict):
    """All figures; ``quotation`` has those of whole attributions by how the content is reported."""

    articles: int
    source: RoleFigures
    cue: RoleFigures
    content: RoleFigures
    attribution: AttributionFigures
    quotation: dict[str, AttributionFigures]


@dataclass(slots=True)
class RoleScore:
    """What is counted for one role."""

    exact: Tally = field(default_factory=Tally)
    begin: Tally = field(default_factory=Tally)
    jaccard: Tally = field(default_factory=Tally)
    beside: int = 0

    def add(self, found: Collection[Span], wanted: Collection[Span]) -> None:
        """Count one text's marks of the role."""
        self.exact.add(len(set(found) & set(wanted)), len(found), len(wanted))
        begins = ({span.start for span in found}, {span.start for span in wanted})
        self.begin.add(len(begins[0] & begins[1]), len(begins[0]), len(begins[1]))
        shares = [max((_share(span, other) for other in wanted), default=0.0) for span in found]
        self.jaccard.right_found += sum(shares)
        self.jaccard.found += len(found)
        self.jaccard.right_wanted += sum(max((_share(span, other) for other in found), default=0.0) for span in wanted)
        self.jaccard.wanted += len(wanted)
        self.beside += sum(share == 0.0 for share in shares)

    def figures(self) -> RoleFigures:
        """The figures of what was counted."""
        judged = self.jaccard.wanted + self.beside
        mean = round(self.jaccard.right_wanted / judged, 3) if judged else 0.0
        return {
            "exact": self.exact.figure(),
            "begin": self.begin.figure(),
            "jaccard": {**self.jaccard.figure(), "mean": mean},
            "count": self.exact.wanted,
        }


@dataclass(slots=True)
class AttributionScore:
    """What is counted for whole attributions."""

    exact: Tally = field(default_factory=Tally)
    overlap: Tally = field(default_factory=Tally)

    def figures(self) -> AttributionFigures:
        """The figures of what was counted."""
        return {"exact": self.exact.figure(), "overlap": self.overlap.figure(), "count": self.exact.wanted}


@dataclass(slots=True)
class Score:
    """What is counted over texts."""

    articles: int = 0
    roles: dict[str, RoleScore] = field(default_factory=lambda: {role: RoleScore() for role in ROLES})
    whole: AttributionScore = field(default_factory=AttributionScore)
    quotation: dict[Quotation, AttributionScore] = field(
        default_factory=lambda: {kind: AttributionScore() for kind in Quotation}
    )

    def add(self, text: str, found: Marked, wanted: Marked) -> None:
        """Count one text."""
        self.articles += 1
        for role, score in self.roles.items():
            score.add(found.marks[role], wanted.marks[role])
        left, right = _with_content(found), _with_content(wanted)
        kinds = [[quotation_of(text, one.content) for one in side] for side in (left, right)]
        same = {(left.index(one), right.index(one)) for one in set(left) & set(right)}
        for pairs, name in ((same, "exact"), (overlapping(left, right), "overlap")):
            getattr(self.whole, name).add(len(pairs), len(left), len(right))
            for kind, part in self.quotation.items():
                tally: Tally = getattr(part, name)
                tally.right_found += sum(kinds[0][i] == kind for i, _ in pairs)
                tally.found += kinds[0].count(kind)
                tally.right_wanted += sum(kinds[1][j] == kind for _, j in pairs)
                tally.wanted += kinds[1].count(kind)

    def report(self) -> AttributionReport:
        """All figures of what was counted."""
        return {
            "articles": self.articles,
            "source": self.roles["source"].figures(),
            "cue": self.roles["cue"].figures(),
            "content": self.roles["content"].figures(),
            "attribution": self.whole.figures(),
            "quotation": {kind.value: score.figures() for kind, score in self.quotation.items()},
        }


def evaluate_attribution(nlp: Language, folder: Path, *, watch: Callable[[], None] = lambda: None) -> AttributionReport:
    """Measure ``nlp`` on a part of PolNeAR: the folder with ``text/`` and ``attributions/``.

    ``watch`` is called after each text. Raises ValueError where no text has annotations,
    OSError or UnicodeDecodeError where a file can't be read.
    """
    texts = list(annotated_texts(folder))
    if not texts:
        raise ValueError(f"{folder} has no annotated texts (text/*.txt with attributions/*.ann)")
    score = Score()
    for path, annotation in texts:
        with path.open(encoding="utf8", newline="") as file:
            text = file.read()
        score.add(text, from_doc(nlp(text)), from_standoff(text, read_standoff(annotation)))
        watch()
    return score.report()


def overlapping(found: Sequence[MarkedAttribution], wanted: Sequence[MarkedAttribution]) -> set[tuple[int, int]]:
    """Pairs of attributions that overlap in source, cue and content, as indices; each in one pair, the closest first.

    Two without a source overlap in it; where one has a source and the other has none, they don't.
    """
    closeness = [
        (-sum(shares), i, j)
        for i, one in enumerate(found)
        for j, other in enumerate(wanted)
        if all(shares := [_common(left, right) for left, right in zip(one, other, strict=True)])
    ]
    pairs: set[tuple[int, int]] = set()
    for _, i, j in sorted(closeness):
        if all(i != left and j != right for left, right in pairs):
            pairs.add((i, j))
    return pairs


def table(report: AttributionReport) -> Iterator[str]:
    """Yield the lines of a table of the report."""
    yield f"{'':<24}{'P':>8}{'R':>8}{'F1':>8}{'count':>9}"
    for role, figures in (("source", report["source"]), ("cue", report["cue"]), ("content", report["content"])):
        for name, figure in (("exact", figures["exact"]), ("begin", figures["begin"]), ("Jaccard", figures["jaccard"])):
            yield _row(f"{role}, {name}", figure, figures["count"])
        yield f"{role + ', Jaccard, mean':<24}{figures['jaccard']['mean']:>24.3f}"
    rows = [("attribution", report["attribution"]), *report["quotation"].items()]
    for kind, whole in rows:
        yield _row(f"{kind}, exact", whole["exact"], whole["count"])
        yield _row(f"{kind}, overlap", whole["overlap"], whole["count"])
    yield f"{report['articles']} articles"


def _row(name: str, figure: Figure, count: int) -> str:
    return f"{name:<24}{figure['precision']:>8.3f}{figure['recall']:>8.3f}{figure['f1']:>8.3f}{count:>9}"


def _with_content(marked: Marked) -> list[MarkedAttribution]:
    """The attributions of a text, each once; one that lacks its content or its cue is none."""
    return list(dict.fromkeys(one for one in marked.attributions if one.content and one.cue))


def _share(one: Span, other: Span) -> float:
    """By how much two stretches overlap: common characters over all characters of both."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common / (max(one.end, other.end) - min(one.start, other.start)) if common > 0 else 0.0


def _common(left: Iterable[Span], right: Iterable[Span]) -> float:
    """The same for stretches in several places; 1 where both sides have none."""
    one, other = (set[int]().union(*(range(*span) for span in side)) for side in (left, right))
    return len(one & other) / len(one | other) if one | other else 1.0
