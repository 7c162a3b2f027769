"""Lemmas of words the treebank never showed: cues are looked up by lemma, so a wrong one loses a stance."""

from __future__ import annotations

import pytest
from spacy.language import Language

LEMMAS = [
    # regular forms with a silent e, a doubled consonant, a y
    ("Spain denounced the plan.", "denounce"),
    ("Spain deplored the plan.", "deplore"),
    ("Spain regretted the plan.", "regret"),
    ("Spain decried the plan.", "decry"),
    ("Spain slammed the plan.", "slam"),
    # a noun that looks like the stem is no verb
    ("Spain emphasised the plan.", "emphasise"),
    # the commoner of two verbs
    ("Spain hoped the plan worked.", "hope"),
    # what the treebank knows wins
    ("Spain said the plan worked.", "say"),
    ("Spain sought the plan.", "seek"),
]


@pytest.mark.parametrize(("sentence", "lemma"), LEMMAS, ids=[lemma for _, lemma in LEMMAS])
def test_a_past_form_has_its_verb_as_lemma(sentence: str, lemma: str, nlp: Language) -> None:
    assert nlp(sentence)[1].lemma_ == lemma
