"""Making coding rounds and coding, without scripts: who may, what is shown, and above all what is not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Coding, CodingRound, Stance
from tests import factories as make
from tests.admin.conftest import SignIn
from tests.admin.forms import address, fields_of

MAKE = "/admin/claims/stance/coding-round/"
#: The most queries of the coder's page, session and user included.
BUDGET = 17


@pytest.fixture
def leo(as_person: SignIn) -> Client:
    return as_person("leo")


@pytest.fixture
def ana(as_person: SignIn) -> Client:
    return as_person("ana")


@pytest.fixture
def unit(db: None) -> Any:
    """A stance of a blind round that Ana and Leo have to code, with the machine's reading."""
    target = make.actor(name="Ruritania")
    stance = make.stance(actor=make.actor(name="Freedonia"), target_actor=target, run=make.run(), confidence=0.8125)
    make.stance(cue="says", content="it has the right to move troops", target="", act="states", actor_as_printed="It")
    unit = make.coding_unit(stance=stance)
    for name in ("ana", "leo"):
        make.coding(unit=unit, coder=make.person(name))
    make.coding(
        unit=unit,
        coder=None,
        verdict="stance",
        actor=stance.actor,
        act="denies",
        side="against",
        quotation="indirect",
        mention_start=stance.mention_start,
        mention_end=stance.mention_end,
        target_start=stance.target_start,
        target_end=stance.target_end,
    )
    return unit


def page_of(unit: Any) -> str:
    return f"/admin/claims/codinground/{unit.round_id}/code/"


def press(client: Client, unit: Any, button: str, **changed: str) -> Any:
    """Open the page, change what ``changed`` says, press ``button``; gives the page that follows."""
    form = fields_of(client.get(f"{page_of(unit)}?place={unit.order}"))
    return client.post(f"{page_of(unit)}{unit.order}/", {**form, **changed, button: "1"}, follow=True)


CODED = {"act": "warns", "side": "unknown", "quotation": "direct", "mention_words": "Moscow", "target_words": "Ukraine"}


def test_a_lead_draws_a_round_within_the_filters_of_the_list(leo: Client) -> None:
    for number in range(6):
        make.stance(actor_as_printed=f"It {number}", act="warns" if number % 2 else "denies")
    make.person("ana")
    shown = leo.get(f"{MAKE}?act__exact=warns")
    assert "3 stances" in shown.content.decode()
    coders = [make.person("ana").pk, make.person("leo").pk]
    form = {**fields_of(shown), "name": "January", "size": "2", "seed": "3", "coders": coders}
    done = leo.post(f"{MAKE}?act__exact=warns", form, follow=True)
    assert "The round is made" in done.content.decode()
    made = CodingRound.objects.get()
    assert (made.filters, made.seed, made.blind_to_machine) == ("act__exact=warns", 3, True)
    assert {unit.stance.act for unit in made.units.all()} == {"warns"}
    assert made.units.count() == 2


@pytest.mark.parametrize("wrong", [{"name": ""}, {"size": "0"}, {"coders": []}, {"seed": "x"}, {"size": "1000000"}])
def test_what_is_wrong_with_a_round_is_said(leo: Client, wrong: dict[str, Any]) -> None:
    make.stance()
    coders = [make.person("ana").pk, make.person("leo").pk]
    form = {"name": "January", "size": "2", "seed": "3", "coders": coders, **wrong}
    answer = leo.post(MAKE, form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not CodingRound.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("stan", 403), ("rita", 403), ("ana", 403), ("leo", 200), ("ada", 200)])
def test_only_who_leads_makes_rounds(name: str, status: int, as_person: SignIn) -> None:
    client = as_person(name)
    assert client.get(MAKE).status_code == status
    assert client.post(MAKE, {}).status_code == (422 if status == 200 else 403)
    listed = client.get(address(Stance, "changelist")).content.decode()
    assert ("Double coding" in listed) == (status == 200)


@pytest.mark.parametrize(
    ("name", "status"), [("stan", 403), ("rita", 403), ("ana", 200), ("leo", 200), ("ada", 404), ("root", 404)]
)
def test_only_to_whom_it_is_assigned_sees_the_page(name: str, status: int, unit: Any, as_person: SignIn) -> None:
    client = as_person(name)
    assert client.get(page_of(unit)).status_code == status
    answer = client.post(f"{page_of(unit)}{unit.order}/", {"_none": "1"})
    assert answer.status_code == (302 if status == 200 else status)
    assert Coding.objects.filter(verdict="none").count() == (status == 200)


def test_a_coder_sees_cue_and_content_and_nothing_else_of_the_machine(ana: Client, unit: Any) -> None:
    leo = Coding.objects.get(coder__username="leo")
    leo.verdict, leo.at, leo.note = "none", timezone.now(), "the others' secret"
    leo.save()
    response = ana.get(page_of(unit))
    marked = {piece.text: piece.classes for piece in response.context["text"] if piece.classes}
    assert marked == {"denies": "mark-cue", "planning to attack Ukraine": "mark-content"}
    assert "".join(piece.text for piece in response.context["text"]) == unit.stance.article.text
    form = fields_of(response)
    assert (form["cue_words"], form["content_words"]) == ("denies", "planning to attack Ukraine")
    assert {form[name] for name in ("actor", "act", "side", "quotation", "mention_words", "target_words")} == {""}
    html = response.content.decode()
    for told in ("Freedonia", "Ruritania", "0.81", "pending", "secret", "mark-other", 'mark-mention">Moscow'):
        assert told not in html, told


def test_who_is_not_blind_to_the_machine_starts_from_it(ana: Client, unit: Any) -> None:
    CodingRound.objects.update(blind_to_machine=False)
    form = fields_of(ana.get(page_of(unit)))
    assert (form["actor"], form["act"], form["side"]) == (str(unit.stance.actor_id), "denies", "against")
    press(ana, unit, "_stance")
    own = Coding.objects.get(coder__username="ana")
    assert (own.act, own.actor_id, own.target_start) == ("denies", unit.stance.actor_id, unit.stance.target_start)


def test_what_is_coded_is_stored_and_shown_again(ana: Client, unit: Any) -> None:
    answer = press(ana, unit, "_stance", **CODED)
    assert "You have coded everything" in answer.content.decode()
    own = Coding.objects.get(coder__username="ana")
    text = unit.stance.article.text
    assert (own.verdict, own.act, own.side, own.quotation) == ("stance", "warns", "", "direct")
    assert text[own.target_start : own.target_end] == "Ukraine"
    form = fields_of(ana.get(f"{page_of(unit)}?place=1"))
    assert (form["act"], form["side"], form["target_words"]) == ("warns", "unknown", "Ukraine")
    assert Stance.objects.get(pk=unit.stance_id).act == "denies"


def test_each_field_is_chosen_on_purpose(ana: Client, unit: Any) -> None:
    answer = press(ana, unit, "_stance", act="warns", cue_words="", target_words="Atlantis")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count("Choose one; “not known” is among them.") == 2
    assert "A stance has these words." in html
    assert "The article does not have these words" in html
    assert Coding.objects.get(coder__username="ana").verdict == ""
    assert fields_of(answer)["act"] == "warns"


def test_no_stance_needs_no_field(ana: Client, unit: Any) -> None:
    press(ana, unit, "_none", note="a headline")
    own = Coding.objects.get(coder__username="ana")
    assert (own.verdict, own.note) == ("none", "a headline")


def test_a_closed_round_is_told_and_has_no_buttons(ana: Client, unit: Any) -> None:
    CodingRound.objects.update(closed=timezone.now())
    html = ana.get(page_of(unit)).content.decode()
    assert "can&#x27;t be coded any more" in html or "can't be coded any more" in html
    assert 'name="_none"' not in html
    answer = ana.post(f"{page_of(unit)}1/", {"_none": "1"}, follow=True)
    assert "This round is closed." in answer.content.decode()


@pytest.mark.parametrize(("place", "status"), [("1", 200), ("2", 404), ("x", 200), ("", 200), ("9999999999", 200)])
def test_a_place_that_is_not_there_is_not_found(ana: Client, unit: Any, place: str, status: int) -> None:
    assert ana.get(page_of(unit), {"place": place}).status_code == status


def test_a_page_asked_for_by_script_is_the_desk_alone(ana: Client, unit: Any) -> None:
    html = ana.get(page_of(unit), headers={"HX-Request": "true"}).content.decode()
    assert html.lstrip().startswith('<div id="desk"')
    assert "<html" not in html


def test_a_round_tells_its_coders_neither_filters_nor_the_others(ana: Client, leo: Client, unit: Any) -> None:
    CodingRound.objects.update(filters="act__exact=denies")
    for client, told in ((ana, False), (leo, True)):
        html = client.get(address(unit.round)).content.decode()
        assert ("act__exact" in html) is told
        assert ('id="coders"' in html) is told
    listed = ana.get(address(CodingRound, "changelist")).content.decode()
    assert re.search(r"0 of 1 coded", listed)


def test_rounds_of_others_are_no_business_of_a_coder(ana: Client) -> None:
    other = make.coding_round(name="Others", coders=[make.person("leo"), make.person("ada")])
    assert ana.get(address(other)).status_code == 302
    assert "Others" not in ana.get(address(CodingRound, "changelist")).content.decode()


def test_the_page_asks_as_much_of_a_large_round(ana: Client, unit: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert ana.get(f"{page_of(unit)}?place=1").status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(10):
        more = make.coding_unit(stance=make.stance(actor_as_printed=f"They {number}"))
        for name in ("ana", "leo"):
            make.coding(unit=more, coder=make.person(name))
    # Now there is a next one.
    assert queries() <= few
    assert few <= BUDGET


def test_the_desk_leaves_out_what_one_has_still_to_code(ana: Client, as_person: SignIn, unit: Any) -> None:
    ada = as_person("ada")
    desk = "/admin/claims/stance/desk/"
    assert [client.get(desk).context["waiting"] for client in (ana, ada)] == [1, 2]
    assert ana.get(desk).context["stance"] != unit.stance
    press(ana, unit, "_none")
    assert ana.get(desk).context["waiting"] == 2
    Coding.objects.filter(coder__username="ana").update(verdict="", at=None)
    CodingRound.objects.update(closed=timezone.now())
    assert ana.get(desk).context["waiting"] == 2


def test_hostile_words_are_text(ana: Client, unit: Any) -> None:
    CodingRound.objects.update(name="<script>alert(1)</script>", instructions="<img src=x onerror=alert(1)>")
    html = ana.get(page_of(unit)).content.decode()
    assert "<script>alert" not in html
    assert "<img" not in html
