"""Claims in their normal wording: clauses that say by themselves what a content says in its report."""

from __future__ import annotations

import datetime as dt

import pytest
from spacy.language import Language

from claims.extraction.actors import Registry
from claims.extraction.claims import normal_wording
from claims.extraction.extract import extract
from claims.extraction.inflection import present, with_article
from claims.extraction.types import Act, ArticleText, Span
from claims.extraction.wording import printed_clause

ON = dt.date(2021, 12, 31)


def claims_in(body: str, nlp: Language, registry: Registry) -> list[str]:
    title = "News of the day"
    text = f"{title}\n20211231\n{body}\n"
    article = ArticleText("one", text, Span(0, len(title)), len(title) + 10, ON)
    return [stance.claim for stance in extract(article, registry, nlp=nlp)]


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        # the subject that the content shares with its cue
        ("Russia has denied planning to attack Ukraine.", "Russia plans to attack Ukraine"),
        ("The US promised to impose sanctions on Iran.", "the United States will impose sanctions on Iran"),
        ("China denies seeking a military foothold in the Pacific.", "China seeks a military foothold in the Pacific"),
        ("Iran threatened not to attend the talks.", "Iran will not attend the talks"),
        ("Syria claimed to have destroyed its chemical weapons.", "Syria has destroyed its chemical weapons"),
        # the subject is whom the cue is directed at
        (
            "NATO urged Russia to withdraw its troops from the border.",
            "Russia should withdraw its troops from the border",
        ),
        ("Poland accused Belarus of sending migrants to the border.", "Belarus sends migrants to the border"),
        # reporting shifted the tense back
        ("Turkey said it would buy more missiles from Russia.", "Turkey will buy more missiles from Russia"),
        ("Ethiopia said that Eritrea had withdrawn its troops.", "Eritrea has withdrawn its troops"),
        ("Ukraine said Russia was planning an invasion.", "Russia is planning an invasion"),
        # "could" may have been said so, and so may "would" beside a condition in the past
        ("Putin said sanctions could rupture ties.", "sanctions could rupture ties"),
        ("Canada said it would act if Russia attacked.", "Canada would act if Russia attacked"),
        # pronouns of the speaker; a person in office says "we" of the state
        ("“We will not attack Ukraine,” Sergei Lavrov said.", "Russia will not attack Ukraine"),
        ("“I am ready for talks,” Joe Biden said.", "Joe Biden is ready for talks"),
        ("“We have evidence of our own,” the EU said.", "the EU has evidence of its own"),
        ("Moscow says it has the right to move its troops.", "Russia has the right to move its troops"),
        # "it" may stand for nothing
        ("Russia said it would be a mistake to wait.", "it will be a mistake to wait"),
        # a noun phrase stays one
        ("Sudan demands a binding treaty on the dam.", "a binding treaty on the dam"),
    ],
)
def test_a_claim_is_a_clause_of_its_own(sentence: str, claim: str, nlp: Language, registry: Registry) -> None:
    assert claim in claims_in(sentence, nlp, registry)


@pytest.mark.parametrize(
    ("text", "actor", "act", "claim"),
    [
        ("planning to attack Ukraine", "Russia", Act.DENIES, "Russia plans to attack Ukraine"),
        ("to impose sanctions", "United States", Act.PROMISES, "the United States will impose sanctions"),
        ("that “we” never left the deal.", "Iran", Act.STATES, "Iran never left the deal"),
        ("it had started to enrich uranium", "Iran", Act.ANNOUNCES, "Iran had started to enrich uranium"),
        # whom a demand is made of is not known here
        ("to withdraw all troops", "Ukraine", Act.DEMANDS, "to withdraw all troops"),
        # what is only named as a claim
        ("the claim that troops are in Tigray", "Ethiopia", Act.DENIES, "troops are in Tigray"),
        # one that is a clause already stays as it is
        ("Russia plans to attack Ukraine", "United States", Act.WARNS, "Russia plans to attack Ukraine"),
        ("—", "Iran", Act.STATES, ""),
        ("planning to attack Ukraine", "", Act.DENIES, "planning to attack Ukraine"),
    ],
)
def test_a_content_by_itself_is_worded_with_what_is_known_of_it(
    text: str, actor: str, act: Act, claim: str, nlp: Language, registry: Registry
) -> None:
    assert printed_clause(nlp(text), actor, act, ON, registry) == claim


@pytest.mark.parametrize(
    ("lemma", "singular", "plural"),
    [("deny", "denies", "deny"), ("stay", "stays", "stay"), ("reach", "reaches", "reach"), ("be", "is", "are"),
     ("have", "has", "have"), ("go", "goes", "go")],
)  # fmt: skip
def test_verbs_are_put_into_the_present(lemma: str, singular: str, plural: str) -> None:
    assert (present(lemma, plural=False), present(lemma, plural=True)) == (singular, plural)


@pytest.mark.parametrize(
    ("name", "running"),
    [
        ("United States", "the United States"),
        ("Foreign Ministry of Iran", "the Foreign Ministry of Iran"),
        ("EU", "the EU"),
        ("NATO", "NATO"),
        ("Joe Biden", "Joe Biden"),
        ("a senior official", "a senior official"),
    ],
)
def test_names_take_the_article_they_have_in_running_text(name: str, running: str) -> None:
    assert with_article(name) == running


@pytest.mark.parametrize(
    ("content", "wording"),
    [
        ("that the vote was rigged", "the vote was rigged"),
        ("That is unfair", "That is unfair"),
        ("that appeal", "that appeal"),
        ("“that the West would regret it.”", "the West would regret it"),
    ],
)
def test_only_the_that_before_a_clause_is_left_out(content: str, wording: str) -> None:
    assert normal_wording(content) == wording
