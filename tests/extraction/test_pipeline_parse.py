"""The shipped pipeline reads headlines and news sentences as Universal Dependencies has them."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from claims.extraction.pipeline import load_pipeline
from tests.extraction.pipeline_cases import PARSES


def only(doc: Doc, word: str) -> Token:
    [token] = [token for token in doc if token.text == word]
    return token


@pytest.mark.parametrize(("text", "root", "arcs"), PARSES, ids=[text for text, _, _ in PARSES])
def test_it_finds_who_does_what(text: str, root: str, arcs: list[str]) -> None:
    doc = load_pipeline()(text)
    assert [token.text for token in doc if token.dep_ == "ROOT"] == [root]
    for arc in arcs:
        word, labels, head = arc.split()
        token = only(doc, word)
        assert (token.head.text, token.dep_ in labels.split("/")) == (head, True), f"{arc}, not {token.dep_}"


def test_it_gives_verbs_their_tags_and_lemmas_in_headlines() -> None:
    doc = load_pipeline()("Ankara denies meeting rebels")
    assert (doc[1].tag_, doc[1].pos_, doc[1].lemma_) == ("VBZ", "VERB", "deny")
    assert "Tense=Pres" in str(doc[1].morph)


def test_it_names_people_places_and_bodies() -> None:
    doc = load_pipeline()("Angela Merkel met officials of the European Commission in Brussels on Tuesday.")
    found = {span.text.removeprefix("the "): span.label_ for span in doc.ents}
    assert found == {"Angela Merkel": "PERSON", "European Commission": "ORG", "Brussels": "LOC", "Tuesday": "DATE"}


def test_it_marks_source_cue_and_content() -> None:
    doc = load_pipeline()("The governor said that the bridge would reopen in May.")
    assert [span.text for span in doc.spans["source"]] == ["The governor"]
    assert [span.text for span in doc.spans["cue"]] == ["said"]
    assert [span.text for span in doc.spans["content"]] == ["that the bridge would reopen in May"]
