"""Acts of verbs that the cue lexicon lacks."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Span

from claims.extraction.actors import Registry
from claims.extraction.extract import extract
from claims.extraction.guesses import guess_act
from claims.extraction.learned import UNKNOWN_CUE, unknown_cue
from claims.extraction.lexicon import read_table
from claims.extraction.types import Act
from tests.extraction.texts import article


def cue(verb: str) -> Span:
    """The verb as a cue in a doc that no pipeline has read."""
    doc = spacy.blank("en")(verb)
    doc[0].lemma_ = verb
    return doc[:]


def test_a_verb_that_is_like_those_of_an_act_gets_that_act() -> None:
    assert guess_act("rip") == Act.CRITICISES
    assert guess_act("Rip") == Act.CRITICISES


def test_a_verb_like_none_is_left_to_be_plain_speech() -> None:
    assert guess_act("xylophone") is None
    assert unknown_cue(cue("xylophone")) is UNKNOWN_CUE


def test_a_guessed_cue_is_known_to_be_guessed() -> None:
    guessed = unknown_cue(cue("rip"))
    assert (guessed.act, guessed.sense) == (Act.CRITICISES, UNKNOWN_CUE.sense)


def test_a_verb_that_no_list_knows_gets_the_act_that_it_looks_like(nlp: Language) -> None:
    doc = nlp("The union importuned the government to reopen talks.")
    assert guess_act(doc[2].lemma_) is None
    assert unknown_cue(doc[2:3]).act == Act.DEMANDS


def test_every_guess_is_an_act_of_its_own() -> None:
    acts = {guess_act(row["verb"]) for row in read_table("guesses.tsv")}
    assert None not in acts
    assert Act.STATES not in acts


def test_a_guessed_act_is_less_sure_than_a_known_one(nlp: Language, registry: Registry) -> None:
    guessed, known = (
        extract(article(f"“The plan is a joke on all of us,” {cue} the mayor of Lagos."), registry, nlp=nlp)[0]
        for cue in ("ripped", "complained")
    )
    assert (guessed.act, known.act) == (Act.CRITICISES, Act.CRITICISES)
    assert guessed.confidence < known.confidence
