"""How to make what reads stances out of articles, in plain data that can be sent to another process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.module_loading import import_string

from claims.extraction.types import ActorFact, ArticleText, BatchResult

#: What reads articles unless the setting STANCE_ENGINE names another maker (tests do).
ENGINE = "claims.ingest.engine.StanceEngine"


class Engine(Protocol):
    """What reads articles; ``pipeline_name`` and ``pipeline_version`` say with what."""

    pipeline_name: str
    pipeline_version: str

    def read(self, articles: Sequence[ArticleText]) -> list[BatchResult]:
        """One result for each of ``articles``, in their order; an article that cannot be read has a failure."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """``maker`` is the dotted path of what makes an engine out of the other two.

    These are the name or folder of a spaCy pipeline ("" for the shipped one) and the actors to know.
    """

    maker: str = ENGINE
    pipeline: str = ""
    actors: tuple[ActorFact, ...] = field(default=(), repr=False)

    def make(self) -> Engine:
        """The engine; raises whatever keeps it from being made."""
        maker: Callable[[str, Iterable[ActorFact]], Engine] = import_string(self.maker)
        return maker(self.pipeline, self.actors)
