"""Who says what to whom: a table anyone can extend.

Each case is a sentence and the stances it holds, written as
``actor [via outer, ...] act [to addressee, ...]: content``. Names are canonical; what the registry does not know is as
printed. All sentences are made up for this test.
"""

from __future__ import annotations

import pytest
from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.extract import extract
from tests.extraction.texts import article, told

CLAUSES = [
    # A complement clause after the cue, with and without "that".
    ("Germany said the talks had been useful.", ["Germany states: the talks had been useful"]),
    ("Poland warned that the crisis could spread.", ["Poland warns: the crisis could spread"]),
    # The clause before the cue, in both orders of cue and source.
    ("The ceasefire is holding, Turkey said.", ["Turkey states: The ceasefire is holding"]),
    ("The ceasefire is holding, said Turkey.", ["Turkey states: The ceasefire is holding"]),
    # A source behind "according to", before and after.
    ("According to Iran, the tanker was empty.", ["Iran states: the tanker was empty"]),
    ("The tanker was empty, according to Iran.", ["Iran states: The tanker was empty"]),
]

INFINITIVES = [
    ("Moscow denies planning to attack Ukraine.", ["Russia denies: planning to attack Ukraine"]),
    ("France promised to send more aid.", ["France promises: to send more aid"]),
    ("India refused to sign the declaration.", ["India opposes: to sign the declaration"]),
    ("North Korea threatened to test another missile.", ["North Korea threatens: to test another missile"]),
    # Whoever is urged is the addressee, what is urged the content.
    ("Canada urged Israel to open the crossing.", ["Canada demands to Israel: to open the crossing"]),
    ("Spain called on Morocco to release the fishermen.", ["Spain demands to Morocco: to release the fishermen"]),
]

NOUN_PHRASES = [
    ("China rejected the accusations.", ["China denies: the accusations"]),
    ("Brazil rejected the proposal.", ["Brazil opposes: the proposal"]),
    ("Sweden condemned the attack on the embassy.", ["Sweden criticises: the attack on the embassy"]),
    ("Japan welcomed the agreement.", ["Japan supports: the agreement"]),
    ("Egypt called for an immediate ceasefire.", ["Egypt demands: an immediate ceasefire"]),
    ("Cuba opposes the embargo.", ["Cuba opposes: the embargo"]),
    # What a relative clause is about is the noun before it.
    ("The treaty that Russia wants was not signed.", ["Russia demands: The treaty"]),
]

LABELS = [
    # What is called what, however the parser hangs the two; judged by the label's tone.
    ("Norway called the claims baseless.", ["Norway criticises: the claims baseless"]),
    ("Kenya called the pact historic.", ["Kenya supports: the pact historic"]),
    ("Peru called half of the delegates “dangerous.”", ["Peru criticises: half of the delegates “dangerous"]),
    ("Chile branded the sanctions an act of war.", ["Chile criticises: the sanctions an act of war"]),
    ("Malta termed the vote a day of hope.", ["Malta states: the vote a day of hope"]),
    # The label alone, where what it is put on stands before.
    ("Mali left a vote, which Ghana found “unacceptable.”", ["Ghana criticises: unacceptable"]),
    # What is judged stands with the judgement.
    ("Egypt denounced the shelling as reckless.", ["Egypt criticises: the shelling as reckless"]),
    # Nobody's position is nobody's.
    ("Nobody supports the plan.", []),
    # A call by telephone is none.
    ("Macron called Scholz on Monday.", []),
    ("Macron called the minister, who was in Geneva.", []),
]

PHRASES = [
    # Cues of several words, each of which must stand there.
    ("Qatar brushed aside the allegations.", ["Qatar denies: the allegations"]),
    ("Ireland took issue with the wording.", ["Ireland criticises: the wording"]),
    ("Ireland took part in the wording.", []),
    ("Estonia cast doubt on the offer.", ["Estonia doubts: the offer"]),
    ("Morocco made clear that the border would stay shut.", ["Morocco states: the border would stay shut"]),
    ("Chile served notice of further talks.", ["Chile threatens: further talks"]),
    ("Chad and Togo voiced misgivings about the move.", ["Chad doubts: the move", "Togo doubts: the move"]),
    ("Kenya likened the levy to a fine.", ["Kenya criticises: the levy to a fine"]),
    # What is only coordinated with the cue is none of its content.
    ("Egypt praised the plan, and others followed it.", ["Egypt supports: the plan"]),
    # Mild forms and refusals are positions, mere possibilities are none.
    ("“I would urge both sides to talk,” said Germany.", ["Germany demands: I would urge both sides to talk"]),
    ("Serbia could not accept the plan.", ["Serbia opposes: the plan"]),
    ("Serbia could accept the plan.", []),
]

TAGS = [
    ("Guterres: Nobody wants this war", ["Antonio Guterres states: Nobody wants this war"]),
    ("Guterres: a life in pictures", []),
    ("Note: The summit was moved.", []),
]

RUNNING_ON = [
    ("The bank failed, Austria said, and others would follow.",
     ["Austria states: The bank failed", "Austria states: others would follow"]),
    ("Austria left the talks, and others would follow.", []),
    ("Russia's position is that the treaty is dead.", ["Russia states: the treaty is dead"]),
]  # fmt: skip

NOUN_CUES = [
    ("Italy issued a warning that the dam could break.", ["Italy warns: the dam could break"]),
    ("Norway expressed concern about the arrests.", ["Norway criticises: the arrests"]),
    # What a relative clause only adds is no part of the content.
    ("Norway expressed concern about the north, where prices rose.", ["Norway criticises: the north"]),
    ("Moldova reiterated its support for the mission.", ["Moldova supports: the mission"]),
]

ADJECTIVES = [
    ("Finland is worried about the new base.", ["Finland criticises: the new base"]),
    ("Greece said it was satisfied with the outcome.", ["Greece supports: it was satisfied with the outcome"]),
    ("Serbia is opposed to the plan.", ["Serbia opposes: the plan"]),
]

DENIED_NOUNS = [
    ("Iceland has no plans to leave the pact.", ["Iceland denies: to leave the pact"]),
    ("Iceland does not have plans to leave the pact.", ["Iceland denies: to leave the pact"]),
    ("Malta has no intention of closing the port.", ["Malta denies: closing the port"]),
    ("Chad made no promise to stay.", ["Chad denies: to stay"]),
    ("Kenya has no doubt that the dam is safe.", ["Kenya believes: the dam is safe"]),
    ("Mali made no comment on the plan.", []),
]

NESTED = [
    # The innermost source holds the stance; the outer ones passed it on.
    (
        "Yuri Ushakov said Vladimir Putin had told Joe Biden that the step would be a mistake.",
        ["Vladimir Putin via Yuri Ushakov warns to Joe Biden: the step would be a mistake"],
    ),
    # What was told within a call, in the words of a third.
    (
        "Norway's minister warned his UK counterpart in a call that tolls could rupture ties and would be a mistake, "
        "the Palace said.",
        [
            "Norway's minister via Buckingham Palace warns to his UK counterpart: "
            "tolls could rupture ties and would be a mistake"
        ],
    ),
    # A source that speaks of itself passes on nothing.
    ("Hungary said it opposes the sanctions.", ["Hungary opposes: the sanctions"]),
    (
        "Latvia said it wants more troops and supports the alliance.",
        ["Latvia demands: more troops", "Latvia supports: the alliance"],
    ),
    # Who denies that another spoke does not speak for him.
    ("Iran denied that Russia had warned Israel.", ["Iran denies: Russia had warned Israel"]),
]

SEVERAL = [
    # Joint sources give one stance each.
    (
        "Estonia and Lithuania condemned the arrests.",
        ["Estonia criticises: the arrests", "Lithuania criticises: the arrests"],
    ),
    # Two cues are two stances of the same source.
    (
        "Ukraine rejected the offer and demanded an apology.",
        ["Ukraine demands: an apology", "Ukraine opposes: the offer"],
    ),
    # A participle shares the subject of its clause.
    (
        "Austria left the talks, saying the terms were unfair.",
        ["Austria states: the terms were unfair"],
    ),
]

PASSIVES = [
    ("The raid was condemned by Turkey.", ["Turkey criticises: The raid"]),
    ("The proposal was rejected by China.", ["China opposes: The proposal"]),
]

QUOTATIONS = [
    (
        "“The border stays closed. Nobody will pass,” said Vladimir Putin.",
        ["Vladimir Putin states: The border stays closed. Nobody will pass"],
    ),
    ("Joe Biden said: “The border is open.”", ["Joe Biden states: The border is open"]),
]

SILENCE: list[tuple[str, list[str]]] = [
    # The reporter's own story, plain events, and what was not said.
    ("Russia annexed the peninsula in 2014.", []),
    ("Talks were held in Geneva on Monday.", []),
    ("France has not said how many soldiers will leave.", []),
    ("Germany declined to comment.", []),
    # Supposed speech is nobody's position.
    ("If Iran rejects the offer, the talks will end.", []),
    ("Poland could demand more money.", []),
    ("It is said that the bridge is old.", []),
]

ACTS = [
    # The content decides where the cue is neutral.
    (
        "China said Japan should lift the tariffs.",
        ["China demands: Japan should lift the tariffs"],
    ),
    ("Israel said it would never accept the deal.", ["Israel opposes: it would never accept the deal"]),
    ("Iran said it will retaliate.", ["Iran threatens: it will retaliate"]),
    ("Japan said it will build two ships.", ["Japan announces: it will build two ships"]),
    ("Ukraine said the law could damage ties.", ["Ukraine warns: the law could damage ties"]),
    ("Syria said it had never used the weapons.", ["Syria denies: it had never used the weapons"]),
    ("Egypt said there was no secret agreement.", ["Egypt denies: there was no secret agreement"]),
    # A negated cue turns.
    ("Turkey does not support the motion.", ["Turkey opposes: the motion"]),
    ("India doubts that the plan will work.", ["India doubts: the plan will work"]),
    ("Qatar hopes the truce will last.", ["Qatar believes: the truce will last"]),
]

ALL = [
    *CLAUSES, *INFINITIVES, *NOUN_PHRASES, *LABELS, *PHRASES, *TAGS,
    *RUNNING_ON, *NOUN_CUES, *ADJECTIVES, *DENIED_NOUNS, *NESTED, *SEVERAL, *PASSIVES, *QUOTATIONS,
    *SILENCE, *ACTS,
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), ALL, ids=[sentence[:60] for sentence, _ in ALL])
def test_it_reads_who_says_what(sentence: str, expected: list[str], nlp: Language, registry: Registry) -> None:
    text = article(sentence)
    assert sorted(told(stance, text.text) for stance in extract(text, registry, nlp=nlp)) == sorted(expected)
