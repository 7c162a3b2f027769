"""Whom descriptions and pronouns stand for, in articles whose lines are in order and out of it."""

from __future__ import annotations

import pytest
from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.extract import extract
from tests.extraction.texts import article

OFFICES = [
    # An office of an organisation, by its title, by "chief" or "head", and by what the press calls it.
    (["The UN chief said the deal was historic."], ["Antonio Guterres"]),
    (["The head of the International Atomic Energy Agency said inspectors had left."], ["Rafael Grossi"]),
    (["The WHO director general said the outbreak was over."], ["Tedros Adhanom Ghebreyesus"]),
    (["The EU's foreign policy chief said the deal was historic."], ["Josep Borrell"]),
    (["Iran's top diplomat said the deal was near."], ["Hossein Amirabdollahian"]),
    # Of "the French leader" the article tells which of two it is.
    (["Emmanuel Macron flew to Kigali.", "The French leader said the visit was historic."], ["Emmanuel Macron"]),
    # What owns the office may be a description itself.
    (
        ["NATO ministers met in Brussels.", "The alliance's secretary general said the door was open."],
        ["Jens Stoltenberg"],
    ),
    (["Hungary will not sign.", "Its foreign minister said the text was a trap."], ["Peter Szijjarto"]),
    (
        ["Ursula von der Leyen flew to Riga.", "The commission president said the fund was ready."],
        ["Ursula von der Leyen"],
    ),
    # To whom an ambassador is sent tells him from others.
    (["Russia's ambassador to Washington said the ties were at a low."], ["Anatoly Antonov"]),
    # Known people need no introduction to be "the spokesman"; others get their office from the article, also later.
    (["Dmitry Peskov met the press.", "The spokesman said the talks were useful."], ["Dmitry Peskov"]),
    (["Mensah said the port was unsafe.", "Kojo Mensah runs the dockers' union in Tema."], ["Kojo Mensah"]),
    (
        [
            "Ama Boateng, the parliamentary committee's spokeswoman, met the press.",
            "The committee spokeswoman said it was late.",
        ],
        ["Ama Boateng"],
    ),
    (
        ["The Slovene minister said the vote was near.", "Ama Boateng is the foreign minister of Slovenia."],
        ["Ama Boateng"],
    ),
    # A general word takes up who holds an office.
    (
        ["Joe Biden flew to Riga.", "Foreign Minister Ama Boateng was there.", "The diplomat said it was late."],
        ["Ama Boateng"],
    ),
    (["An aide to the mayor, Jane Roe, said the road was safe."], ["Jane Roe"]),
    (
        ["The foreign ministers of France and Germany said Europe must rearm."],
        ["Annalena Baerbock", "Jean-Yves Le Drian"],
    ),
    # Nobody in particular.
    (["A Kremlin spokesman said the talks were useful."], ["a Kremlin spokesman"]),
    (["One of the diplomats said the deal was close."], ["one of the diplomats"]),
    (["Some of the residents said they had heard shots."], ["some of the residents"]),
    (["Two people familiar with the matter said the deal was close."], ["two people familiar with the matter"]),
]

BODIES = [
    (["The UN refugee agency welcomed the pledge."], ["UNHCR"]),
    (["South Korea's military said the rocket had sunk."], ["Armed Forces of South Korea"]),
    (["Zelensky's office said the call was long."], ["Presidential Office of Ukraine"]),
    (["The European Union put off the vote.", "The bloc said the text needed more work."], ["EU"]),
    (["The EU put off the vote.", "The Commission said the text needed more work."], ["European Commission"]),
    (["Hamas left the talks.", "The militant group said the hostages would stay."], ["Hamas"]),
    (["Human Rights Watch sent lawyers.", "The rights group said guards beat inmates."], ["Human Rights Watch"]),
    (["The Nigerian army left.", "The army said the men were bandits."], ["Armed Forces of Nigeria"]),
    # A bare name that is known of one state is another one's in an article about that.
    (["The Supreme Court rejected the appeal.", "Israelis marched through Israel."], ["Supreme Court of Israel"]),
    # What is said of another kind of body does not fit.
    (["Hamas left the talks.", "The newspaper said the hostages would stay."], ["newspaper"]),
    (["The Open Rivers Trust left the talks.", "The group said the dam would leak."], ["Open Rivers Trust"]),
    # A ministry by its kind and the state of its line, or by the one named anywhere in the article.
    (["Peru closed the road.", "Peru's interior ministry said it was unsafe."], ["Interior Ministry of Peru"]),
    (
        ["The ministry said the ship had sunk.", "Ukraine's defence ministry runs the port."],
        ["Defence Ministry of Ukraine"],
    ),
    (
        ["Ghana voted on Monday.", "The electoral commission said the count was over."],
        ["Electoral Commission of Ghana"],
    ),
    # A report is whose the article says it is.
    (
        ["Amnesty International published a study on jails.", "The report said guards beat inmates."],
        ["Amnesty International"],
    ),
    (["Myanmar closed the road.", "The military regime said it was unsafe."], ["Myanmar"]),
    # The opposition has no one name.
    (["The opposition Lowland Party met.", "The opposition said the vote was rigged."], ["opposition"]),
    # Of two bearers of a metonym the article names one.
    (["EU envoys met Iran.", "Brussels warned that the deal was at risk."], ["EU"]),
]

PRONOUNS = [
    # Who speaks, before who is only spoken of.
    (["Joe Biden said Vladimir Putin had lied. He warned that time was short."], ["Joe Biden", "Joe Biden"]),
    # Nobody names himself in his own words by name.
    (["Tim Clarke met reporters.", "But there was a threat from Boris Johnson, he added."], ["Tim Clarke"]),
    (["The IMF cut its forecast. It said growth would slow."], ["IMF"]),
    (["Ann Lee and Bob Roe met in Riga. They said the treaty was dead."], ["Ann Lee", "Bob Roe"]),
    # "They" are not who is named as the source of it all.
    (
        [
            "Ann Lee and Bob Roe met in Riga.",
            "They opposed the raid, according to a statement by the Foreign Ministry of Peru.",
        ],
        ["Ann Lee", "Bob Roe"],
    ),
    # The one introduced only later in the article.
    (["She warned that hunger would spread.", "Cindy McCain, the head of the agency, flew to Juba."], ["Cindy McCain"]),
]


@pytest.mark.parametrize(("lines", "actors"), OFFICES + BODIES + PRONOUNS, ids=lambda value: str(value[-1])[:60])
def test_it_knows_who_is_described(lines: list[str], actors: list[str], nlp: Language, registry: Registry) -> None:
    stances = extract(article(*lines), registry, nlp=nlp)
    assert sorted({stance.actor.name for stance in stances}) == sorted(set(actors))


def test_whom_he_tells_is_not_he(nlp: Language, registry: Registry) -> None:
    text = article("Boris Johnson met Micheál Martin in Dublin. He told him the protocol must change.")
    [stance] = extract(text, registry, nlp=nlp)
    assert (stance.actor.name, [ref.name for ref in stance.addressees]) == ("Boris Johnson", ["Micheal Martin"])


@pytest.mark.parametrize("told", ["us", "this newspaper", "our reporter"])
def test_the_outlet_itself_is_no_addressee(told: str, nlp: Language, registry: Registry) -> None:
    [stance] = extract(article(f"Boris Johnson told {told} the protocol must change."), registry, nlp=nlp)
    assert stance.addressees == ()


def test_a_name_that_lost_its_apostrophe_is_still_known(nlp: Language, registry: Registry) -> None:
    text = article("Scott Morrison met Zhao Lijian in Jakarta.", "Morrisons said the door was open.")
    assert {stance.actor.name for stance in extract(text, registry, nlp=nlp)} == {"Scott Morrison"}


SHUFFLED = [
    "He said the pump at the mine had failed and the miners had no air.",
    "Okoro said the ministers would meet the bankers again on Friday.",
    "The bankers met Uche Okoro, the ministers' adviser, over the loans.",
    "The miners had no air since the pump failed, said Peter Adeyemi, who runs the mine.",
    "The loans are due in May.",
]


def test_out_of_order_likeness_of_lines_tells_who_he_is(nlp: Language, registry: Registry) -> None:
    stances = extract(article(*SHUFFLED), registry, nlp=nlp)
    assert [stance.actor.name for stance in stances if stance.line == 4] == ["Peter Adeyemi"]
