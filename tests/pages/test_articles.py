"""The page of an article: its text in parts, its stances as cards beside it, and how each came about."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from claims.models import Run, Stance
from claims.pages.articles import MOST_CARDS, PART, parts_of
from claims.review import accept
from claims.review.correct import correct
from tests import factories as make

pytestmark = pytest.mark.django_db


def page_of(client: Client, stance: Stance, query: str = "") -> Any:
    answer = client.get(f"/articles/{stance.article_id}/{query}")
    assert answer.status_code == 200
    return answer


def words(answer: Any) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", "", answer.content.decode())).split())


def test_a_card_says_what_the_machine_did_and_that_nobody_judged_it(rita: Client) -> None:
    run = make.run(kind=Run.Kind.EXTRACT, pipeline_name="en_stance_news", pipeline_version="1.2.0", code_version="0.9")
    told = words(page_of(rita, make.stance(run=run, rule="verb:ccomp")))
    assert "en_stance_news 1.2.0, program 0.9; rule verb:ccomp; confidence: likely (0.80)." in told
    assert "Nobody has judged it yet." in told


def test_a_stance_that_a_person_added_says_so(rita: Client) -> None:
    assert "Added by a person; the machine had missed it." in words(page_of(rita, make.stance(run=None)))


@pytest.fixture
def corrected(db: None) -> Stance:
    """A stance that Ana accepted and then corrected, with reasons."""
    stance = make.stance(run=make.run())
    accept([stance], user=make.person("ana"), note="Clear.")
    belarus = make.actor(name="Belarus")
    correct(
        stance, {"act": "states", "actor": belarus, "negated": True}, user=make.person("ana"), note="Minsk <b>said</b>"
    )
    return stance


def test_what_people_decided_is_told_with_each_field_before_and_after(rita: Client, corrected: Stance) -> None:
    told = words(page_of(rita, corrected))
    latest, first = told.index("Corrected"), told.index("Accepted")
    assert latest < first
    for change in ("actor: Russia → Belarus", "act: denies → states", "negated: no → yes"):
        assert change in told[latest:first]


def test_who_decided_and_why_is_told_to_those_who_work_here(rita: Client, public: Client, corrected: Stance) -> None:
    told = words(page_of(rita, corrected))
    assert "by ana: Minsk <b>said</b>" in told
    told = words(page_of(public, corrected))
    assert "Corrected" in told
    assert "ana:" not in told
    assert "Minsk" not in told
    rita_herself = make.person("rita")
    rita_herself.is_staff = False
    rita_herself.save()
    assert "Minsk" not in words(page_of(rita, corrected))


def test_a_row_that_is_gone_is_told_as_gone(rita: Client, corrected: Stance) -> None:
    make.judgement(stance=corrected, changes={"claim": {"before": 999, "after": None}}, decision="corrected")
    assert "claim: a row that is gone → nothing" in words(page_of(rita, corrected))


def test_the_address_of_a_stance_opens_its_card_and_marks_its_words(rita: Client) -> None:
    make.stance()
    other = make.stance(act="states", cue="says", content="it has the right to move troops", target="", side="")
    plain, asked = page_of(rita, other).content.decode(), page_of(rita, other, f"?stance={other.pk}").content.decode()
    assert " open>" not in plain
    assert asked.count(" open>") == 1
    assert re.search(
        rf'open>\s*<summary>.*?</summary>\s*<div class="opened" id="note-2"><span id="stance-{other.pk}">', asked
    )
    assert "mark-current" not in plain
    assert re.findall(r'<mark class="[^"]*mark-current"[^>]*>([^<]*)', asked) == ["it has the right to move troops"]


@pytest.mark.parametrize("asked", ["x", "999999", "-1", "9" * 50, ""])
def test_a_stance_that_is_not_there_opens_nothing(rita: Client, asked: str) -> None:
    assert b" open>" not in page_of(rita, make.stance(), f"?stance={asked}").content


def test_cards_lead_to_the_stance_before_and_the_one_behind(rita: Client) -> None:
    for number in range(3):
        stance = make.stance(actor_as_printed=f"Moscow {number}")
    page = page_of(rita, stance).content.decode()
    steps = re.findall(r'<p class="steps">(.*?)</p>', page)
    assert [re.findall(r'rel="(\w+)" href="#note-(\d)"', step) for step in steps] == [
        [("next", "2")],
        [("prev", "1"), ("next", "3")],
        [("prev", "2")],
    ]


def test_many_stances_take_no_card_beyond_the_first_some_hundreds(rita: Client) -> None:
    stance = make.stance()
    columns = {field.attname: getattr(stance, field.attname) for field in Stance._meta.concrete_fields}
    Stance.objects.bulk_create(
        Stance(**{**columns, "id": None, "actor_as_printed": f"Moscow {number}"}) for number in range(MOST_CARDS + 4)
    )
    answer = page_of(rita, stance)
    assert len(answer.context["cards"]) == MOST_CARDS
    assert "5 further stances of this part are not marked." in words(answer)
    assert len(answer.content) < 2_000_000


def long_article() -> tuple[Stance, Stance]:
    """A stance at the start and one at the end of an article of several parts."""
    filler = "Talks went on in Geneva.\n" * 8_000
    text = f"Title\n20211230\nhttps://example.org/\nMoscow denies a plan.\n{filler}Kyiv fears the worst.\n"
    article = make.article(text=text)
    first = make.stance(article=article, content="a plan", target="")
    last = make.stance(article=article, mention="Kyiv", cue="fears", content="the worst", target="", act="believes")
    return first, last


def test_a_long_text_comes_in_parts_with_the_stances_of_each(rita: Client) -> None:
    first, last = long_article()
    start, end = page_of(rita, first), page_of(rita, first, "?page=99")
    assert [card.pk for card in start.context["cards"]] == [first.pk]
    assert [(note.number, note.card.pk) for note in end.context["notes"]] == [(2, last.pk)]
    assert "1 of 2 stances" in words(start)
    assert "Next part" in words(start)
    assert "Previous part" in words(end)
    assert len(start.content) < 2 * PART


def test_the_address_of_a_stance_leads_to_its_part(rita: Client) -> None:
    _first, last = long_article()
    page = page_of(rita, last, f"?stance={last.pk}")
    assert [note.card.pk for note in page.context["notes"] if note.is_open] == [last.pk]
    assert "the worst" in words(page)


@pytest.mark.parametrize("filler", ["x", "word ", "a line\n", "\n"])
def test_parts_have_every_character_once_and_end_between_words(filler: str) -> None:
    text = ("head" + filler * (3 * PART))[: 3 * PART + 17]
    bounds = parts_of(text, 4)
    assert "".join(text[start:end] for start, end in bounds) == text[4:]
    assert all(0 < end - start <= PART for start, end in bounds)
    if filler != "x":
        assert all(text[end - 1] in " \n" for _start, end in bounds[:-1])


def test_the_other_copies_are_listed_as_far_as_the_visitor_may_see_them(rita: Client, public: Client) -> None:
    family = make.article_family()
    copies = [
        make.article(text=f"{make.ARTICLE}{number}\n", title=f"Copy {number}", family=family) for number in range(3)
    ]
    family.original.family = family
    family.original.save()
    for copy in copies:
        make.stance(article=copy, state="accepted" if copy is not copies[1] else "pending")
    stance = copies[0].stances.get()
    assert [copy.title for copy in page_of(rita, stance).context["copies"].others] == ["Copy 1", "Copy 2"]
    assert [copy.title for copy in page_of(public, stance).context["copies"].others] == ["Copy 2"]


def test_an_earlier_text_of_the_same_address_is_named_to_those_who_may_see_it(rita: Client, public: Client) -> None:
    earlier = make.article(text=f"{make.ARTICLE}earlier\n", title="The earlier text")
    stance = make.stance(article=make.article(supersedes=earlier), state="accepted")
    assert "The earlier text" in words(page_of(rita, stance))
    assert "The earlier text" not in words(page_of(public, stance))
