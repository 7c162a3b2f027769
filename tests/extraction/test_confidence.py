"""Confidence of stances: surer where more speaks for them."""

from __future__ import annotations

import pytest
from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.confidence import LEAST, MOST, confidence_of, weights
from claims.extraction.extract import extract, extract_with_traits
from tests.extraction.texts import article


def confidence(sentence: str, nlp: Language, registry: Registry) -> float:
    (stance,) = extract(article(sentence), registry, nlp=nlp)
    return stance.confidence


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        # A known actor, and one that only the article describes.
        ("Germany said the talks had been useful.", "The official said the talks had been useful."),
        # A name, and a pronoun that stands for nobody in the text.
        ("Germany said the talks had been useful.", "She said the talks had been useful."),
    ],
)
def test_it_is_surer_of_plain_readings(surer: str, less_sure: str, nlp: Language, registry: Registry) -> None:
    assert confidence(surer, nlp, registry) > confidence(less_sure, nlp, registry)


def test_every_weight_belongs_to_a_trait(nlp: Language, registry: Registry) -> None:
    seen: set[str] = set()
    for text in (
        "Germany said the talks had been useful.",
        "According to Iran, the tanker was empty.",
        "Norway expressed concern about the arrests.",
        "Finland is worried about the new base.",
    ):
        for stance, traits in extract_with_traits(article(text), registry, nlp=nlp):
            assert LEAST <= stance.confidence == confidence_of(traits) <= MOST
            seen |= traits.keys()
    assert {"base", "rule verb", "rule noun", "rule adjective", "rule according", "actor known"} <= seen
    kinds = {name.partition(" ")[0] for name in seen} | {"act", "cue", "in", "long", "nested", "short", "source"}
    assert {name.partition(" ")[0] for name in weights()} <= kinds
