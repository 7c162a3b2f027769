"""Figures of a pipeline on the treebank and the entity corpus, as an object for JSON and as lines to read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

from spacy.language import Language

from claims.extraction.pipeline import pipeline_info
from claims.extraction.training.corpora import entity_articles, split_entities, treebank
from claims.extraction.training.scores import Scores, score_entities, score_trees


class Figure(TypedDict):
    """Precision, recall and F1 between 0 and 1, and how many there are in the corpus."""

    precision: float
    recall: float
    f1: float
    count: int


class Report(TypedDict):
    """What was measured: figures by section and name; ``words_per_second`` is of processor time, parsing raw text."""

    pipeline: str
    version: str
    part: str
    words_per_second: float
    sections: dict[str, dict[str, Figure]]


def evaluate_pipeline(nlp: Language, trees: Path, entities: Path, *, part: str = "test") -> Report:
    """Measure ``nlp`` on a part ("dev" or "test") of the treebank and the entity corpus.

    Raises OSError or ValueError where a corpus cannot be read.
    """
    gold = treebank(trees / f"{part}.conllu")
    _, dev, test = split_entities(entity_articles(entities))
    articles = dev if part == "dev" else test
    if not articles:
        raise ValueError(f"{entities} has no articles (*.tsv)")
    sections = {"tree, words given": _figures(score_trees(nlp, gold, gold_words=True))}
    began = time.process_time()
    sections["tree, raw text"] = _figures(score_trees(nlp, gold, gold_words=False))
    seconds = time.process_time() - began
    sections["entities, words given"] = _figures(score_entities(nlp, articles, gold_words=True))
    sections["entities, raw text"] = _figures(score_entities(nlp, articles, gold_words=False))
    name, version = pipeline_info(nlp)
    return {
        "pipeline": name,
        "version": version,
        "part": part,
        "words_per_second": round(sum(len(tree.words) for tree in gold) / seconds),
        "sections": sections,
    }


def table(report: Report) -> Iterator[str]:
    """Yield the lines of a table of the report."""
    yield f"{report['pipeline']} {report['version']} on the {report['part']} part"
    for section, figures in report["sections"].items():
        yield ""
        yield f"{section:<26}{'P':>8}{'R':>8}{'F1':>8}{'count':>9}"
        for name, figure in figures.items():
            values = "".join(f"{figure[key]:>8.4f}" for key in ("precision", "recall", "f1"))
            yield f"  {name:<24}{values}{figure['count']:>9}"
    yield ""
    yield f"{report['words_per_second']:.0f} words a second of processor time on raw text"


def _figures(scores: Scores) -> dict[str, Figure]:
    return {
        name: {
            "precision": round(count.precision, 4),
            "recall": round(count.recall, 4),
            "f1": round(count.f1, 4),
            "count": count.wanted,
        }
        for name, count in scores.counts.items()
    }
