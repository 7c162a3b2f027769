"""What a position is on, and the side taken: a table anyone can extend, one block for each rule of ``targets``.

Each case is a sentence and "side: target" of the stance it holds. All sentences are made up for this test.
"""

from __future__ import annotations

import pytest
from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.extract import extract
from tests.extraction.texts import article

BLAMED = [
    ("Kenya accused Somalia of hiding the rebels.", "against: Somalia"),
    ("Sweden criticised Hungary for delaying the vote.", "against: Hungary"),
    ("Ireland praised Kenya for sheltering the refugees.", "for: Kenya"),
]

THINGS = [
    ("Japan welcomed the agreement.", "for: the agreement"),
    ("Sweden condemned the brutal raid on the embassy.", "against: the brutal raid on the embassy"),
    # A noun that names a deed passes it on.
    ("Canada demanded the withdrawal of the troops.", "against: the troops"),
    ("Norway called for the release of the journalists.", "for: the journalists"),
    ("Peru called for an end to the blockade.", "against: the blockade"),
    ("Iceland warned of the risk of a long war.", "against: a long war"),
    ("India rejected any suggestion of a new treaty.", "against: a new treaty"),
    ("Ghana wants the base closed.", "against: the base"),
    ("Chile considers the plan unfair.", "against: the plan"),
    # Dwelling on something without blaming it is being for it.
    ("Malta stressed the continuation of the talks.", "for: the talks"),
]

DEEDS = [
    ("France promised to send more aid.", "for: more aid"),
    ("Italy pledged to lift the ban.", "against: the ban"),
    ("Egypt urged Sudan to reopen the crossing.", "for: the crossing"),
    ("Egypt urged Sudan not to reopen the crossing.", "against: the crossing"),
    ("Spain urged Morocco to call off the exercise.", "against: the exercise"),
    ("Brazil agreed to help in rebuilding the port.", "for: the port"),
    ("Denmark vowed to put an end to the smuggling.", "against: the smuggling"),
    ("The European Union decided to impose duties on Chinese steel.", "against: Chinese steel"),
    ("Turkey refused to sign the declaration.", "against: the declaration"),
    # Who refuses to end something is for it.
    ("North Korea refused to abandon its missiles.", "for: its missiles"),
    ("Russia denied shelling the hospital.", "against: the hospital"),
    # Without anything it is done to, a demand is on who is told.
    ("Canada urged Israel to wait.", "against: Israel"),
]

CONDITIONS = [
    ("Iran warned it will respond if Israel holds new drills.", "against: new drills"),
    ("Iran warned it will respond if Israel strikes its ports.", "for: its ports"),
]

OWN_DEEDS = [
    ("Germany said it would send medicines.", "for: medicines"),
    ("Mali said it would expel the ambassador.", "against: the ambassador"),
    ("Poland said it would never accept the quota.", "against: the quota"),
    ("Qatar said it had no part in the raid.", "against: the raid"),
]

OBLIGATIONS = [
    ("Cuba said the United States must stop the flights.", "against: the United States"),
    ("Cuba said the most important thing is that Spain changes course.", "against: Spain"),
    ("Cuba said the prisoners must be freed.", "for: the prisoners"),
    ("Cuba said the embargo must end.", "for: the embargo"),
    ("Cuba said the world must help the islanders.", "for: the islanders"),
]

STATEMENTS = [
    ("Serbia said the vote was a great success.", "for: the vote"),
    ("Serbia said the vote was a farce.", "against: the vote"),
    ("Serbia said the vote was not fair.", "against: the vote"),
    ("Libya said the militia had violated the truce.", "against: the militia"),
    ("Libya said the nurses had prevented a massacre.", "for: the nurses"),
    ("Libya said rebels had launched an attack.", "against: rebels"),
    ("Libya said the bridge had been destroyed by the rebels.", "against: the rebels"),
    ("Libya said the mayors had been killed by the rebels.", "against: the rebels"),
    ("Libya said its villages were in danger.", "for: its villages"),
    # Who is harmed is not blamed, and a plain report takes no side.
    ("Libya said the convoy was attacked.", "neutral: the convoy"),
    ("Libya said the talks will resume on Monday.", "neutral: the talks"),
    ("Libya said 14 sailors were killed.", "neutral: None"),
    # Acts with a side of their own decide it.
    ("Yemen hopes the truce will last.", "for: the truce"),
    ("Yemen fears the truce will collapse.", "against: the truce"),
    ("Yemen warned that new raids could wreck the truce.", "against: new raids"),
    ("Yemen denied that the nurses had tortured prisoners.", "for: the nurses"),
]

ALL = [*BLAMED, *THINGS, *DEEDS, *CONDITIONS, *OWN_DEEDS, *OBLIGATIONS, *STATEMENTS]


@pytest.mark.parametrize(("sentence", "expected"), ALL, ids=[sentence[:60] for sentence, _ in ALL])
def test_it_tells_target_and_side(sentence: str, expected: str, nlp: Language, registry: Registry) -> None:
    text = article(sentence)
    found = [
        f"{stance.side}: {text.text[stance.target.start : stance.target.end] if stance.target else None}"
        for stance in extract(text, registry, nlp=nlp)
    ]
    assert found == [expected]
