"""What a comparison of stances tells, as lines to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from claims.evaluation.figures import Figure
from claims.evaluation.reliability import calibration_error, reliability
from claims.evaluation.stances import CHECKS, Comparison, Record

SHARES = ("to", "side", "target")


def report(comparison: Comparison, limit: int) -> Iterator[str]:
    """Everything about a comparison, with at most ``limit`` errors of each sort."""
    yield from figures_table(comparison.figures())
    yield ""
    yield from acts_table(comparison)
    yield ""
    yield from reliability_table(comparison.judged())
    if limit:
        yield ""
        yield from errors(comparison, limit)


def damage_figures(clean: Comparison, scraped: Comparison) -> dict[str, Any]:
    """The figures on clean and on scraped text, and by how much the F1 of each check falls: ``loss``."""
    figures = {"clean": clean.figures(), "scraped": scraped.figures()}
    loss = {name: round(figures["clean"][name]["f1"] - figures["scraped"][name]["f1"], 3) for name in CHECKS}
    return {**figures, "loss": loss}


def damage_report(figures: Mapping[str, Any]) -> Iterator[str]:
    """What ``damage_figures`` gives."""
    for form in ("clean", "scraped"):
        yield f"{form} text"
        yield from figures_table(figures[form])
        yield ""
    yield "loss of F1"
    for name, loss in figures["loss"].items():
        yield f"{name:<14}{loss:>8.3f}"


def figures_table(figures: Mapping[str, Any]) -> Iterator[str]:
    """The figures of ``Comparison.figures``."""
    yield f"{figures['gold']} marked, {figures['predicted']} found, {figures['pairs']} pairs"
    yield f"{'':<14}{'P':>8}{'R':>8}{'F1':>8}"
    for name in CHECKS:
        yield _row(name, figures[name])
    for name in SHARES:
        if name in figures:
            yield f"{name:<14}{figures[name]:>8.3f} of pairs"


def acts_table(comparison: Comparison) -> Iterator[str]:
    """How well each act is read: found with the same act, whoever the actor."""
    yield f"{'act':<14}{'P':>8}{'R':>8}{'F1':>8}{'marked':>9}"
    for act, (figure, count) in comparison.by_act().items():
        yield f"{_row(act, figure)}{count:>9}"


def reliability_table(judged: Iterable[tuple[float, bool]]) -> Iterator[str]:
    """The share of right stances by confidence, from confidences and whether each stance is right."""
    bands = reliability(judged)
    yield f"{'confidence':<14}{'mean':>8}{'right':>8}{'stances':>9}"
    for band in bands:
        name = f"{band.low:.1f} to {band.high:.1f}"
        yield f"{name:<14}{band.confidence:>8.2f}{band.right:>8.2f}{band.stances:>9}"
    yield f"expected calibration error {calibration_error(bands):.3f}"


def errors(comparison: Comparison, limit: int) -> Iterator[str]:
    """At most ``limit`` stances of each sort of error: missed, found though not marked, of another actor or act."""
    for title, records in (("missed", comparison.missed()), ("extra", comparison.extra())):
        yield f"{title}: {len(records)}"
        for record in records[:limit]:
            yield f"  {_place(record)}  {_who(record)} | {record.get('cue') or ''} | {_short(record['content'])}"
    wrong = comparison.wrong()
    yield f"wrong: {len(wrong)}"
    for marked, found in islice(wrong, limit):
        yield f"  {_place(marked)}  {_who(marked)} <> {_who(found)} | {_short(marked['content'])}"


def _row(name: str, figure: Figure) -> str:
    return f"{name:<14}{figure['precision']:>8.3f}{figure['recall']:>8.3f}{figure['f1']:>8.3f}"


def _place(record: Record) -> str:
    return f"{record['article']}:{record['line']}"


def _who(record: Record) -> str:
    return f"{record['actor']} | {record['act'] or '(open)'}"


def _short(content: str) -> str:
    return content if len(content) <= 90 else f"{content[:87]}..."
