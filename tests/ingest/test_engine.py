"""The real engine: a result for every article, whatever breaks, and a vocabulary that does not grow."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from claims.extraction import pipeline
from claims.extraction.extract import extract
from claims.extraction.types import ActorFact, ActorKind, ArticleText, ExtractedStance
from claims.ingest.engine import StanceEngine
from claims.ingest.recipe import Recipe
from tests.ingest.articles import article


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a pipeline that has learnt next to nothing, but is whole."""
    nlp = spacy.blank("en")
    nlp.meta["name"], nlp.meta["version"] = "tiny", "0.1"
    for name in ("tagger", "parser", "ner"):
        rare = {"min_action_freq": 1} if name == "parser" else {}
        nlp.add_pipe(name, config={"model": {"tok2vec": TOK2VEC}, **rare})
    doc = nlp.make_doc("Putin warns Biden in Geneva")
    annotation = {
        "tags": ["PROPN", "VERB", "PROPN", "ADP", "PROPN"],
        "heads": [1, 1, 1, 4, 1],
        "deps": ["nsubj", "ROOT", "obj", "case", "obl"],
        "entities": ["U-PERSON", "O", "U-PERSON", "O", "U-GPE"],
    }
    nlp.initialize(lambda: [Example.from_dict(doc, annotation)])
    folder = tmp_path_factory.mktemp("tiny")
    nlp.to_disk(folder)
    return str(folder)


TOK2VEC = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": 16,
    "depth": 1,
    "embed_size": 100,
    "window_size": 1,
    "maxout_pieces": 1,
    "subword_features": True,
}
PUTIN = ActorFact("putin", "Putin", ActorKind.PERSON)


def test_it_reads_with_the_pipeline_that_is_named(tiny: str) -> None:
    made = Recipe(pipeline=tiny, actors=(PUTIN,)).make()
    assert (made.pipeline_name, made.pipeline_version) == ("en_tiny", "0.1")
    articles = [article("Putin warns Biden.", name=str(place)) for place in range(5)]
    results = made.read(articles)
    assert [(result.name, result.failure) for result in results] == [(str(place), None) for place in range(5)]


def test_an_article_that_breaks_extraction_costs_only_itself(tiny: str, monkeypatch: pytest.MonkeyPatch) -> None:

    def breaks(read: ArticleText, *arguments: object, **options: object) -> list[ExtractedStance]:
        if read.name == "1":
            raise ZeroDivisionError("by nothing")
        return extract(read, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("claims.ingest.engine.extract", breaks)
    made = StanceEngine(tiny, [PUTIN])
    articles = [article("Putin warns Biden.", name=str(place)) for place in range(3)]
    for _ in range(2):
        first, second, third = made.read(articles)
        assert (first.failure, third.failure) == (None, None)
        assert second.failure is not None
        assert second.failure.reason.startswith("extraction broke in test_engine.py, line ")
        assert second.failure.reason.endswith("ZeroDivisionError: by nothing")


def test_the_vocabulary_does_not_grow_with_what_is_read(tiny: str) -> None:
    made = StanceEngine(tiny, [PUTIN])
    strings = pipeline.load_pipeline(tiny).vocab.strings
    made.read([article("Putin warns Biden.")])
    before = len(strings)
    made.read([article(*(f"Xq{place}zz said yr{place}vv." for place in range(200)))])
    assert len(strings) - before < 20


def test_a_long_article_is_read_in_pieces(tiny: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lengths = []

    def measure(read: ArticleText, *arguments: object, **options: object) -> list[ExtractedStance]:
        lengths.append(len(read.text) - read.body_start)
        return []

    monkeypatch.setattr("claims.ingest.engine.extract", measure)
    long = article(*["Putin warns Biden. " * 50] * 300)
    (result,) = StanceEngine(tiny, []).read([dataclasses.replace(long, name="long")])
    assert result.failure is None
    assert max(lengths) <= 100_000
    assert sum(lengths) == len(long.text) - long.body_start


def test_a_pipeline_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(pipeline.PipelineError, match="cannot be loaded"):
        Recipe(pipeline=str(tmp_path / "none")).make()
