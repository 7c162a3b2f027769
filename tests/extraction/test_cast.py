"""Who a phrase stands for: names, surnames, offices on the day, metonyms, descriptions and pronouns."""

from __future__ import annotations

import datetime as dt

import pytest
from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.extract import extract
from claims.extraction.types import ActorFact, ActorKind, AliasFact
from tests.extraction.texts import article, told

CASES = [
    # A capital that speaks is its state; a place where something happens is not.
    (["Beijing condemned the visit."], ["China criticises: the visit"]),
    (["France said in Moscow that the talks would go on."], ["France states: the talks would go on"]),
    # A seat or named institution keeps its own name.
    (["The Kremlin rejected the claim."], ["Kremlin denies: the claim"]),
    (["The State Department welcomed the release."], ["State Department supports: the release"]),
    # A surname stands for whoever the article names in full, and for an office-holder where it names nobody.
    (
        ["Emmanuel Macron arrived in Berlin.", "Macron urged Iran to return to the talks."],
        ["Emmanuel Macron demands to Iran: to return to the talks"],
    ),
    (["Stoltenberg warned that the risk was real."], ["Jens Stoltenberg warns: the risk was real"]),
    # People that nobody knows keep the fullest name printed.
    (
        ["Zanele Okoduwa, a lawyer, spoke first.", "Okoduwa said the verdict was unfair."],
        ["Zanele Okoduwa states: the verdict was unfair"],
    ),
    # An office with its country, on the day of the article.
    (["The German chancellor rejected the proposal."], ["Olaf Scholz opposes: the proposal"]),
    (["Ukraine's president called for calm."], ["Volodymyr Zelensky demands: calm"]),
    # "Our president" is the speaker's.
    (
        ["Yuri Ushakov said our president had rejected the offer."],
        ["Vladimir Putin via Yuri Ushakov opposes: the offer"],
    ),
    # The government of a country is the country; an unnamed source keeps its words.
    (["The Polish government opposes the treaty."], ["Poland opposes: the treaty"]),
    (["A senior official said the road was closed."], ["a senior official states: the road was closed"]),
    (["Human rights activists denounced the arrests."], ["human rights activists criticises: the arrests"]),
    # Pronouns within a line, and from the line before.
    (["Joe Biden met reporters. He said the door was open."], ["Joe Biden states: the door was open"]),
    (
        ["Angela Merkel spoke in Berlin.", "She criticised the decision."],
        ["Angela Merkel criticises: the decision"],
    ),
    # A short form the article introduces names the organisation from then on.
    (
        ["The Open Rivers Trust (ORT) opened an office.", "The ORT criticised the dam."],
        ["ORT criticises: the dam"],
    ),
    # A ministry named by its kind alone is the one named before, of the state the article is about.
    (
        ["The Interior Ministry of Egypt spoke.", "The ministry denied the reports."],
        ["Interior Ministry of Egypt denies: the reports"],
    ),
    # In brackets the letters need not be the initials.
    (
        ["The Lowland Party (LOWP) met.", "LOWP rejected the bill."],
        ["LOWP opposes: the bill"],
    ),
    # Whom a quotation speaks of is not the one who speaks.
    (
        ["Peter Brown took the floor.", "“Alan Stone lied to the house,” he said."],
        ["Peter Brown states: Alan Stone lied to the house"],
    ),
    # Any noun can believe or say that something is so.
    (["Geologists believe the dam is safe."], ["geologists believes: the dam is safe"]),
    # Who refuses a statement does not pass it on.
    (
        ["Jane Roe rejected statements by the Polish government that the wall was safe."],
        [
            "Jane Roe denies: statements by the Polish government that the wall was safe",
            "Poland states: the wall was safe",
        ],
    ),
    (
        ["The Spanish and Algerian governments rejected the plan."],
        ["Algeria opposes: the plan", "Spain opposes: the plan"],
    ),
    # The two who were named together.
    (
        ["Olaf Scholz and Emmanuel Macron met in Berlin.", "The two leaders condemned the raid."],
        ["Emmanuel Macron criticises: the raid", "Olaf Scholz criticises: the raid"],
    ),
    # A spokesperson with a name passes nothing on; an agency that quotes does.
    (
        ["Xinhua quoted Wang Yi as saying the visit was a provocation."],
        ["Wang Yi via Xinhua states: the visit was a provocation"],
    ),
    # Reporters are told, but are no addressee; a named outlet is.
    (["Sergei Lavrov told reporters the talks were over."], ["Sergei Lavrov states: the talks were over"]),
    (["Sergei Lavrov told CNN the talks were over."], ["Sergei Lavrov states to CNN: the talks were over"]),
]


@pytest.mark.parametrize(("lines", "expected"), CASES, ids=[lines[-1][:60] for lines, _ in CASES])
def test_it_knows_who_is_meant(lines: list[str], expected: list[str], nlp: Language, registry: Registry) -> None:
    text = article(*lines)
    assert sorted(told(stance, text.text) for stance in extract(text, registry, nlp=nlp)) == sorted(expected)


def test_an_alias_that_two_actors_bear_stays_open(nlp: Language) -> None:
    registry = Registry.from_facts(
        [
            ActorFact("left", "Left Union", ActorKind.PARTY, aliases=(AliasFact("Union"),)),
            ActorFact("right", "Right Union", ActorKind.PARTY, aliases=(AliasFact("Union"),)),
        ]
    )
    assert registry.lookup("Union") == ["left", "right"]
    stances = extract(article("Jane Roe leads the Union.", "The Union rejected the bill."), registry, nlp=nlp)
    open_ones = [stance for stance in stances if stance.actor.candidates]
    assert [stance.actor.slug for stance in open_ones] == [""]
    assert set(open_ones[0].actor.candidates) == {"left", "right"}


@pytest.mark.parametrize(
    ("until", "slug", "candidates"),
    [
        # both bear it on the day of the article, 20 January 2022: the mention stays open with both
        (None, "", {"left", "right"}),
        (dt.date(2022, 1, 20), "", {"left", "right"}),
        # one bore it until the day before
        (dt.date(2022, 1, 19), "left", set()),
    ],
)
def test_an_alias_is_shared_on_the_days_on_which_both_bear_it(
    until: dt.date | None, slug: str, candidates: set[str], nlp: Language
) -> None:
    registry = Registry.from_facts(
        [
            ActorFact("left", "Left Union", ActorKind.PARTY, aliases=(AliasFact("Union"),)),
            ActorFact("right", "Right Union", ActorKind.PARTY, aliases=(AliasFact("Union", valid_until=until),)),
        ]
    )
    (stance,) = extract(article("Jane Roe leads the Union.", "The Union rejected the bill."), registry, nlp=nlp)
    assert (stance.actor.slug, set(stance.actor.candidates)) == (slug, candidates)
