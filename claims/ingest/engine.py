"""Reads stances out of batches of articles, wherever that happens: in this process or in a worker's.

Nothing here touches the database or its models, so that a worker starts without them.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path

from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.extract import extract
from claims.extraction.pipeline import load_pipeline, pipeline_info
from claims.extraction.types import ActorFact, ArticleText, BatchResult, ExtractedStance, Failure
from claims.ingest.pieces import cut, whole


class StanceEngine:
    """Reads with a spaCy pipeline and a registry of actors, both loaded once."""

    def __init__(self, pipeline: str, actors: Iterable[ActorFact]) -> None:
        self._nlp: Language = load_pipeline(pipeline)
        self._registry = Registry.from_facts(actors)
        self.pipeline_name, self.pipeline_version = pipeline_info(self._nlp)

    def read(self, articles: Sequence[ArticleText]) -> list[BatchResult]:
        """One result for each of ``articles``, in their order; an article that breaks extraction has a failure.

        The words of the batch leave the pipeline's vocabulary with the memory zone. An exception must not leave it
        too: the next zone would start broken.
        """
        with self._nlp.memory_zone():
            return [self._read(article) for article in articles]

    def _read(self, article: ArticleText) -> BatchResult:
        try:
            stances: list[ExtractedStance] = []
            for piece in cut(article):
                stances += whole(piece, extract(piece.article, self._registry, nlp=self._nlp))
        except Exception as error:  # Whatever breaks on one article must not cost the others of the batch.
            return BatchResult(article.name, failure=Failure(article.name, _where_it_broke(error)))
        return BatchResult(article.name, stances)


def _where_it_broke(error: Exception) -> str:
    frame = traceback.extract_tb(sys.exc_info()[2])[-1]
    message = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"extraction broke in {Path(frame.filename).name}, line {frame.lineno}: {message}"
