"""Which act a position is where the cue leaves it open: a table anyone can extend. All sentences are made up."""

from __future__ import annotations

import pytest
from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.extract import extract
from tests.extraction.texts import article

CASES = [
    ("Ghana said the harvest was good.", "states"),
    # A judgement stays a statement, unless it says that something must not be.
    ("Ghana said the ruling was a mistake.", "states"),
    ("Ghana said the blockade was unacceptable.", "opposes"),
    # Own future action, hostile or not, and what the source will not do.
    ("Ghana said it would open two schools.", "announces"),
    ("Ghana said it would retaliate.", "threatens"),
    ("Ghana said it would never recognise the junta.", "opposes"),
    ("“We will not sign the treaty,” Ghana said.", "opposes"),
    ("“We will not abandon our fishermen,” Ghana said.", "promises"),
    ("Ghana said the rains would have come without the dam.", "states"),
    # Disclaiming.
    ("Togo said its army did not shoot at the fishermen.", "denies"),
    ("Ghana said there was no deal.", "denies"),
    ("Ghana said it had never sold any arms to the rebels.", "denies"),
    ("“We never touched the money,” Ghana said.", "denies"),
    # What others should do, in its several forms.
    ("Ghana said Togo must reopen the road.", "demands"),
    ("Ghana said Togo needs to reopen the road.", "demands"),
    ("Ghana said the most important thing is that Togo reopens the road.", "demands"),
    ("“Open the road now,” Ghana said.", "demands"),
    # Foretold harm.
    ("Ghana said the dam could destroy the delta.", "warns"),
    # Questions.
    ("Ghana asked whether the dam was safe.", "doubts"),
    # Rejecting a claim, a proposal and an idea.
    ("Ghana rejected the allegations.", "denies"),
    ("Ghana rejected the proposal.", "opposes"),
    ("Ghana rejected the idea of a common army.", "opposes"),
    ("Ghana rejected suggestions that its soldiers had crossed the border.", "denies"),
    # Light verbs with a noun cue.
    ("Ghana issued a warning that the dam could break.", "warns"),
    ("Ghana expressed concern about the arrests.", "criticises"),
    ("Ghana voiced support for the mission.", "supports"),
    ("Ghana gave assurances that the vote would be fair.", "promises"),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[sentence[:60] for sentence, _ in CASES])
def test_it_tells_the_act(sentence: str, expected: str, nlp: Language, registry: Registry) -> None:
    assert [stance.act for stance in extract(article(sentence), registry, nlp=nlp)] == [expected]


SILENT = [
    "Ghana declined to comment.",
    "Ghana may warn its fishermen.",
    "Ghana did not deny that its soldiers had crossed the border.",
]


@pytest.mark.parametrize("sentence", SILENT)
def test_it_holds_nothing_where_nothing_is_said(sentence: str, nlp: Language, registry: Registry) -> None:
    assert extract(article(sentence), registry, nlp=nlp) == []
