"""Which category of political event a stance amounts to: a table anyone can extend. All sentences are made up."""

from __future__ import annotations

import pytest
from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.extract import extract
from tests.extraction.texts import article

CASES = [
    # Acts that have one category whatever they are about.
    ("Canada demanded an inquiry into the crash.", "request"),
    ("Spain proposed a summit in June.", "request"),
    ("Kenya accused Somalia of hiding the rebels.", "accuse"),
    ("Sweden condemned the raid on the embassy.", "accuse"),
    ("Japan welcomed the agreement.", "support"),
    ("Norway thanked the divers.", "support"),
    ("Russia denied that its ships had entered the bay.", "reject"),
    ("India refused to sign the declaration.", "reject"),
    # Cooperation to come is agreement; to yield and to retreat stay what they are.
    ("France promised to send more aid.", "agree"),
    ("Germany and Italy agreed to share fingerprints.", "agree"),
    ("Brazil pledged to cooperate with the court.", "agree"),
    ("Mali announced it would withdraw its soldiers from the north.", "retreat"),
    ("Turkey agreed to withdraw its soldiers.", "concede"),
    ("Egypt promised to release the journalists.", "retreat"),
    # Harm to come threatens.
    ("North Korea threatened to test another missile.", "threaten"),
    ("The United States announced it would impose tariffs on steel.", "threaten"),
    ("Iran said it would retaliate.", "threaten"),
    ("Iran warned it will strike the base.", "threaten"),
    # A warning of what others bring about is no event.
    ("Poland warned that the crisis could spread.", None),
    # Own deeds that are done.
    ("Belgium said it had expelled two diplomats.", "sanction"),
    ("Chile announced it had donated 5,000 tents.", "aid"),
    ("Vietnam said it had deployed four more battalions.", "mobilize"),
    # Deeds of others, opinions and plain statements are none.
    ("Austria said Serbia had expelled two diplomats.", None),
    ("Finland believes the talks were useful.", None),
    ("Germany doubts that the plan will work.", None),
    ("The harvest was good, Turkey said.", None),
    # Protest is an event of its own kind.
    ("Farmers protested against the tax.", "protest"),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[sentence[:60] for sentence, _ in CASES])
def test_it_finds_the_event_that_a_stance_amounts_to(
    sentence: str, expected: str | None, nlp: Language, registry: Registry
) -> None:
    found = {stance.plover for stance in extract(article(sentence), registry, nlp=nlp)}
    assert found == {expected}
