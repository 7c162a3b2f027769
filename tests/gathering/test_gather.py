"""Which wordings are one claim: tables of wordings with the claim that each belongs to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from claims.extraction.actors import Registry
from claims.extraction.facts import read_facts
from claims.gathering.gather import COMPARED, SURE, UNDER_KEY, Gatherer, gather
from claims.gathering.likeness import contradict, keys_of, likeness
from claims.gathering.sense import Analyst
from claims.gathering.wordings import Wording

ON = dt.date(2022, 1, 20)


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    return Analyst(Registry.from_facts(read_facts(Path(__file__).parents[2] / "fixtures" / "actors")))


def wording(text: str, analyst: Analyst, actor: str = "", on: dt.date = ON, article: str = "") -> Wording:
    return Wording(text, analyst.sense(text, on), analyst.actor(actor, on) if actor else "", on, article)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # other words for the same
        ("Russia plans to attack Ukraine", "Moscow is preparing an invasion of Ukraine"),
        # who denies it or says it is not so takes a position on the same claim
        ("Russia plans to attack Ukraine", "Russia has no plans to attack Ukraine"),
        ("Kyiv will join NATO", "Ukraine will never be a member of NATO"),
        # active and passive, verb and noun
        ("Azerbaijan attacked Armenia", "Armenia was attacked by Azerbaijan"),
        ("Ethiopia blocks aid to Tigray", "Ethiopia's blockade of aid deliveries to Tigray"),
        # a number in words and in figures
        ("OPEC will cut oil output by two million barrels a day", "a cut in OPEC oil production of 2 million barrels"),
        # whoever speaks for a state in office
        ("Germany should halt Nord Stream 2", "Olaf Scholz should stop the Nord Stream 2 pipeline"),
        # what holds under a condition, with and without it
        ("Germany will halt Nord Stream 2", "Germany will halt Nord Stream 2 if Russia invades Ukraine"),
    ],
)
def test_these_are_one_claim(one: str, other: str, analyst: Analyst) -> None:
    assert gather([wording(one, analyst), wording(other, analyst)]) == [0, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # who does it to whom
        ("Russia attacks Ukraine", "Ukraine attacks Russia"),
        ("Azerbaijan attacked Armenia", "Azerbaijan was attacked by Armenia"),
        # another state
        ("Germany will suspend the AstraZeneca vaccine", "France will suspend the AstraZeneca vaccine"),
        # other numbers
        ("Iran enriches uranium to 20 percent", "Iran enriches uranium to 60 percent"),
        ("Brazil will end deforestation by 2028", "Brazil will end deforestation by 2030"),
        # the same actors, another matter
        ("Russia plans to attack Ukraine", "Russia supplies gas to Ukraine"),
        # nothing in common but words that say nothing
        ("this is not acceptable", "that would be the right thing to do"),
    ],
)
def test_these_are_two_claims(one: str, other: str, analyst: Analyst) -> None:
    assert gather([wording(one, analyst), wording(other, analyst)]) == [0, 1]


def test_what_contradicts_is_never_alike(analyst: Analyst) -> None:
    one, other = (wording(text, analyst) for text in ("Russia attacks Ukraine", "Ukraine attacks Russia"))
    assert contradict(one, other)
    assert likeness(one, other) == 0.0


def test_nearness_in_time_and_the_same_actor_speak_for_one_claim(analyst: Analyst) -> None:
    text, other = "Russia plans to attack Ukraine", "an attack on Kyiv is near"
    near = likeness(wording(text, analyst, "russia"), wording(other, analyst, "russia"))
    assert near > likeness(wording(text, analyst, "russia"), wording(other, analyst, "france"))
    assert near > likeness(wording(text, analyst, "russia"), wording(other, analyst, "russia", dt.date(2023, 1, 20)))


def test_the_same_words_are_the_same_claim(analyst: Analyst) -> None:
    text = "girls should go to school"
    assert gather([wording(text, analyst, article="a"), wording(text.title(), analyst, article="b")]) == [0, 0]


@pytest.mark.parametrize("text", ["it is so", "the move", "this"])
def test_words_that_say_little_are_the_same_claim_within_an_article_only(text: str, analyst: Analyst) -> None:
    assert gather([wording(text, analyst, article=article) for article in ("a", "b", "a")]) == [0, 1, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # one does what undoes the other
        ("Iran will withdraw from the nuclear deal", "Iran will return to the nuclear deal"),
        ("OPEC will cut oil output", "OPEC will raise oil output"),
        # one after the other
        ("Ethiopia will begin the first filling of the dam", "Ethiopia will begin the second filling of the dam"),
    ],
)
def test_opposite_deeds_are_two_claims(one: str, other: str, analyst: Analyst) -> None:
    assert gather([wording(one, analyst), wording(other, analyst)]) == [0, 1]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        # two words that mean something together
        ("Russia pulls back", "=withdraw"),
        ("the fighting must stop", "=ceasefire"),
        # a name with a number in it
        ("Turkey bought the S-400", "s 400"),
    ],
)
def test_terms_may_be_more_than_a_word(text: str, key: str, analyst: Analyst) -> None:
    assert key in analyst.sense(text).terms


def test_the_order_of_a_pair_makes_no_difference(analyst: Analyst) -> None:
    one, other = wording("Russia plans to attack Ukraine", analyst), wording("Russia will invade", analyst)
    assert likeness(one, other) == likeness(other, one)


def test_pairs_that_are_not_sure_are_suggested(analyst: Analyst) -> None:
    gatherer = Gatherer()
    gatherer.add(wording("the EU will impose sanctions on Belarus", analyst))
    gatherer.add(wording("new sanctions against airlines that fly to Minsk", analyst))
    assert [(first, second) for first, second, _ in gatherer.suggestions] == [(1, 0)]
    assert all(score < SURE for _, _, score in gatherer.suggestions)


def test_wordings_without_a_common_key_are_not_compared(analyst: Analyst) -> None:
    one, other = analyst.sense("Russia plans to attack Ukraine"), analyst.sense("girls should go to school")
    assert keys_of(one)
    assert not set(keys_of(one)) & set(keys_of(other))


def test_a_wording_is_compared_with_a_bounded_number_of_others(
    analyst: Analyst, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0

    def counted(one: Wording, other: Wording) -> float:
        nonlocal compared
        compared += 1
        return 0.0

    monkeypatch.setattr("claims.gathering.gather.likeness", counted)
    gatherer = Gatherer()
    for number in range(3 * UNDER_KEY):
        gatherer.add(wording(f"Russia plans to attack Ukraine{number}", analyst))
    compared = 0
    last = wording("Russia plans to attack Ukraine", analyst)
    gatherer.add(last)
    assert 0 < compared <= COMPARED


@pytest.mark.parametrize(
    ("text", "agents", "patients"),
    [
        ("Russia attacks Ukraine", {"russia"}, {"ukraine"}),
        ("Ukraine was attacked by Russia", {"russia"}, {"ukraine"}),
        ("the Russian attack on Ukraine", {"russia"}, {"ukraine"}),
        ("Russia's attack on Kyiv", {"russia"}, {"ukraine"}),
        ("Vladimir Putin will attack Ukraine", {"russia"}, {"ukraine"}),
    ],
)
def test_it_sees_who_acts_on_whom(text: str, agents: set[str], patients: set[str], analyst: Analyst) -> None:
    sense = analyst.sense(text, ON)
    assert set(sense.agents) == agents
    assert set(sense.patients) == patients


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("two million barrels", {"2000000.0"}),
        ("2 million barrels", {"2000000.0"}),
        ("12,500 soldiers", {"12500.0"}),
        ("60% of them", {"60.0"}),
        ("soldiers", set()),
    ],
)
def test_numbers_are_read_in_figures_and_words(text: str, numbers: set[str], analyst: Analyst) -> None:
    assert analyst.sense(text).numbers == numbers


def test_the_name_of_a_speaker_who_is_not_known_is_no_term(analyst: Analyst) -> None:
    speaker = analyst.actor("Ann Otherton", ON)
    sense = analyst.sense("Ann Otherton will publish the report", ON, speaker)
    assert sense.names == {speaker}
    assert "otherton" not in sense.terms


def test_names_in_a_list_have_one_role(analyst: Analyst) -> None:
    assert analyst.sense("Sweden and Finland will join NATO").agents == {"sweden", "finland"}


def test_a_condition_is_kept_apart(analyst: Analyst) -> None:
    sense = analyst.sense("the EU will impose sanctions if Russia attacks Ukraine")
    assert "=sanction" in sense.terms
    assert "=attack" not in sense.terms
    assert sense.names == {"eu"} or sense.names == {"european-union"}
    assert {"=attack", "@russia", "@ukraine"} <= sense.aside
