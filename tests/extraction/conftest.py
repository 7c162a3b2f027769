"""What extraction tests read with: the shipped pipeline and the actors of the fixtures, each loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.facts import read_facts
from claims.extraction.pipeline import load_pipeline

ACTORS = Path(__file__).parents[2] / "fixtures" / "actors"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped pipeline."""
    return load_pipeline()


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The actors of the fixtures."""
    return Registry.from_facts(read_facts(ACTORS))
